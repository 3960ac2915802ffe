import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { known, mapFact } from '../../model/fact.ts';
import type { JsonObject } from '../../model/json.ts';
import { daemonTcpTlsVerified as control } from './daemon-tcp-tls-verified.ts';

const hosts = ['unix:///run/docker.sock', 'tcp://10.0.0.5:2376'];
const files = { tlscacert: '/etc/docker/ca.pem', tlscert: '/etc/docker/cert.pem', tlskey: '/etc/docker/key.pem' };
const exist = (there: Record<string, boolean>) => known(there, 'file', '/etc/docker');
const all = exist({ '/etc/docker/ca.pem': true, '/etc/docker/cert.pem': true, '/etc/docker/key.pem': true });

const listening = (set: JsonObject, facts: Partial<EngineFacts> = {}) => engine({ hosts, ...set }, facts);

const version = (number: string) => mapFact(engine().version, (before) => ({ ...before, version: number }));

const warned = (warning: string) => listening({ tlsverify: true }, { info: info({ warnings: [warning] }) });

test('without a TCP listener there is nothing to ask', () => {
  expect(judge(control, engine({ tls: true })).status).toBe('not-applicable');
});

test('ports of Swarm and of metrics are no listeners of the API', () => {
  const tcp = [2377, 7946, 9323].map((port) => ({ protocol: 'tcp' as const, address: '0.0.0.0', port }));
  const sockets = known({ unix: ['/run/docker.sock'], tcp }, 'kernel', '/proc/400/fd');
  expect(judge(control, engine({ 'metrics-addr': '0.0.0.0:9323' }, { sockets })).status).toBe('not-applicable');
});

test('docker-bench 2.7 warns of a correct tlsverify configuration; it passes', () => {
  expect(judge(control, listening({ tlsverify: true, ...files }, { referencedFiles: all })).status).toBe('pass');
});

test('certificates at their default places pass', () => {
  expect(judge(control, listening({ tlsverify: true })).status).toBe('pass');
});

test.each<[string, JsonObject, string]>([
  ['nothing set', {}, 'neither encryption'],
  ['tlsverify null', { tlsverify: null }, 'neither encryption'],
  ['tls false', { tls: false }, 'neither encryption'],
  ['tlsverify false, which still switches TLS on', { tlsverify: false }, 'encrypted, but'],
  ['tlsverify false beside tls', { tls: true, tlsverify: false }, 'encrypted, but'],
])('%s fails', (_name, set, message) => {
  const verdict = judge(control, listening(set));
  expect(verdict).toMatchObject({ status: 'fail', field: 'tlsverify' });
  expect(verdict.message.en).toContain(message);
  expect(verdict.message.en).toContain('tcp://10.0.0.5:2376');
});

// The catalogue has tls alone fail; a dockerd of 20.10.24 that was started with it turned a client without a certificate away.
test('tls alone verifies from 20.10 on, and only encrypts before', () => {
  expect(judge(control, listening({ tls: true })).status).toBe('pass');
  expect(judge(control, listening({ tls: true }, { version: version('20.10.24+dfsg1') })).status).toBe('pass');
  const old = judge(control, listening({ tls: true }, { version: version('19.03.15') }));
  expect(old.message.en).toContain('encrypted, but');
  expect(judge(control, listening({ tls: true }, { version: hidden })).status).toBe('unknown');
});

test('flags count as the file does', () => {
  const process = mapFact(engine().process, (before) => ({ ...before, arguments: ['dockerd', '--tlsverify'] }));
  expect(judge(control, listening({}, { process })).status).toBe('pass');
});

test('a warning of the running engine outranks the settings', () => {
  const plain = judge(control, warned('API is accessible on http://10.0.0.5:2376 without encryption.'));
  expect(plain.status).toBe('fail');
  expect(plain.evidence.at(-1)?.source).toBe('engine-api');
  const open = 'API is accessible on https://10.0.0.5:2376 without TLS client verification.';
  expect(judge(control, warned(open)).message.en).toContain('encrypted, but');
  expect(judge(control, warned('No swap limit support')).status).toBe('pass');
});

test('a file that a setting names must exist', () => {
  const missing = exist({ '/etc/docker/ca.pem': false, '/etc/docker/cert.pem': true, '/etc/docker/key.pem': true });
  const verdict = judge(control, listening({ tlsverify: true, ...files }, { referencedFiles: missing }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'tlscacert' });
  expect(verdict.evidence.at(-1)).toMatchObject({ path: '/etc/docker/ca.pem', value: false });
});

test('a file that nobody looked for is unknown', () => {
  const set = { tlsverify: true, ...files };
  expect(judge(control, listening(set, { referencedFiles: hidden })).status).toBe('unknown');
  expect(judge(control, listening(set, { referencedFiles: exist({}) })).status).toBe('unknown');
});

test('listeners or settings that cannot be read are unknown', () => {
  const unreadable = { process: hidden, configuration: hidden };
  expect(judge(control, listening({}, { ...unreadable, sockets: hidden })).status).toBe('unknown');
  expect(judge(control, listening({}, unreadable)).status).toBe('unknown');
});

test('the remedy sets tlsverify only where the certificates are known to be there, else dockerd would not start', () => {
  const remedy = (facts: Partial<EngineFacts>) =>
    control.remedy(listening({ tlsverify: false, ...files }, facts), contextOf(control));
  const ready = remedy({ referencedFiles: all });
  expect(ready).toMatchObject({ kind: 'daemon', set: { tlsverify: true } });
  const after = listening({ ...files, tlsverify: true }, { referencedFiles: all });
  expect(judge(control, after).status).toBe('pass');
  expect(remedy({ referencedFiles: exist({ '/etc/docker/ca.pem': true }) }).kind).toBe('manual');
  expect(remedy({ referencedFiles: hidden }).kind).toBe('manual');
});
