import { expect, test } from 'vitest';
import { hidden, judge } from '../../../test/subjects.ts';
import { daemonSwarmSecretsUsed as control } from './daemon-swarm-secrets-used.ts';
import { service, swarmManager, testOnManagersOnly, told } from './swarm-node.fixture.ts';

const withServices = (...services: ReturnType<typeof service>[]) =>
  swarmManager({ services: told(services, '/services') });

test('a password in a variable fails, and its value is not shown', () => {
  const verdict = judge(control, withServices(service(), service({ DB_PASSWORD: 'hunter2-harbour' })));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ value: ['web DB_PASSWORD'] }] });
  expect(JSON.stringify(verdict)).not.toContain('hunter2');
});

test('a path to a secret passes', () => {
  const subject = withServices(service({ DB_PASSWORD_FILE: '/run/secrets/db' }, ['db']), service({ TOKEN_TTL: '300' }));
  expect(judge(control, subject).status).toBe('pass');
});

test('without services there is no question', () => {
  expect(judge(control, withServices()).status).toBe('not-applicable');
});

test('services that are refused are unknown', () => {
  expect(judge(control, swarmManager({ services: hidden })).status).toBe('unknown');
});

testOnManagersOnly(control);
