import { describe, expect, test } from 'vitest';
import { container, machine } from '../../test/subjects.ts';
import { containerCapsDropped } from '../controls/container/container-caps-dropped.ts';
import { containerPidsLimit } from '../controls/container/container-pids-limit.ts';
import { operationsStoppedContainersRemoved } from '../controls/operations/operations-stopped-containers-removed.ts';
import type { ContainerSpec } from '../model/container-spec.ts';
import type { Control } from '../model/control.ts';
import { PlimsollError } from '../model/error.ts';
import type { JsonValue } from '../model/json.ts';
import { changeHost, changeSpec } from '../model/remedy.ts';
import type { SpecChange } from '../model/spec-change.ts';
import { verbatim } from '../model/text.ts';
import { planFixes } from './plan.ts';
import type { Failure, PlanContext } from './planning.ts';

const stopped = (name: string, id: string): ContainerSpec => ({
  ...container(),
  name,
  id: id.repeat(64),
  state: 'stopped',
});
const [web, old] = [stopped('web', 'a'), stopped('old', 'b')];
const kept = stopped(`web-before-${'c'.repeat(12)}`, 'c');

function contextWith(
  change: Partial<PlanContext> = {},
  answers: Readonly<Record<string, JsonValue>> = {},
): PlanContext {
  const containers = [web, old, kept];
  const inspected = containers.map(
    ({ id, name }) =>
      [
        `/containers/${id}/json`,
        {
          Id: id,
          Name: `/${name}`,
          Image: 'i',
          State: { Status: 'exited', Running: false },
          Config: { Image: 'web:1' },
          HostConfig: { NetworkMode: 'none' },
        },
      ] as const,
  );
  const all: Readonly<Record<string, JsonValue>> = {
    ...Object.fromEntries(inspected),
    '/images/i/json': { Id: 'i' },
    ...answers,
  };
  return {
    machine: machine({ containers }),
    file: () => null,
    realPath: (path) => path,
    engine: (path) => Promise.resolve(all[path] ?? all[path.replace(/\?.*/, '')] ?? null),
    allowRemoval: true,
    now: new Date(0),
    ...change,
  };
}

function fails(
  subject: ContainerSpec,
  change: SpecChange = { user: '65532' },
  control: Control = containerCapsDropped,
) {
  return {
    control,
    subject: { kind: 'container', id: `container/${subject.name}`, value: subject },
    remedy: changeSpec(change, verbatim('change it')),
  } as Failure;
}

function removal(...gone: readonly ContainerSpec[]): Failure {
  const changes = gone.map(({ id = '', name }) => ({ kind: 'removal', what: 'container', id, name }) as const);
  return {
    control: operationsStoppedContainersRemoved,
    subject: { kind: 'host', id: 'host', value: machine().host },
    remedy: changeHost(changes, verbatim('remove them')),
  };
}

const plan = (failures: readonly Failure[], context = contextWith()) =>
  planFixes(failures, context, { tolerance: 'stop' });

describe('a container that an earlier fix has kept', () => {
  test('is not re-created, limited or removed, and every failure of it is told', async () => {
    const failures = [fails(kept), fails(kept, { resources: { pids: 7 } }, containerPidsLimit), removal(kept)];
    const { actions, refused } = await plan(failures);
    expect(actions).toEqual([]);
    expect(refused.map(({ control }) => control)).toEqual(failures.map(({ control }) => control.id));
    expect(refused[0]?.reason.zh).toContain(kept.name);
    expect(refused[0]?.commands).toEqual([`docker rm ${kept.name}`]);
  });

  test('stays where others are removed, and the finding stays with it', async () => {
    const { actions, refused } = await plan([removal(old, kept)]);
    expect(actions.map(({ id, answers }) => [id, answers])).toEqual([['removal/container/old', []]]);
    expect(refused.map(({ subject }) => subject)).toEqual(['host']);
  });

  test('is known by its id: a name like it is not enough', async () => {
    const other = { ...old, name: kept.name };
    const { actions } = await plan([fails(other)]);
    expect(actions).toHaveLength(1);
  });
});

test('a container that is removed is not re-created before, and its removal answers for it', async () => {
  const { actions, refused } = await plan([fails(old), fails(web), removal(old)]);
  expect(refused).toEqual([]);
  expect(actions.map(({ id }) => id)).toEqual(['container-replacement/web', 'removal/container/old']);
  expect(actions[1]?.answers.map(({ subject }) => subject)).toEqual(['host', 'container/old']);
});

test('actions for containers come by name', async () => {
  const { actions } = await plan([fails(web), fails(old)]);
  expect(actions.map(({ id }) => id)).toEqual(['container-replacement/old', 'container-replacement/web']);
});

test('one container that the engine cannot tell about does not keep the others from being planned', async () => {
  const silent = new PlimsollError('engine-timeout', { en: 'no answer', zh: '没有应答' });
  const context = contextWith();
  const engine = (path: string) =>
    path === `/containers/${old.id}/changes` ? Promise.reject(silent) : context.engine(path);
  const { actions, refused } = await plan([fails(web), fails(old)], { ...context, engine });
  expect(actions.map(({ id }) => id)).toEqual(['container-replacement/web']);
  expect(refused).toMatchObject([
    { subject: 'container/old', reason: { zh: expect.stringContaining('没有应答') as string } },
  ]);
});

test('the container that Plimsoll runs in is left alone', async () => {
  const { actions, refused } = await plan([fails(web)], contextWith({ ownContainers: new Set([web.id ?? '']) }));
  expect(actions).toEqual([]);
  expect(refused[0]?.reason.en).toContain('Plimsoll itself runs in it');
});
