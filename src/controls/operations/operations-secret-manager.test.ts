import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge, machine } from '../../../test/subjects.ts';
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
  const idle = engine({}, { info: info({ containers: 0 }) });
  expect(judge(control, idle, { machine: machine({ containers: [] }) }).status).toBe('not-applicable');
});

test('containers that could not be read are not none', () => {
  for (const facts of [{ info: hidden }, { info: info({ containers: 3 }) }]) {
    const context = contextOf(control, { machine: machine({ containers: [] }) });
    expect(control.judge(engine({}, facts), context).status).toBe('unknown');
    expect(control.judge(engine({}, facts), { ...context, answer: answered(true) }).status).toBe('pass');
  }
});

test('a person who says that it does not hold knows more than one service tells', () => {
  const subject = swarmManager({ services: told([service({}, ['db_password'])], '/services') });
  expect(control.judge(subject, { ...contextOf(control), answer: answered(false) }).status).toBe('fail');
});
