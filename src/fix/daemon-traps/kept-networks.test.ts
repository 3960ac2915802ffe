import { expect, test } from 'vitest';
import { container, running } from '../../../test/subjects.ts';
import { type Circumstances, trappedKeys } from './trapped.fixture.ts';

const cases: readonly [string, Circumstances, readonly string[]][] = [
  ['while a container runs', { containers: [running()] }, ['icc']],
  ['where none runs', { containers: [container()] }, []],
  ['in a swarm, where it ends with the daemon', { containers: [running()], info: { swarm: 'active' } }, []],
  ['that is so already', { containers: [running()], before: { icc: false }, changed: [] }, []],
];

test.each(cases)('icc %s', (_, circumstances, keys) => {
  expect(trappedKeys({ icc: false }, circumstances)).toEqual(keys);
});

test('what has nothing to do with the network is not held back', () => {
  expect(trappedKeys({ 'no-new-privileges': true }, { containers: [running()] })).toEqual([]);
});
