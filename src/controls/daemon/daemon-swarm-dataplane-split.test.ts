import { expect, test } from 'vitest';
import { contextOf, judge } from '../../../test/subjects.ts';
import { answered } from '../answered.fixture.ts';
import { daemonSwarmDataplaneSplit as control } from './daemon-swarm-dataplane-split.ts';
import { swarmManager, swarmWorker, testOutsideSwarm } from './swarm-node.fixture.ts';

test('no engine shows the address (GET /info has no DataPathAddr), so that a person is asked', () => {
  expect(judge(control, swarmManager()).status).toBe('unknown');
  expect(judge(control, swarmWorker()).status).toBe('unknown');
  for (const holds of [true, false]) {
    const context = { ...contextOf(control), answer: answered(holds) };
    expect(control.judge(swarmManager(), context).status).toBe(holds ? 'pass' : 'fail');
  }
});

testOutsideSwarm(control);
