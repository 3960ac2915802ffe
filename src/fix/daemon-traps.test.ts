import { expect, test } from 'vitest';
import { container } from '../../test/subjects.ts';
import { exemplarEngine, exemplarMachine } from '../model/exemplar.ts';
import { daemonTraps } from './daemon-traps.ts';
import { trappedKeys, traps } from './daemon-traps/trapped.fixture.ts';

test('a good configuration on its own engine is no trap, neither as a whole nor when nothing changes', () => {
  const { configuration } = exemplarEngine;
  const after = configuration.known ? (configuration.value?.values ?? {}) : {};
  const context = { engine: exemplarEngine, machine: exemplarMachine, file: () => null };
  expect(Object.keys(after)).not.toEqual([]);
  expect(daemonTraps({ before: {}, after, changed: Object.keys(after) }, context)).toEqual([]);
  expect(daemonTraps({ before: after, after, changed: [] }, context)).toEqual([]);
});

test('what dockerd does not start with stops every change, if it stands there already', () => {
  const before = { labels: ['shop'] };
  const after = { ...before, icc: false, debug: false };
  expect(trappedKeys(after, { before, changed: ['icc', 'debug'] })).toEqual(['labels icc debug']);
});

test('what only breaks things is no trap for a change that has nothing to do with it', () => {
  const before = { 'log-driver': 'nosuch' };
  expect(trappedKeys({ ...before, icc: false }, { before })).toEqual([]);
  expect(trappedKeys(before)).toEqual(['log-driver log-opts']);
});

test('several traps are told at once, each with its own keys and a way round in both languages', () => {
  const all = traps(
    { 'userns-remap': true, 'live-restore': true, hosts: ['fd://'] },
    { flags: ['-H', 'fd://'], info: { swarm: 'active' } },
  );
  expect(all.map(({ keys }) => keys)).toEqual([['hosts'], ['userns-remap'], ['live-restore']]);
  for (const { reason, advice } of all) {
    for (const text of [reason, advice]) {
      expect(text.en).not.toBe('');
      expect(text.zh).toMatch(/\p{Script=Han}/u);
    }
  }
});

test('a list of names is cut off', () => {
  const broken = Array.from({ length: 7 }, (_, index) => ({
    ...container(),
    name: `agent-${index}`,
    privileged: true,
  }));
  const reasons = traps({ 'userns-remap': 'default' }, { containers: broken }).map(({ reason }) => reason.en);
  expect(reasons).toContainEqual(expect.stringContaining('agent-4 and 2 more'));
});
