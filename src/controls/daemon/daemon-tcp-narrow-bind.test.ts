import { expect, test } from 'vitest';
import { contextOf, engine, hidden, judge } from '../../../test/subjects.ts';
import { known, mapFact } from '../../model/fact.ts';
import { daemonTcpNarrowBind as control } from './daemon-tcp-narrow-bind.ts';

const bound = (...addresses: string[]) => {
  const tcp = addresses.map((address) => ({ protocol: 'tcp' as const, address, port: 2376 }));
  return engine({}, { sockets: known({ unix: ['/run/docker.sock'], tcp }, 'kernel', '/proc/400/fd') });
};

const onPaper = (host: string) => engine({ hosts: [host] }, { sockets: hidden });

test('without a TCP listener there is nothing to ask', () => {
  expect(judge(control, engine()).status).toBe('not-applicable');
});

test.each(['0.0.0.0', '::'])('%s is every network, even with certificates and beside a narrow one', (address) => {
  const verdict = judge(control, bound('10.0.0.5', address));
  expect(verdict).toMatchObject({ status: 'fail', field: 'hosts' });
  expect(verdict.message.en).toContain('every network');
});

test.each(['10.0.0.5', '172.20.1.1', '192.168.7.7', '127.0.0.1', '::1', 'fd00::5', 'fe80::1', '169.254.9.9'])(
  '%s is internal',
  (address) => expect(judge(control, bound(address)).status).toBe('pass'),
);

test.each(['203.0.113.7', '2001:db8::7', '172.32.0.1', '100.64.0.1'])('%s is public', (address) => {
  const verdict = judge(control, bound(address));
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('public address');
});

test('a site may count a network of its own as internal', () => {
  const parameters = { internalNetworks: ['100.64.0.0/10'] };
  expect(judge(control, bound('100.64.0.1'), { parameters }).status).toBe('pass');
});

test('the kernel outranks the settings', () => {
  const narrowedOnPaper = engine(
    { hosts: ['tcp://127.0.0.1:2376'] },
    { sockets: known({ unix: [], tcp: [{ protocol: 'tcp6', address: '::', port: 2376 }] }, 'kernel', '/proc/400/fd') },
  );
  expect(judge(control, narrowedOnPaper).status).toBe('fail');
});

test('on paper a host name is unknown, and localhost is loopback', () => {
  expect(judge(control, onPaper('tcp://build.example:2376')).status).toBe('unknown');
  expect(judge(control, onPaper('tcp://localhost:2376')).status).toBe('pass');
  expect(judge(control, onPaper('tcp://0.0.0.0:2376')).status).toBe('fail');
});

test('nothing readable is unknown', () => {
  const facts = { sockets: hidden, process: hidden, configuration: hidden };
  expect(judge(control, engine({}, facts)).status).toBe('unknown');
});

test('the remedy keeps port, order and the hosts that are in order', () => {
  const subject = engine({ hosts: ['unix:///run/docker.sock', 'tcp://0.0.0.0:2376', 'tcp://10.0.0.5:2376'] });
  expect(control.remedy(subject, contextOf(control))).toMatchObject({
    set: { hosts: ['unix:///run/docker.sock', 'tcp://127.0.0.1:2376', 'tcp://10.0.0.5:2376'] },
  });
  const chosen = contextOf(control, { parameters: { bindAddress: 'fd00::5' } });
  expect(control.remedy(engine({ hosts: ['[::]:2376'] }), chosen)).toMatchObject({
    set: { hosts: ['tcp://[fd00::5]:2376'] },
  });
});

test('hosts of the command line or of systemd are left to a person', () => {
  const process = mapFact(engine().process, (before) => ({
    ...before,
    arguments: ['dockerd', '-H', ':2375', '-H', '0.0.0.0:2375'],
  }));
  expect(control.remedy(engine({}, { process }), contextOf(control)).kind).toBe('manual');
  expect(control.remedy(bound('0.0.0.0'), contextOf(control)).kind).toBe('manual');
});
