import { expect, test } from 'vitest';
import { contextOf, engine, judge, machine } from '../../../test/subjects.ts';
import { answered } from '../answered.fixture.ts';
import { service, swarmManager, swarmWorker, told } from '../daemon/swarm-node.fixture.ts';
import { operationsSecretManager as control } from './operations-secret-manager.ts';

test('services that use secrets of the swarm are proof', () => {
  const subject = swarmManager({ services: told([service(), service({}, ['db_password'])], '/services') });
  expect(judge(control, subject)).toMatchObject({ status: 'pass', evidence: [{ value: ['web'] }] });
});

test.each([
  [true, 'pass'],
  [false, 'fail'],
])('otherwise a person answers %s', (holds, status) => {
  const context = { ...contextOf(control), answer: answered(holds) };
  expect(control.judge(engine(), context)).toMatchObject({ status });
});

test('nobody answered, with a swarm or without', () => {
  for (const subject of [engine(), swarmManager(), swarmWorker()]) {
    expect(judge(control, subject).status).toBe('unknown');
  }
});

test('where nothing runs there is no question', () => {
  expect(judge(control, engine(), { machine: machine({ containers: [] }) }).status).toBe('not-applicable');
});
