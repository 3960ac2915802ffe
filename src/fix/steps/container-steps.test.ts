import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../model/json.ts';
import type { ExistenceStep, MembershipStep, NameStep, RunningStep } from '../../model/plan.ts';
import { keptName, madeName, markLabel } from '../made-by-fix.ts';
import { existenceSteps } from './existence.ts';
import { membershipSteps } from './membership.ts';
import { nameSteps } from './name.ts';
import { runningSteps } from './running.ts';
import { type SmallContainer, smallEngine } from './small-engine.fixture.ts';

const token = '0a1b2c3d4e5f';
const old = (name = 'web'): SmallContainer => ({ id: token.padEnd(64, '0'), name, running: true });
const made = madeName('web', token);
const kept = keptName('web', token);
const fresh = (name = made): SmallContainer => ({ id: 'b'.repeat(64), name, labels: { [markLabel]: made } });
const stranger = (name: string): SmallContainer => ({ id: 'c'.repeat(64), name });

describe('existence of a container', () => {
  const step: ExistenceStep = {
    kind: 'existence',
    what: 'container',
    name: made,
    body: { Image: 'web:1', Labels: { [markLabel]: made } },
  };

  test('it is made once, found under any name, and taken away without its volumes', async () => {
    const engine = smallEngine([old()]);
    const kind = existenceSteps(engine);
    expect(await kind.side(step)).toBe('before');
    await kind.bring(step, 'after');
    await kind.bring(step, 'after');
    expect(engine.containers).toHaveLength(2);
    engine.containers.splice(0, 1);
    engine.containers.forEach((each) => (each.name = 'web'));
    expect(await kind.side(step)).toBe('after');
    await kind.bring(step, 'before');
    await kind.bring(step, 'before');
    expect(engine.containers).toEqual([]);
    expect(engine.changes.filter((each) => each.startsWith('DELETE'))).toEqual([
      expect.stringMatching(/^DELETE \/containers\/[0-9a-f]{64}\?force=1$/),
    ]);
  });

  test("somebody else's of that name is left alone", async () => {
    const engine = smallEngine([stranger(made)]);
    const kind = existenceSteps(engine);
    expect(await kind.side(step)).toBe('other');
    await kind.bring(step, 'before');
    expect(engine.changes).toEqual([]);
  });

  test('an image that is gone is an error', async () => {
    const engine = { ...smallEngine(), post: () => Promise.resolve(null) };
    await expect(existenceSteps(engine).bring(step, 'after')).rejects.toMatchObject({
      text: { en: expect.stringContaining('is not there') as string },
    });
  });
});

describe('existence of a network', () => {
  const body = { Driver: 'bridge', Labels: { [markLabel]: 'web-net' } };
  const step: ExistenceStep = { kind: 'existence', what: 'network', name: 'web-net', body };

  test('it is made once and taken away', async () => {
    const engine = smallEngine();
    const kind = existenceSteps(engine);
    expect(await kind.side(step)).toBe('before');
    await kind.bring(step, 'after');
    await kind.bring(step, 'after');
    expect(engine.networks).toEqual([{ Id: 'n', CheckDuplicate: true, ...body, Name: 'web-net' }]);
    expect(await kind.side(step)).toBe('after');
    await kind.bring(step, 'before');
    expect(engine.networks).toEqual([]);
  });

  test("somebody else's of that name is left alone", async () => {
    const engine = smallEngine([], [{ Id: 'n', Name: 'web-net', Labels: {} }]);
    const kind = existenceSteps(engine);
    expect(await kind.side(step)).toBe('other');
    await kind.bring(step, 'before');
    expect(engine.networks).toHaveLength(1);
  });

  test('one that others joined is not torn away from them', async () => {
    const engine = smallEngine([], [{ Id: 'n', Name: 'web-net', ...body, Containers: { c1: { Name: 'api' } } }]);
    await expect(existenceSteps(engine).bring(step, 'before')).rejects.toMatchObject({
      text: { en: expect.stringContaining('api joined it') as string, zh: expect.stringContaining('api') as string },
    });
    expect(engine.networks).toHaveLength(1);
  });
});

describe('names', () => {
  const leave: NameStep = { kind: 'name', before: 'web', after: kept };
  const take: NameStep = { kind: 'name', before: made, after: 'web' };

  test.each([
    ['nothing is made yet', [old()], 'before', 'before'],
    ['the new one is made', [old(), fresh()], 'before', 'before'],
    ['the old one has left', [old(kept), fresh()], 'after', 'before'],
    ['the new one is in its place', [old(kept), fresh('web')], 'after', 'after'],
    ['somebody made another in its place', [old(kept), stranger('web')], 'other', 'before'],
    ['the old one was removed since', [fresh('web')], 'other', 'after'],
    ['the new one was renamed since', [old(kept), fresh('api')], 'after', 'other'],
    ['both are gone', [], 'other', 'before'],
  ] as const)('%s', async (_, containers, left, taken) => {
    const kind = nameSteps(smallEngine([...containers]));
    expect([await kind.side(leave), await kind.side(take)]).toEqual([left, taken]);
  });

  test('an older mark does not make the old one new', async () => {
    const marked = { ...old(), labels: { [markLabel]: madeName('web', 'ffffffffffff') } };
    expect(await nameSteps(smallEngine([marked])).side(leave)).toBe('before');
  });

  test('both change, once, there and back', async () => {
    const engine = smallEngine([old(), fresh()]);
    const kind = nameSteps(engine);
    for (const step of [leave, leave, take, take]) await kind.bring(step, 'after');
    expect(engine.containers.map(({ name }) => name)).toEqual([kept, 'web']);
    for (const step of [take, take, leave, leave]) await kind.bring(step, 'before');
    expect(engine.containers.map(({ name }) => name)).toEqual(['web', made]);
    expect(engine.changes).toHaveLength(4);
  });

  test('the old one is never renamed for the new one that is not there', async () => {
    const engine = smallEngine([old()]);
    await nameSteps(engine).bring(take, 'before');
    await nameSteps(engine).bring(take, 'after');
    expect(engine.changes).toEqual([]);
  });
});

function watched(container: SmallContainer) {
  const engine = smallEngine([container]);
  const pauses: number[] = [];
  const kind = runningSteps(engine, (milliseconds) => Promise.resolve(pauses.push(milliseconds)));
  return { engine, kind, pauses };
}

describe('running', () => {
  const stop: RunningStep = { kind: 'running', container: old().id, before: true, after: false, patience: 0 };
  const start: RunningStep = { kind: 'running', container: made, before: false, after: true, patience: 2 };

  test('one that is not made yet does not run, and the old one of its name is not taken for it', async () => {
    const { engine, kind } = watched(old());
    expect(await kind.side(start)).toBe('before');
    await kind.bring(start, 'before');
    expect(engine.containers[0]?.running).toBe(true);
    await expect(kind.bring(start, 'after')).rejects.toThrow('there is no container');
  });

  test('one that was there and is gone was changed by somebody', async () => {
    expect(await runningSteps(smallEngine()).side(stop)).toBe('other');
  });

  test('it is stopped, and started again without a word about its health', async () => {
    const container = { ...old(), states: [{ Health: { Status: 'unhealthy' } }] };
    const { engine, kind } = watched(container);
    expect(await kind.side(stop)).toBe('before');
    await kind.bring(stop, 'after');
    expect(await kind.side(stop)).toBe('after');
    await kind.bring(stop, 'before');
    expect(engine.containers[0]?.running).toBe(true);
  });

  test('one that stops after the engine was no longer waited for is stopped', async () => {
    const engine = smallEngine([old()]);
    const pauses: number[] = [];
    const hanging = { ...engine, post: () => Promise.reject(new Error('no answer in time')) };
    const kind = runningSteps(hanging, (milliseconds) => {
      pauses.push(milliseconds);
      if (pauses.length === 3) engine.containers.forEach((each) => (each.running = false));
      return Promise.resolve();
    });
    await kind.bring(stop, 'after');
    expect(pauses).toHaveLength(3);
    expect(await kind.side(stop)).toBe('after');
  });

  test('one that never stops is an error', async () => {
    const hanging = { ...smallEngine([old()]), post: () => Promise.reject(new Error('no answer in time')) };
    await expect(runningSteps(hanging, () => Promise.resolve()).bring(stop, 'after')).rejects.toThrow('no answer');
  });

  test('without a health check it is watched as long as patience lasts', async () => {
    const { kind, pauses } = watched(fresh());
    await kind.bring(start, 'after');
    expect(pauses.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(2000);
    expect(await kind.side(start)).toBe('after');
  });

  test('it is waited for until it is healthy', async () => {
    const starting = { Health: { Status: 'starting' } };
    const states = [starting, starting, starting, { Health: { Status: 'healthy' } }];
    const { kind, pauses } = watched({ ...fresh(), states });
    await kind.bring(start, 'after');
    expect(pauses.length).toBeGreaterThan(0);
    expect(pauses.length).toBeLessThan(4);
  });

  test.each([
    ['ends', { states: [{ Running: false, ExitCode: 3 }] }, 'exit code 3', '退出码 3'],
    ['is restarted', { restarts: 1 }, 'had to restart it', '重新启动'],
    ['waits between two attempts', { states: [{ Restarting: true, ExitCode: 1 }] }, 'not stay up', '未能保持运行'],
    ['is unhealthy', { states: [{ Health: { Status: 'unhealthy' } }] }, 'health check fails', '健康检查失败'],
    ['never becomes healthy', { states: [{ Health: { Status: 'starting' } }] }, 'within 2 seconds', '2 秒内'],
  ])('one that %s is an error in both languages', async (_, change, en, zh) => {
    const { kind } = watched({ ...fresh(), ...change });
    await expect(kind.bring(start, 'after')).rejects.toMatchObject({
      text: { en: expect.stringContaining(en) as string, zh: expect.stringContaining(zh) as string },
    });
  });
});

const place = { IPAMConfig: { IPv4Address: '192.0.2.7' }, Aliases: ['www'] };
const join: MembershipStep = { kind: 'membership', network: 'shop', container: made, before: null, after: place };

function sideOf(now: JsonObject) {
  return membershipSteps(smallEngine([{ ...fresh(), networks: { shop: now } }])).side(join);
}

describe('membership', () => {
  const leave: MembershipStep = { kind: 'membership', network: 'bridge', container: 'web', before: {}, after: null };

  test('it joins and leaves once, with what its place was asked to be', async () => {
    const engine = smallEngine([fresh()]);
    const kind = membershipSteps(engine);
    expect(await kind.side(join)).toBe('before');
    for (const side of ['after', 'after'] as const) await kind.bring(join, side);
    expect(engine.containers[0]?.networks).toEqual({ shop: place });
    expect(await kind.side(join)).toBe('after');
    for (const side of ['before', 'before'] as const) await kind.bring(join, side);
    expect(engine.changes).toEqual(['POST /networks/shop/connect', 'POST /networks/shop/disconnect']);
  });

  test('what the engine adds does not count, what was asked for does', async () => {
    const given = { IPAddress: '192.0.2.7', MacAddress: '02:42' };
    expect(await sideOf({ ...place, ...given, Aliases: ['bbbbbbbbbbbb', 'www'] })).toBe('after');
    expect(await sideOf({ ...place, IPAMConfig: { IPv4Address: '192.0.2.8' } })).toBe('other');
    expect(await sideOf({ ...place, Aliases: ['api'] })).toBe('other');
    expect(await sideOf({ ...place, IPAMConfig: null })).toBe('other');
  });

  test('a container that is gone is missed, one that is not made yet is in no network', async () => {
    const kind = membershipSteps(smallEngine());
    expect(await kind.side(leave)).toBe('other');
    expect(await kind.side(join)).toBe('before');
    await kind.bring(join, 'before');
    await expect(kind.bring(join, 'after')).rejects.toThrow('there is no container');
  });

  test('it leaves the bridge and comes back', async () => {
    const engine = smallEngine([{ ...old(), networks: { bridge: { IPAddress: '192.0.2.3', IPAMConfig: null } } }]);
    const kind = membershipSteps(engine);
    expect(await kind.side(leave)).toBe('before');
    await kind.bring(leave, 'after');
    expect(await kind.side(leave)).toBe('after');
    await kind.bring(leave, 'before');
    expect(await kind.side(leave)).toBe('before');
  });
});
