import { expect, test } from 'vitest';
import { contextOf, hidden, judge } from '../../../test/subjects.ts';
import { answered } from '../answered.fixture.ts';
import { daemonSwarmAutolockKeyRotation as control } from './daemon-swarm-autolock-key-rotation.ts';
import { swarmManager, testOnManagersOnly, told } from './swarm-node.fixture.ts';

test.each([
  [true, 'pass'],
  [false, 'fail'],
])('a person answers %s', (holds, status) => {
  const context = { ...contextOf(control), answer: answered(holds) };
  expect(control.judge(swarmManager(), context)).toMatchObject({ status });
});

test('nobody answered', () => {
  expect(judge(control, swarmManager()).status).toBe('unknown');
});

test('without a lock there is no key, and whether there is one may not be known', () => {
  expect(judge(control, swarmManager({ autolock: told(false) })).status).toBe('not-applicable');
  expect(judge(control, swarmManager({ autolock: hidden })).status).toBe('unknown');
});

testOnManagersOnly(control);
