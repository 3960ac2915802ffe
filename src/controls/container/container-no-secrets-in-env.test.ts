import { expect, test } from 'vitest';
import { container, judge, running } from '../../../test/subjects.ts';
import { Secret } from '../../model/secret.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { containerNoSecretsInEnv as control } from './container-no-secrets-in-env.ts';

const variables = (values: Record<string, string>) => ({
  environment: Object.entries(values).map(([name, value]) => ({ name, value: new Secret(value) })),
});
const paper = (change: SpecChange) => judge(control, container(change));

test('a secret in the environment fails at its variable, by name and rule, without its value', () => {
  const verdict = paper(variables({ PATH: '/usr/bin', DB_PASSWORD: 'hunter2', URL: 'amqp://shop:hunter2@queue' }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('environment[1]');
  expect(verdict.message.en).toContain('variable DB_PASSWORD, variable URL');
  expect(verdict.evidence.map(({ value }) => value)).toEqual([
    { name: 'DB_PASSWORD', rule: 'name' },
    { name: 'URL', rule: 'url-password' },
  ]);
  expect(JSON.stringify(verdict)).not.toContain('hunter2');
});

test('paths, empty values and public values pass, and only names are shown', () => {
  const values = {
    DB_PASSWORD_FILE: '/run/secrets/db',
    API_TOKEN: '',
    GPG_KEY: 'A035C8C19219BA821ECEA86B64E628F8D684696D',
  };
  const verdict = paper(variables(values));
  expect(verdict.status).toBe('pass');
  expect(verdict.evidence[0]?.value).toEqual(['DB_PASSWORD_FILE', 'API_TOKEN', 'GPG_KEY']);
  expect(judge(control, running(), { machine: undefined }).status).toBe('pass');
});

test.each<[SpecChange, string, string]>([
  [{ command: ['app', '--password=hunter2'] }, 'command[1]', '--password'],
  [{ command: ['redis-server', '--requirepass', 'hunter2'] }, 'command[1]', '--requirepass'],
  [{ entrypoint: ['env', 'DB_PASSWORD=hunter2', 'app'] }, 'entrypoint[1]', 'DB_PASSWORD'],
  [{ command: ['sh', '-c', 'export API_TOKEN="hunter2"; exec app'] }, 'command[2]', 'API_TOKEN'],
  [{ command: ['sh', '-c', 'mysql --password "hunter2" shop'] }, 'command[2]', '--password'],
  [{ command: ['app', 'amqp://shop:hunter2@queue'] }, 'command[1]', 'command[1]'],
  [{ command: ['java', '-Djavax.net.ssl.keyStorePassword=hunter2'] }, 'command[1]', '-D'],
  [{ command: ['mysql', '-phunter2Password', 'shop'] }, 'command[1]', '-p'],
  [{ healthCheck: { test: ['CMD', 'ping', '--password', 'hunter2'] } }, 'healthCheck.test[2]', '--password'],
  [
    { labels: { 'com.example.db-password': 'hunter2' } },
    'labels["com.example.db-password"]',
    'com.example.db-password',
  ],
])('%j fails at %s', (change, field, name) => {
  const verdict = paper(change);
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe(field);
  expect(verdict.evidence).toHaveLength(1);
  expect(verdict.evidence[0]?.value).toMatchObject({ name });
  expect(JSON.stringify(verdict)).not.toContain('hunter2');
});

test.each<SpecChange>([
  { command: ['app', '--password-file', '/run/secrets/db', '--token-ttl=3600'] },
  { command: ['app', '--password=$DB_PASSWORD', '--api-key', '--verbose'] },
  { command: ['sh', '-c', 'app --password="$(cat /run/secrets/db)"'] },
  { command: ['apk', 'add', 'libcrypto3=3.1.4-r5'] },
  { labels: { 'org.example.secret-scan': 'passed', 'org.example.token-rotation': 'monthly' } },
  { command: [], entrypoint: [], labels: {} },
])('%j passes', (change) => expect(paper(change).status).toBe('pass'));
