import { describe, expect, test } from 'vitest';
import { exemplarEngine } from '../../model/exemplar.ts';
import { mapFact } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { verbatim } from '../../model/text.ts';
import { markLabel } from '../made-by-fix.ts';
import {
  contextOf,
  failure,
  id,
  image,
  inspected,
  joined,
  rootless,
  type Situation,
  token,
  web,
} from './container-plan.fixture.ts';
import { planContainerReplacement } from './container-replacement.ts';
import { merged } from './merged-changes.ts';

async function replaced(situation: Situation = {}, changes: readonly SpecChange[] = [rootless]) {
  return planContainerReplacement(
    changes.map((change) => failure(change)),
    contextOf(situation),
  );
}

describe('re-creating a container', () => {
  test('the plan makes the new one, stops the old one for good, and puts the new one in its place', async () => {
    const { actions, refused } = await replaced();
    expect(refused).toEqual([]);
    const [made, kept] = [`web-after-${token}`, `web-before-${token}`];
    expect(actions[0]).toMatchObject({
      id: 'container-replacement/web',
      disruption: 'recreate',
      diff: expect.stringMatching(/^- --user=10001:10001\n\+ --user=65532:65532\n$/) as string,
      steps: [
        { kind: 'existence', name: made, body: { User: '65532:65532', Image: 'web:1', Labels: { [markLabel]: made } } },
        {
          kind: 'limits',
          container: id,
          before: { RestartPolicy: { Name: 'always' } },
          after: { RestartPolicy: { Name: 'no' } },
        },
        { kind: 'running', container: id, before: true, after: false },
        { kind: 'name', before: 'web', after: kept },
        { kind: 'name', before: made, after: 'web' },
        { kind: 'running', container: made, before: false, after: true, patience: 10 },
      ],
    });
    expect(actions[0]?.affects.map(({ effect }) => effect)).toEqual(['is-replaced', 'may-break']);
  });

  test('no value of a variable is shown', async () => {
    const { actions } = await replaced({}, [rootless, { capabilities: { drop: [] } }]);
    const { steps: _steps, ...shown } = actions[0] ?? {};
    expect(JSON.stringify(shown)).not.toContain('hunter2');
  });

  test('a health check gets as long as it may take', async () => {
    const check = { Test: ['CMD', 'true'], Interval: 2e9, Timeout: 1e9, Retries: 4, StartPeriod: 5e9 };
    const { actions } = await replaced({ answer: inspected({}, {}, { Healthcheck: check }) });
    expect(actions[0]?.steps.at(-1)).toMatchObject({ patience: 20 });
  });

  test('a limit below what it takes now is refused, and the rest is done', async () => {
    const stats = { memory_stats: { usage: 900 * 1024 ** 2 }, pids_stats: { current: 3 } };
    const path = `/containers/${id}/stats?stream=false&one-shot=true`;
    const subject = { ...web, state: 'running' } as const;
    const changes: SpecChange[] = [{ resources: { memory: 512 * 1024 ** 2 } }, { resources: { pids: 7 } }, rootless];
    const { actions, refused } = await planContainerReplacement(
      changes.map((change) => failure(change, subject)),
      contextOf({ answers: { [path]: stats } }),
    );
    expect(actions[0]?.answers).toHaveLength(2);
    expect(actions[0]?.steps[0]).toMatchObject({ body: { HostConfig: { PidsLimit: 7 } } });
    expect(actions[0]?.diff).not.toContain('--memory');
    expect(refused.map(({ reason }) => reason.en)).toEqual([expect.stringContaining('900 MiB')]);
  });

  test.each([
    [65_536, ['20000']],
    [20_000, []],
  ])('open files limited to %i, where the daemon has 20000 and may not raise them', async (hard, expected) => {
    const context = contextOf();
    const { engine } = context.machine;
    const process = mapFact(exemplarEngine.process, (each) => ({
      ...each,
      openFiles: { soft: 1024, hard: 20_000 },
      capabilityBoundingSet: 0n,
    }));
    const limited = { ...context, machine: { ...context.machine, engine: { ...engine, process } } };
    const change: SpecChange = { ulimits: [{ name: 'nofile', soft: hard, hard }] };
    const { actions, refused } = await planContainerReplacement([failure(change), failure(rootless)], limited);
    expect(actions).toHaveLength(1);
    expect(refused.map(({ reason }) => reason.en)).toEqual(
      expected.map((each) => expect.stringContaining(each) as string),
    );
  });

  test('a tag that names another image by now is not followed', async () => {
    const { actions } = await replaced({ answers: { '/images/web:1/json': { Id: 'sha256:other' } } });
    expect(actions[0]?.steps[0]).toMatchObject({ body: { Image: image } });
  });

  test('a port that the engine chooses is named as moving', async () => {
    const host = { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '' }], '81/tcp': [{ HostPort: '8081' }] } };
    const { actions } = await replaced({ answer: inspected({}, host) });
    const why = actions[0]?.affects.map((each) => each.why.en).join('\n');
    expect(why).toContain('80/tcp is published');
    expect(why).not.toContain('81/tcp');
  });

  test('limits alone are not worth it; with something else they are in the new one', async () => {
    const limit = { resources: { pids: 7 } };
    expect(await replaced({}, [limit])).toEqual({ actions: [], refused: [] });
    const { actions } = await replaced({}, [limit, rootless]);
    expect(actions[0]?.steps[0]).toMatchObject({ body: { HostConfig: { PidsLimit: 7 } } });
    expect(actions[0]?.answers).toHaveLength(2);
  });

  test('what somebody else made, and what only a person can do, is left to others', async () => {
    const owned = { ...web, owner: { kind: 'compose', project: 'shop' } } as const;
    const byPerson = { ...failure(rootless), remedy: byHand(verbatim('by hand')) };
    expect(await planContainerReplacement([failure(rootless, owned), byPerson], contextOf())).toEqual({
      actions: [],
      refused: [],
    });
  });

  test.each<[string, Situation, string]>([
    ['gone', { answer: null }, 'no longer there'],
    ['of Podman', { podman: true }, 'Podman'],
    ['started with --rm', { answer: inspected({}, { AutoRemove: true }) }, '--rm'],
    ['given no end to stop', { answer: inspected({}, {}, { StopTimeout: -1 }) }, 'as long as it likes'],
    ['slow to stop', { answer: inspected({}, {}, { StopTimeout: 300 }) }, '300 seconds'],
    ['restarting', { answer: inspected({ State: { Status: 'restarting', Running: true } }) }, 'restarting'],
    ['of an image that is gone', { answers: { [`/images/${image}/json`]: null } }, 'no longer on this engine'],
    ['joined by network', { others: joined({ namespaces: { network: `container:${id}` } }) }, 'side holds on'],
    ['joined by processes', { others: joined({ namespaces: { pid: 'container:web' } }) }, 'side holds on'],
    ['joined by shared memory', { others: joined({ namespaces: { ipc: `container:${id}` } }) }, 'side holds on'],
    ['linked', { others: joined({ links: ['web:www'] }) }, 'side holds on'],
    ['a source of volumes by its id', { others: joined({ volumesFrom: [`${id}:ro`] }) }, 'side holds on'],
    [
      'full of data of its own',
      { answers: { [`/containers/${id}/changes`]: [{ Path: '/srv/orders.db', Kind: 1 }] } },
      '/srv/orders.db',
    ],
  ])('one that is %s is refused', async (_, situation, reason) => {
    const { actions, refused } = await replaced(situation);
    expect(actions).toEqual([]);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ why: 'refused', reason: { en: expect.stringContaining(reason) as string } });
  });

  test('one that somebody else runs is left to them', async () => {
    const label = 'com.hashicorp.nomad.alloc_id';
    const subject = { ...web, labels: { [label]: '1' } };
    const { actions, refused } = await planContainerReplacement([failure(rootless, subject)], contextOf());
    expect(actions).toEqual([]);
    expect(refused[0]?.reason.en).toContain(`Nomad made it (label ${label})`);
  });

  test('what passes anyway is no data, and a source of volumes by its name still is one', async () => {
    const changes = ['/tmp', '/tmp/x', '/run/web.pid', '/var', '/var/run', '/var/run/x', '/data/x'];
    const { actions } = await replaced({
      answers: { [`/containers/${id}/changes`]: changes.map((Path) => ({ Path, Kind: 1 })) },
      others: joined({ volumesFrom: ['web'] }),
    });
    expect(actions).toHaveLength(1);
  });

  const volumes = web.mounts.filter(({ kind }) => kind === 'volume');
  test.each<[string, SpecChange, string]>([
    ['a network without its ports', { namespaces: { network: null } }, 'ports'],
    ['an empty volume', { mounts: volumes.map((mount) => ({ ...mount, source: 'fresh' })) }, 'would be empty'],
    ['other options of a volume', { mounts: volumes.map((mount) => ({ ...mount, options: {} })) }, 'keeps the options'],
    ['another image', { image: { reference: 'web@sha256:1' } }, 'not the image'],
    ['what it has no words for', { extraHosts: [] }, 'extraHosts'],
  ])('%s is refused, and the rest is done', async (_, change, reason) => {
    const { actions, refused } = await replaced({}, [change, rootless]);
    expect(actions[0]?.answers).toHaveLength(1);
    expect(refused.map((each) => each.reason.en)).toEqual([expect.stringContaining(reason)]);
    expect((await replaced({}, [change])).actions).toEqual([]);
  });

  test('an image is pinned to the digest that it has', async () => {
    const { refused, actions } = await replaced({ answers: { '/images/web@sha256:1/json': { Id: image } } }, [
      { image: { reference: 'web@sha256:1' } },
    ]);
    expect(refused).toEqual([]);
    expect(actions[0]?.steps[0]).toMatchObject({ body: { Image: 'web@sha256:1' } });
  });
});

test('changes of one list come together, whatever their order', () => {
  const [first, second] = web.mounts;
  const changes: SpecChange[] = [
    { mounts: second ? [second] : [] },
    { mounts: web.mounts.map((mount) => ({ ...mount, readOnly: true })) },
    { mounts: [...web.mounts, { kind: 'tmpfs', target: '/run', readOnly: false, options: {} }] },
    { capabilities: { drop: ['ALL'] } },
    { capabilities: { drop: [...web.capabilities.drop, 'NET_RAW'] } },
  ];
  for (const order of [changes, changes.toReversed()]) {
    const after = merged(web, order);
    expect(after.mounts.map(({ target, readOnly }) => [target, readOnly])).toEqual([
      [second?.target, true],
      ['/run', false],
    ]);
    expect(after.mounts.some(({ target }) => target === first?.target)).toBe(false);
    expect(after.capabilities.drop.filter((each) => !web.capabilities.drop.includes(each))).not.toContain('NET_RAW');
    expect(after.capabilities.drop).toContain('ALL');
  }
});
