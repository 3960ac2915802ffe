import { expect, test } from 'vitest';
import { contextOf, engine, hidden, judge } from '../../../test/subjects.ts';
import type { ClientEndpoint } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import { daemonClientTls as control } from './daemon-client-tls.ts';

const endpoint = (host: string, verified = false): ClientEndpoint => ({
  name: 'far',
  source: 'file',
  path: '/root/.docker/contexts/meta/ab/meta.json',
  host,
  verified,
});
const using = (...clients: ClientEndpoint[]) =>
  engine({}, { clients: known(clients, 'file', '/root/.docker/contexts') });

test.each(['unix:///run/docker.sock', 'npipe:////./pipe/docker_engine', ''])(
  'a client of this machine (%j) is not asked',
  (host) => expect(judge(control, using(endpoint(host))).status).toBe('not-applicable'),
);

test('without any client the question does not arise', () => {
  expect(judge(control, engine()).status).toBe('not-applicable');
});

test.each(['tcp://10.0.0.5:2375', 'TCP://10.0.0.5:2375', 'http://10.0.0.5', 'https://10.0.0.5', '10.0.0.5:2375'])(
  '%s without verification fails',
  (host) => {
    const verdict = judge(control, using(endpoint('ssh://me@far'), endpoint(host)));
    expect(verdict.status).toBe('fail');
    expect(verdict.message.en).toContain(host);
  },
);

test('a verified endpoint and ssh pass', () => {
  expect(judge(control, using(endpoint('tcp://10.0.0.5:2376', true), endpoint('ssh://me@far'))).status).toBe('pass');
});

test('DOCKER_HOST is evidence of the environment, and its remedy is a variable', () => {
  const environment = { ...endpoint('tcp://10.0.0.5:2375'), name: 'DOCKER_HOST', source: 'environment' as const };
  const subject = using(environment);
  expect(judge(control, subject).evidence[0]?.source).toBe('environment');
  expect(control.remedy(subject, contextOf(control))).toMatchObject({
    commands: ['export DOCKER_HOST=ssh://USER@HOST'],
  });
});

test.each([
  ['tcp://me:secret@10.0.0.5:2375', 'tcp://me@10.0.0.5:2375'],
  ['tcp://me:p@secret@10.0.0.5:2375', 'tcp://me@10.0.0.5:2375'],
  ['me:secret@10.0.0.5:2375', 'me@10.0.0.5:2375'],
])('a password in an address is never shown: %s', (host, shown) => {
  const verdict = judge(control, using(endpoint(host)));
  expect(JSON.stringify(verdict)).not.toContain('secret');
  expect(verdict.message.en).toContain(`(${shown})`);
});

test('a context keeps its name whole in the command', () => {
  const odd = { ...endpoint('tcp://10.0.0.5:2375'), name: "it's" };
  expect(control.remedy(using(odd), contextOf(control))).toMatchObject({
    commands: [String.raw`docker context update 'it'\''s' --docker host=ssh://USER@HOST`],
  });
});

test('contexts that cannot be read are unknown', () => {
  expect(judge(control, engine({}, { clients: hidden })).status).toBe('unknown');
});
