import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, judge, machine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { HostFacts, HostListener } from '../../model/host.ts';
import { hostMinimalServices as control } from './host-minimal-services.ts';

const listening = (change: Partial<HostListener> = {}, facts: Partial<HostFacts> = {}) => {
  const listener = {
    protocol: 'tcp',
    address: '0.0.0.0',
    port: 111,
    process: { pid: 7, name: 'rpcbind' },
    ...change,
  } as const;
  return host({ listeners: known([listener], 'kernel', '/proc/1/net'), ...facts });
};
const unseen = (facts: Partial<HostFacts>) => {
  const subject = listening({}, facts);
  const { process: _process, ...listener } = subject.listeners.known
    ? ((subject.listeners.value[0] ?? {}) as HostListener)
    : ({} as HostListener);
  return { ...subject, listeners: known([listener], 'kernel', '/proc/1/net') };
};

test.each([
  [{}, 'fail'],
  [{ address: '192.0.2.7' }, 'fail'],
  [{ protocol: 'tcp6', address: '::' }, 'fail'],
  [{ protocol: 'udp' }, 'fail'],
  [{ port: 40_000 }, 'fail'],
  [{ protocol: 'udp', port: 40_000 }, 'pass'],
  [{ address: '127.0.0.53' }, 'pass'],
  [{ protocol: 'tcp6', address: '::1' }, 'pass'],
  [{ container: 'f0'.repeat(32) }, 'pass'],
  [{ process: { pid: 7, name: 'sshd' } }, 'pass'],
  [{ process: { pid: 7, name: 'systemd-resolve' } }, 'pass'],
  [{ process: { pid: 7, name: 'rootlessport' } }, 'pass'],
] as const)('a listener with %j', (change, status) => {
  expect(judge(control, listening(change)).status).toBe(status);
});

test('a site says what else may listen', () => {
  expect(judge(control, listening(), { parameters: { expected: ['rpcbind'] } }).status).toBe('pass');
});

test('a program at two addresses is named once', () => {
  const both = (['tcp', 'tcp6'] as const).map((protocol) => ({
    protocol,
    address: '::',
    port: 111,
    process: { pid: 7, name: 'rpcbind' },
  }));
  const verdict = judge(control, host({ listeners: known(both, 'kernel', '/proc/1/net') }));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ value: ['rpcbind 111/tcp'] }] });
});

test('a socket that nobody is seen to hold is the kernel’s for root, and unknown for others', () => {
  expect(judge(control, unseen({ root: true })).status).toBe('pass');
  expect(judge(control, unseen({ root: false }))).toMatchObject({ status: 'unknown', need: { en: 'run as root' } });
  expect(judge(control, host({ listeners: hidden })).status).toBe('unknown');
});

test('root in a container that does not see the engine’s process does not see the others either', () => {
  const blind = machine({ engine: engine({}, { process: hidden }) });
  expect(judge(control, unseen({ root: true }), { machine: blind })).toMatchObject({
    status: 'unknown',
    need: { en: expect.stringContaining('PID namespace') },
  });
  expect(judge(control, listening(), { machine: blind }).status).toBe('fail');
  const alone = { ...unseen({ root: true }), processes: hidden };
  expect(judge(control, alone).status).toBe('unknown');
  const elsewhere = machine({ engine: engine({}, { process: hidden, local: false }) });
  expect(judge(control, unseen({ root: true }), { machine: elsewhere }).status).toBe('pass');
});

test('it is left to a person', () => {
  expect(control.remedy(listening(), contextOf(control)).kind).toBe('manual');
});
