import { expect, test } from 'vitest';
import { hidden, judge } from '../../../test/subjects.ts';
import { daemonSwarmManagerCount as control } from './daemon-swarm-manager-count.ts';
import { manager, node, swarmManager, testOnManagersOnly, told } from './swarm-node.fixture.ts';

const swarm = (managers: number, workers: number) =>
  swarmManager({
    nodes: told([
      ...Array.from({ length: managers }, (_, index) => manager(`m${index}`)),
      ...Array.from({ length: workers }, (_, index) => node(`w${index}`)),
    ]),
  });

test.each([
  [1, 0],
  [1, 1],
  [3, 0],
  [5, 20],
  [7, 2],
])('%i managers and %i workers pass', (managers, workers) => {
  expect(judge(control, swarm(managers, workers)).status).toBe('pass');
});

test.each([
  [1, 2],
  [2, 0],
  [2, 5],
  [4, 0],
  [9, 0],
])(
  'docker-bench counts leaders, of which there is always one: %i managers and %i workers fail',
  (managers, workers) => {
    const verdict = judge(control, swarm(managers, workers));
    expect(verdict).toMatchObject({ status: 'fail', evidence: [{ value: managers }] });
  },
);

test('the limits can be set', () => {
  expect(judge(control, swarm(1, 9), { parameters: { minimum: 1 } }).status).toBe('pass');
  expect(judge(control, swarm(7, 0), { parameters: { maximum: 5 } }).status).toBe('fail');
});

test('a refused list of nodes is unknown', () => {
  expect(judge(control, swarmManager({ nodes: hidden })).status).toBe('unknown');
});

testOnManagersOnly(control);
