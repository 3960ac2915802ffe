import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { begin, lay, onlyRun, smallPlan, smallWorkshop } from '../../test/fix/small-fix.ts';
import { type TemporaryFolder, temporaryFolder } from '../../test/temporary-folder.ts';
import { ActionError } from './action-error.ts';
import { applyRun, recover, undoRun, type Workshop } from './apply.ts';

const daemonJson = (folder: TemporaryFolder) => readFileSync(join(folder.path, 'etc/daemon.json'), 'utf8');
const original = '{ "debug": true }\n';

async function applied(folder: TemporaryFolder, others: Partial<Workshop> = {}) {
  lay(folder.path);
  const workshop = smallWorkshop(folder.path, undefined, others);
  const results = await applyRun(begin(workshop, smallPlan(folder.path)), workshop);
  return { workshop, results, states: results.map(({ state }) => state) };
}

test('actions are done in order, each with its effect', async () => {
  using folder = temporaryFolder();
  const taken: string[] = [];
  const { states, workshop } = await applied(folder, { take: async ({ kind }) => void taken.push(kind) });
  expect(states).toEqual(['done', 'done', 'done']);
  expect(taken).toEqual(['reload-daemon', 'restart-daemon']);
  expect(onlyRun(workshop).actions.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
});

test('what is not proven is taken back with its effect, and nothing more is begun', async () => {
  using folder = temporaryFolder();
  const taken: string[] = [];
  const reason = { en: 'daemon-icc-disabled still does not pass', zh: 'daemon-icc-disabled 仍未通过' };
  const { states, results } = await applied(folder, {
    prove: async ({ id }) => (id === 'reload' ? { holds: false, reason } : { holds: true }),
    take: async ({ kind }) => void taken.push(`${kind} ${daemonJson(folder).includes('live-restore')}`),
  });
  expect(states).toEqual(['failed', 'planned', 'planned']);
  expect(results[0]?.reason).toEqual(reason);
  expect(daemonJson(folder)).toBe(original);
  // Once with the default in so many words, and once with the old file.
  expect(taken).toEqual(['reload-daemon true', 'reload-daemon true', 'reload-daemon false']);
});

test('a daemon that does not come back gets its old configuration back, and is started with it', async () => {
  using folder = temporaryFolder();
  const seen: boolean[] = [];
  const { states } = await applied(folder, {
    take: async ({ kind }) => {
      const hasNew = daemonJson(folder).includes('icc');
      if (kind === 'restart-daemon') seen.push(hasNew);
      if (hasNew) throw new ActionError({ en: 'it did not come back', zh: '未恢复运行' });
    },
  });
  expect(states).toEqual(['done', 'done', 'failed']);
  expect(seen).toEqual([true, false]);
  expect(daemonJson(folder)).toContain('live-restore');
});

test('what somebody changes between the plan and the action is left alone', async () => {
  using folder = temporaryFolder();
  lay(folder.path);
  const workshop = smallWorkshop(folder.path);
  const run = begin(workshop, smallPlan(folder.path));
  writeFileSync(join(folder.path, 'etc/daemon.json'), '{ "debug": false }\n');
  const taken: string[] = [];
  const [first] = await applyRun(run, { ...workshop, take: async ({ kind }) => void taken.push(kind) });
  expect(first).toMatchObject({ state: 'failed', reason: { en: expect.stringContaining('etc/daemon.json') } });
  // A daemon that restarted now would take what somebody else has not finished writing.
  expect(taken).toEqual([]);
  expect(daemonJson(folder)).toBe('{ "debug": false }\n');
});

test('who asks to stop gets what is begun ended', async () => {
  using folder = temporaryFolder();
  let stopped = false;
  const { states } = await applied(folder, {
    isStopped: () => stopped,
    prove: async () => ({ holds: (stopped = true) }),
  });
  expect(states).toEqual(['done', 'planned', 'planned']);
});

test('undoing leaves everything alone where something has been changed since, and names it', async () => {
  using folder = temporaryFolder();
  const { workshop } = await applied(folder);
  writeFileSync(join(folder.path, 'sys/kernel/kptr_restrict'), '2\n');
  await expect(undoRun(onlyRun(workshop), workshop)).rejects.toThrow('parameter kernel.kptr_restrict');
  expect(daemonJson(folder)).toContain('icc');
});

test('what cannot come back is said, and the rest is undone', async () => {
  using folder = temporaryFolder();
  lay(folder.path);
  const workshop = smallWorkshop(folder.path);
  const [reload, , restart] = smallPlan(folder.path);
  if (!reload || !restart) throw new Error('no plan');
  await applyRun(begin(workshop, [reload, { ...restart, steps: [], final: true }]), workshop);
  const results = await undoRun(onlyRun(workshop), workshop);
  expect(results.map(({ state, reason }) => [state, reason !== undefined])).toEqual([
    ['done', true],
    ['undone', false],
  ]);
  expect(daemonJson(folder)).toBe(original);
});

test('what its reader keeps is told to it in so many words before the old file is there again', async () => {
  using folder = temporaryFolder();
  lay(folder.path);
  const seen: string[] = [];
  const workshop = smallWorkshop(folder.path, undefined, { take: async () => void seen.push(daemonJson(folder)) });
  const [reload] = smallPlan(folder.path);
  const [step] = reload?.steps ?? [];
  if (!reload || step?.kind !== 'file' || !step.after) throw new Error('no plan');
  const told = '{ "debug": true, "live-restore": false }\n';
  const passing = { ...step.after, bytes: Buffer.from(told).toString('base64') };
  await applyRun(begin(workshop, [{ ...reload, steps: [{ ...step, passing }] }]), workshop);
  seen.length = 0;
  await undoRun(onlyRun(workshop), workshop);
  expect(seen).toEqual([told, original]);
  expect(daemonJson(folder)).toBe(original);
});

test('what cannot be taken back stays open, and is tried again before anything else', async () => {
  using folder = temporaryFolder();
  let isBroken = true;
  const { results, workshop } = await applied(folder, {
    take: async () => {
      if (isBroken) throw new ActionError({ en: 'the engine is gone', zh: '引擎已退出' });
    },
  });
  expect(results[0]).toMatchObject({ state: 'failed', reason: { en: expect.stringContaining('tries again') } });
  expect(onlyRun(workshop).actions[0]?.state).toBe('begun');
  isBroken = false;
  expect(await recover(workshop)).toHaveLength(1);
  expect(daemonJson(folder)).toBe(original);
});

test('an undo that cannot go on says where, and leaves the rest as it is', async () => {
  using folder = temporaryFolder();
  const { workshop } = await applied(folder);
  const broken = {
    ...workshop,
    take: () => Promise.reject(new ActionError({ en: 'the engine is gone', zh: '引擎已退出' })),
  };
  const results = await undoRun(onlyRun(workshop), broken);
  expect(results.map(({ state }) => state)).toEqual(['failed', 'done', 'done']);
  expect(results[0]?.reason?.en).toContain('the engine is gone');
  expect(onlyRun(workshop).actions.map(({ state }) => state)).toEqual(['done', 'done', 'undoing']);
  await recover(workshop);
  await undoRun(onlyRun(workshop), workshop);
  expect(daemonJson(folder)).toBe(original);
});

test('who asks to stop an undo gets what is begun ended, and the rest later', async () => {
  using folder = temporaryFolder();
  const { workshop } = await applied(folder);
  let stopped = false;
  const stopping = { ...workshop, isStopped: () => stopped, take: async () => void (stopped = true) };
  expect((await undoRun(onlyRun(workshop), stopping)).map(({ state }) => state)).toEqual(['undone', 'done', 'done']);
  expect((await undoRun(onlyRun(workshop), workshop)).map(({ state }) => state)).toEqual(['undone', 'undone']);
  expect(daemonJson(folder)).toBe(original);
});

test('what is not there any more keeps nothing else from being undone, and is named', async () => {
  using folder = temporaryFolder();
  const { workshop } = await applied(folder);
  rmSync(join(folder.path, 'etc/key.pem'));
  const results = await undoRun(onlyRun(workshop), workshop);
  expect(results.map(({ state }) => state)).toEqual(['undone', 'undone', 'undone']);
  expect(results[1]?.reason?.en).toMatch(/not there any more: access .*key\.pem/);
  expect(daemonJson(folder)).toBe(original);
});

test('several steps of one action on one file are taken one after the other, and back', async () => {
  using folder = temporaryFolder();
  lay(folder.path);
  const workshop = smallWorkshop(folder.path);
  const [reload, , restart] = smallPlan(folder.path);
  if (!reload || !restart) throw new Error('no plan');
  const chain = { ...restart, steps: [...reload.steps, ...restart.steps] };
  expect((await applyRun(begin(workshop, [chain]), workshop)).map(({ state }) => state)).toEqual(['done']);
  expect(daemonJson(folder)).toContain('icc');
  await undoRun(onlyRun(workshop), workshop);
  expect(daemonJson(folder)).toBe(original);
});
