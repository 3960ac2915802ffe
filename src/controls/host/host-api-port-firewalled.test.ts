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

/** A host with one rule before routing. */
function judged(rule: string) {
  const chains = parseIptablesSave(`*raw\n:PREROUTING ACCEPT [0:0]\n${rule}\nCOMMIT\n`, 'ip');
  const subject = host({ packetFilter: known({ backend: 'iptables', chains }, 'kernel', 'iptables-save') });
  return judge(control, subject, listening('tcp://0.0.0.0:2376')).status;
}

test('what is dropped before it reaches the host is dropped', () => {
  expect(judged('-A PREROUTING -p tcp -m tcp --dport 2376 -j DROP')).toBe('pass');
  expect(judged('-A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP')).toBe('fail');
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

test('where only nftables is there the remedy uses it', () => {
  const subject = host({ packetFilter: known({ backend: 'nftables', chains: [] }, 'kernel', 'nft list ruleset') });
  const remedy = control.remedy(subject, contextOf(control, listening('tcp://0.0.0.0:4243')));
  const commands = remedy.kind === 'manual' ? remedy.commands : [];
  expect(commands.at(-1)).toContain('tcp dport 4243 drop');
  expect(commands.filter((command) => !command.startsWith('nft '))).toEqual([]);
});

test('the rules of the remedy make it pass, and leave loopback open', () => {
  const listens = listening('tcp://[::]:2376');
  const remedy = control.remedy(host(), contextOf(control, listens));
  const rulesOf = (program: string) =>
    (remedy.kind === 'manual' ? remedy.commands : [])
      .filter((command) => command.startsWith(`${program} -I `))
      .map((command) => command.replace(`${program} -I `, '-A ').replace('MANAGEMENT_NETWORK', '192.0.2.0/24'))
      .toReversed()
      .join('\n');
  expect(rulesOf('iptables')).toMatch(/^-A INPUT -i lo .* ACCEPT\n.* ACCEPT\n.* DROP$/);
  expect(judge(control, filtered(rulesOf('iptables'), rulesOf('ip6tables')), listens).status).toBe('pass');
});

test('the remedy names the port', () => {
  const remedy = control.remedy(host(), contextOf(control, listening('tcp://0.0.0.0:4243')));
  expect(remedy).toMatchObject({
    kind: 'manual',
    commands: expect.arrayContaining([expect.stringContaining('--dport 4243')]),
    // Set without asking, it would shut out who manages the host.
    summary: { en: expect.stringContaining('Only you know these networks') },
  });
});
