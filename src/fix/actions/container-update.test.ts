import { expect, test } from 'vitest';
import { container, contextOf, engine, info, machine } from '../../../test/subjects.ts';
import { containerCpuLimit } from '../../controls/container/container-cpu-limit.ts';
import { containerMemoryLimit } from '../../controls/container/container-memory-limit.ts';
import { containerPidsLimit } from '../../controls/container/container-pids-limit.ts';
import { containerNotPrivileged } from '../../controls/container/container-not-privileged.ts';
import type { Control } from '../../model/control.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { JsonObject } from '../../model/json.ts';
import { limitSteps } from '../steps/limits.ts';
import type { Failure } from '../planning.ts';
import { isLimitFailure, planContainerUpdates } from './container-update.ts';
import { planContext } from './host-plan.fixture.ts';

const unlimited: ContainerSpec = {
  ...container({ resources: null }),
  resources: {},
  name: 'web',
  id: 'c0',
  state: 'running',
};

function failureOf(control: Control<'container'>, subject = unlimited): Failure {
  const remedy = control.remedy(subject, contextOf(control));
  return {
    control,
    subject: { kind: 'container', id: 'container/web', value: subject },
    remedy,
  };
}

const all = [containerMemoryLimit, containerCpuLimit, containerPidsLimit] as unknown as Control<'container'>[];

interface Situation {
  readonly host?: JsonObject;
  readonly stats?: JsonObject;
  readonly cgroupVersion?: string;
}

async function plan(
  { host = {}, stats = {}, cgroupVersion = '1' }: Situation = {},
  failures = all.map((each) => failureOf(each)),
) {
  return planContainerUpdates(
    failures,
    planContext({
      change: machine({ engine: engine({}, { info: info({ cgroupVersion }) }) }),
      answers: {
        '/containers/c0/json': { HostConfig: host },
        '/containers/c0/stats?stream=false&one-shot=true': stats,
      },
    }),
  );
}

/** The engine as a container's record that an update writes to, zero meaning "as it is". */
function record(host: JsonObject) {
  const now: Record<string, unknown> = { ...host };
  return {
    now,
    control: {
      get: async () => ({ HostConfig: now as JsonObject }),
      post: async (_: string, body: unknown) => {
        for (const [key, value] of Object.entries(body as JsonObject)) if (value !== 0) now[key] = value;
        return {};
      },
      remove: async () => {},
      isUp: async () => true,
      close: () => {},
    },
  };
}

test('all limits of a container are one action, which nothing restarts for', async () => {
  const { actions, refused } = await plan();
  expect(refused).toEqual([]);
  expect(actions).toHaveLength(1);
  expect(actions[0]).toMatchObject({ id: 'container-update/web', disruption: 'none', affects: [] });
  expect(actions[0]?.answers.map(({ control }) => control)).toEqual([
    'container-memory-limit',
    'container-cpu-limit',
    'container-pids-limit',
  ]);
  expect(actions[0]?.steps[0]).toMatchObject({
    after: { Memory: 512 * 1024 ** 2, MemorySwap: 1024 ** 3, CpuPeriod: 100_000, CpuQuota: 100_000, PidsLimit: 200 },
  });
  expect(actions[0]?.diff).toContain('- Memory: not set\n+ Memory: 536870912 (512 MiB)');
});

test.each([
  ['no limits', {}],
  [
    'no limits, as an engine writes them',
    { Memory: 0, MemorySwap: 0, NanoCpus: 0, CpuQuota: 0, CpuPeriod: 0, PidsLimit: null },
  ],
  [
    'limits of its own',
    { Memory: 1024 ** 3, MemorySwap: 2 * 1024 ** 3, CpuQuota: 50_000, CpuPeriod: 100_000, PidsLimit: 5000 },
  ],
  ['processors as --cpus sets them', { NanoCpus: 2_000_000_000 }],
])('undone, %s are as before', async (_, host) => {
  const { actions } = await plan({ host });
  const step = actions[0]?.steps[0];
  if (step?.kind !== 'limits') throw new Error('no step');
  const engineRecord = record(host);
  const steps = limitSteps(engineRecord.control);
  expect(await steps.side(step)).toBe('before');
  await steps.bring(step, 'after');
  expect(await steps.side(step)).toBe('after');
  expect(await steps.side({ ...step, after: { ...step.after, PidsLimit: 77 }, before: { PidsLimit: 78 } })).toBe(
    'other',
  );
  await steps.bring(step, 'before');
  expect(await steps.side(step)).toBe('before');
});

test('with control groups of version 2 no limit of memory must not mean no swap', async () => {
  const { actions } = await plan({ cgroupVersion: '2' });
  const [step] = actions[0]?.steps ?? [];
  if (step?.kind !== 'limits') throw new Error('no step');
  expect(Number(step.before['MemorySwap'])).toBeGreaterThan(Number(step.before['Memory']));
});

test.each([
  ['memory', { memory_stats: { usage: 480 * 1024 ** 2 } }, 'container-memory-limit', '480 MiB'],
  ['processes', { pids_stats: { current: 190 } }, 'container-pids-limit', '190 processes'],
])('a limit that it nearly fills now is refused: %s', async (_, stats, control, used) => {
  const { actions, refused } = await plan({ stats });
  expect(refused).toMatchObject([{ control, why: 'refused', reason: { en: expect.stringContaining(used) } }]);
  expect(actions[0]?.answers.map((each) => each.control)).not.toContain(control);
  expect(actions[0]?.answers).toHaveLength(2);
});

test('pages of files that can be dropped are not held against it', async () => {
  const stats = { memory_stats: { usage: 480 * 1024 ** 2, stats: { inactive_file: 300 * 1024 ** 2 } } };
  expect((await plan({ stats })).refused).toEqual([]);
});

test.each([
  ['nobody else', {}, true],
  ['Compose', { kind: 'compose', project: 'shop' }, false],
  ['a swarm', { kind: 'swarm' }, false],
] as const)('of a container that %s owns', (_, owner, isOurs) => {
  const subject = { ...unlimited, owner: { kind: 'none', ...owner } } as ContainerSpec;
  expect(isLimitFailure(failureOf(containerMemoryLimit, subject))).toBe(isOurs);
});

test('what needs the container made anew is not for an update', () => {
  const subject = { ...unlimited, privileged: true };
  expect(isLimitFailure(failureOf(containerNotPrivileged, subject))).toBe(false);
});
