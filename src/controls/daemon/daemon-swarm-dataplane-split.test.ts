import { expect, test } from 'vitest';
import { contextOf, judge } from '../../../test/subjects.ts';
import { answered } from '../answered.fixture.ts';
import { daemonSwarmDataplaneSplit as control } from './daemon-swarm-dataplane-split.ts';
import { swarmManager, swarmWorker, testOutsideSwarm } from './swarm-node.fixture.ts';

test.each([
  ['192.168.7.10', 'pass'],
  ['10.0.0.10', 'fail'],
  ['', 'fail'],
])('a data path over "%s"', (dataPathAddress, status) => {
  expect(judge(control, swarmManager({ dataPathAddress })).status).toBe(status);
});

test('no engine shows the address (GET /info has no DataPathAddr), so that a person is asked', () => {
  expect(judge(control, swarmManager()).status).toBe('unknown');
  expect(judge(control, swarmWorker()).status).toBe('unknown');
  const context = { ...contextOf(control), answer: answered(true) };
  expect(control.judge(swarmManager(), context)).toMatchObject({ status: 'pass' });
});

testOutsideSwarm(control);
