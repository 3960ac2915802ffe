import { expect, test } from 'vitest';
import { container, exemplarEffective, hidden, judge, machine, running } from '../../../test/subjects.ts';
import type { Effective, Listener } from '../../model/effective.ts';
import { known } from '../../model/fact.ts';
import { containerNoUnneededServices as control } from './container-no-unneeded-services.ts';

const listening = (...all: [Listener['protocol'], string, number][]): Partial<Effective> => ({
  listeners: known(
    all.map(([protocol, address, port]) => ({ protocol, address, port })),
    'kernel',
    '/proc/412/net/tcp',
  ),
});
const network = (link: string, host: boolean): Partial<Effective> => ({
  namespaces: { ...exemplarEffective.namespaces, network: known({ link, host }, 'kernel', '/proc/412/ns/net') },
});

test('an exposed or published port may listen, any other fails', () => {
  expect(judge(control, running()).status).toBe('pass');
  const published = { ports: [{ containerPort: 9000, protocol: 'tcp' }] } as const;
  expect(judge(control, running(listening(['tcp6', '::', 9000]), published)).status).toBe('pass');
  const verdict = judge(control, running(listening(['tcp', '0.0.0.0', 8080], ['tcp', '10.0.0.2', 5005])));
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain(': 5005/tcp.');
  expect(verdict.evidence[0]).toMatchObject({ source: 'kernel', value: ['tcp 10.0.0.2:5005'] });
});

test('protocols are told apart, and ranges and a missing protocol understood', () => {
  expect(judge(control, running(listening(['udp', '0.0.0.0', 8080]))).status).toBe('fail');
  const change = { exposedPorts: ['8000-8010/udp', '53'] };
  expect(judge(control, running(listening(['udp6', '::', 8010], ['tcp', '0.0.0.0', 53]), change)).status).toBe('pass');
  expect(judge(control, running(listening(['udp', '0.0.0.0', 8011]), change)).status).toBe('fail');
  expect(judge(control, running(listening(['udp', '0.0.0.0', 53]), change)).status).toBe('fail');
});

test.each<[Listener['protocol'], string]>([
  ['tcp', '127.0.0.11'],
  ['tcp6', '::1'],
  ['tcp6', '::ffff:127.0.0.1'],
])('%s on %s is not open to anybody', (protocol, address) => {
  expect(judge(control, running(listening([protocol, address, 5005]))).status).toBe('pass');
});

test("a UDP socket in the ephemeral range is a client's", () => {
  expect(judge(control, running(listening(['udp', '0.0.0.0', 40_000]))).status).toBe('pass');
  expect(judge(control, running(listening(['tcp', '0.0.0.0', 40_000]))).status).toBe('fail');
});

test('a port that another container of the same network namespace declares may listen', () => {
  const link = 'net:[4026532777]';
  const web = running({ ...listening(['tcp', '0.0.0.0', 9000]), ...network(link, false) });
  expect(judge(control, web).status).toBe('fail');
  const sidecar = running(network(link, false), { exposedPorts: ['9000/tcp'] });
  expect(judge(control, web, { machine: machine({ containers: [web, sidecar] }) }).status).toBe('pass');
  const stranger = running(network('net:[1]', false), { exposedPorts: ['9000/tcp'] });
  expect(judge(control, web, { machine: machine({ containers: [web, stranger] }) }).status).toBe('fail');
});

test('a site can allow ports', () => {
  const subject = running(listening(['tcp', '0.0.0.0', 9090]));
  expect(judge(control, subject, { parameters: { allowed: ['9090/tcp'] } }).status).toBe('pass');
  expect(judge(control, subject, { parameters: { allowed: ['9090/udp'] } }).status).toBe('fail');
  expect(judge(control, subject, { parameters: { allowed: ['any'] } }).status).toBe('fail');
});

test("what does not run, or runs in the host's network, is not asked", () => {
  expect(judge(control, container()).status).toBe('not-applicable');
  const open = listening(['tcp', '0.0.0.0', 22]);
  expect(judge(control, running({ ...open, ...network('net:[2]', true) })).status).toBe('not-applicable');
});

test('sockets that cannot be read are unknown', () => {
  expect(judge(control, running({ listeners: hidden })).status).toBe('unknown');
  expect(judge(control, { ...container(), state: 'running' }).status).toBe('unknown');
});
