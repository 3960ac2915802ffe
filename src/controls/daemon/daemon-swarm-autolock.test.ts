import { expect, test } from 'vitest';
import { hidden, judge } from '../../../test/subjects.ts';
import { daemonSwarmAutolock as control } from './daemon-swarm-autolock.ts';
import { swarmManager, testOnManagersOnly, told } from './swarm-node.fixture.ts';

test.each([
  [true, 'pass'],
  [false, 'fail'],
])('autolock %s', (value, status) => {
  expect(judge(control, swarmManager({ autolock: told(value) }))).toMatchObject({ status, evidence: [{ value }] });
});

test('a refused question is unknown', () => {
  expect(judge(control, swarmManager({ autolock: hidden })).status).toBe('unknown');
});

testOnManagersOnly(control);
