import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, judge, machine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { parseIptablesSave } from '../../sources/host/iptables-save.ts';
import { hostApiPortFirewalled as control } from './host-api-port-firewalled.ts';

const listening = (...hosts: string[]) => ({ machine: machine({ engine: engine({ hosts }) }) });
const table = (rules: string) => `*filter\n:INPUT ACCEPT [0:0]\n${rules}\nCOMMIT\n`;
const filtered = (four: string, six = '') => {
  const chains = [...parseIptablesSave(table(four), 'ip'), ...parseIptablesSave(table(six), 'ip6')];
  return host({ packetFilter: known({ backend: 'iptables', chains }, 'kernel', 'iptables-save') });
};
const limited =
  '-A INPUT -s 192.0.2.0/24 -p tcp -m tcp --dport 2376 -j ACCEPT\n-A INPUT -p tcp -m tcp --dport 2376 -j DROP';

test.each([
  ['tcp://0.0.0.0:2376', filtered(''), 'fail'],
  ['tcp://192.0.2.7:2376', filtered(''), 'fail'],
  ['tcp://0.0.0.0:2376', filtered(limited), 'pass'],
  ['tcp://0.0.0.0:2375', filtered(limited), 'fail'],
  ['tcp://[::]:2376', filtered(limited), 'fail'],
  ['tcp://[::]:2376', filtered(limited, '-A INPUT -j DROP'), 'pass'],
  ['tcp://[fd00::7]:2376', filtered(limited), 'fail'],
  ['tcp://0.0.0.0:2376', filtered('-A INPUT -m recent --name x -j DROP'), 'unknown'],
  ['tcp://0.0.0.0:2376', host(), 'pass'],
  ['tcp://127.0.0.1:2375', filtered(''), 'not-applicable'],
  ['unix:///run/docker.sock', filtered(''), 'not-applicable'],
] as const)('%s behind a filter', (address, subject, status) => {
  expect(judge(control, subject, listening(address)).status).toBe(status);
});

test('the one port of several that is open fails', () => {
  const verdict = judge(control, filtered(limited), listening('tcp://0.0.0.0:2376', 'tcp://0.0.0.0:4243'));
  expect(verdict).toMatchObject({ status: 'fail', message: { en: expect.stringContaining('4243') } });
});

test('a filter or sockets that cannot be read are unknown, an engine elsewhere is none of this host', () => {
  const subject = filtered('');
  expect(judge(control, host({ packetFilter: hidden }), listening('tcp://0.0.0.0:2376')).status).toBe('unknown');
  const unseen = engine({ hosts: null }, { sockets: hidden, process: hidden, configuration: hidden });
  expect(judge(control, subject, { machine: machine({ engine: unseen }) }).status).toBe('unknown');
  const remote = { ...engine({ hosts: ['tcp://0.0.0.0:2376'] }), local: false };
  expect(judge(control, subject, { machine: machine({ engine: remote }) }).status).toBe('not-applicable');
  expect(judge(control, subject, { machine: undefined }).status).toBe('not-applicable');
});

test('the remedy names the port', () => {
  const remedy = control.remedy(host(), contextOf(control, listening('tcp://0.0.0.0:4243')));
  expect(remedy).toMatchObject({
    kind: 'manual',
    commands: expect.arrayContaining([expect.stringContaining('--dport 4243')]),
  });
});
