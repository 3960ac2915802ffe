import { expect, test } from 'vitest';
import { hidden, judge } from '../../../test/subjects.ts';
import { daemonSwarmCaRotation as control } from './daemon-swarm-ca-rotation.ts';
import { swarmManager, testOnManagersOnly, told } from './swarm-node.fixture.ts';

/** Of an audit on 1 July 2026. */
const ending = (days: number) => told(Date.UTC(2026, 6, 1) + days * 86_400_000);

test.each([
  [365, 'pass'],
  [90, 'pass'],
  [89, 'fail'],
  [0, 'fail'],
  [-1, 'fail'],
])('%i days before the end', (days, status) => {
  expect(judge(control, swarmManager({ authorityEnds: ending(days) })).status).toBe(status);
});

test('one that is being replaced passes', () => {
  expect(judge(control, swarmManager({ authorityEnds: ending(1), authorityRotates: true })).status).toBe('pass');
});

test('a certificate that cannot be read is unknown', () => {
  expect(judge(control, swarmManager({ authorityEnds: hidden })).status).toBe('unknown');
});

testOnManagersOnly(control);
