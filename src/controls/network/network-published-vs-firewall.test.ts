import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, host, info, judge, machine } from '../../../test/subjects.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import type { FilterChain } from '../../model/packet-filter.ts';
import { parseIptablesSave } from '../../sources/host/iptables-save.ts';
import { networkPublishedVsFirewall as control } from './network-published-vs-firewall.ts';

const publishing = (hostAddress: string | undefined, hostPort = 5432, facts: EngineFacts = engine()) => {
  const ports = [
    { hostPort, containerPort: 5432, protocol: 'tcp' as const, ...(hostAddress === undefined ? {} : { hostAddress }) },
  ];
  return { machine: machine({ engine: facts, containers: [{ ...container({ ports }), state: 'running' }] }) };
};

const base = '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n:DOCKER-USER - [0:0]\n';
const ufw = ':ufw-user-input - [0:0]\n-A ufw-user-input -p tcp -m tcp --dport 22 -j ACCEPT\n';
const firewalled = (rules: string, units: readonly string[] = [], more: readonly FilterChain[] = []) =>
  host({
    packetFilter: known(
      { backend: 'iptables', chains: [...parseIptablesSave(base + rules, 'ip'), ...more] },
      'kernel',
      'iptables-save',
    ),
    enabledUnits: known(units, 'file', '/etc/systemd/system'),
  });
const chain = { family: 'inet', table: 'firewalld', name: 'filter_INPUT', rules: [] } as const;

test.each([
  ['ufw is on', firewalled(ufw), 'fail'],
  ['ufw is on, and DOCKER-USER only returns', firewalled(`${ufw}-A DOCKER-USER -j RETURN\n`), 'fail'],
  ['ufw is on, and DOCKER-USER holds back', firewalled(`${ufw}-A DOCKER-USER -i eth0 -j DROP\n`), 'pass'],
  ['ufw is on, and DOCKER-USER leads to it', firewalled(`${ufw}-A DOCKER-USER -j ufw-user-input\n`), 'pass'],
  ['only the unit of ufw is enabled', firewalled('', ['ufw.service']), 'not-applicable'],
  ['chains of ufw are left empty', firewalled(':ufw-user-input - [0:0]\n'), 'not-applicable'],
  ['firewalld is enabled', firewalled('', ['firewalld.service']), 'fail'],
  ['firewalld has its table', firewalled('', [], [chain]), 'fail'],
  ['INPUT drops', firewalled('', [], [{ ...chain, table: 'guard', hook: 'input', policy: 'drop' }]), 'fail'],
  ['there is none', firewalled(''), 'not-applicable'],
] as const)('a database on every address, where %s', (_name, subject, status) => {
  expect(judge(control, subject, publishing('0.0.0.0')).status).toBe(status);
});

test.each([undefined, '', '0.0.0.0', '::'])(
  'docker-bench 5.14 misses the wildcard of IPv6: the address %j is every one',
  (address) => {
    const verdict = judge(control, firewalled(ufw), publishing(address));
    expect(verdict).toMatchObject({ status: 'fail', message: { en: expect.stringContaining('web 5432/tcp') } });
  },
);

test('ports on one address, public ones and those of containers that do not run are no matter', () => {
  expect(judge(control, firewalled(ufw), publishing('127.0.0.1')).status).toBe('pass');
  expect(judge(control, firewalled(ufw), publishing('0.0.0.0', 443)).status).toBe('pass');
  expect(judge(control, firewalled(ufw), { ...publishing('::', 443), parameters: { publicPorts: [] } }).status).toBe(
    'fail',
  );
  const stopped = container({ ports: [{ hostPort: 1, containerPort: 1, protocol: 'tcp' }] });
  expect(judge(control, firewalled(ufw), { machine: machine({ containers: [stopped] }) }).status).toBe('pass');
});

test('with nftables a chain of one’s own at the forward hook stands before them', () => {
  const nftables = engine({}, { info: info({ firewallBackend: 'nftables' }) });
  const docker = {
    family: 'ip',
    table: 'docker-bridges',
    name: 'filter-FORWARD',
    hook: 'forward',
    policy: 'drop',
    rules: [],
  } as const;
  const withOwn = (...more: FilterChain[]) =>
    host({ packetFilter: known({ backend: 'nftables', chains: [chain, docker, ...more] }, 'kernel', 'nft') });
  expect(judge(control, withOwn(), publishing('::', 1, nftables)).status).toBe('fail');
  expect(judge(control, withOwn({ ...docker, table: 'guard' }), publishing('::', 1, nftables)).status).toBe('pass');
});

test('an engine that leaves the filter alone is judged by nothing here, nor is one elsewhere', () => {
  expect(judge(control, firewalled(ufw), publishing('', 1, engine({ iptables: false }))).status).toBe('not-applicable');
  expect(judge(control, firewalled(ufw), publishing('', 1, { ...engine(), local: false })).status).toBe(
    'not-applicable',
  );
});

const units = (...names: string[]) => ({ enabledUnits: known(names, 'file' as const, '/etc/systemd/system') });
const judged = (facts: object) => judge(control, host({ packetFilter: hidden, ...facts }), publishing('')).status;

test('a filter that cannot be read is unknown where a firewall may be on', () => {
  expect(judged(units('ufw.service'))).toBe('unknown');
  expect(judged({ enabledUnits: hidden })).toBe('unknown');
  expect(judged(units('ssh.service'))).toBe('not-applicable');
  expect(control.remedy(host(), contextOf(control)).kind).toBe('manual');
});
