import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, host, info, judge, machine, network } from '../../../test/subjects.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import type { FilterChain } from '../../model/packet-filter.ts';
import { parseIptablesSave } from '../../sources/host/iptables-save.ts';
import { parseNftRuleset } from '../../sources/host/nft-ruleset.ts';
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
const answers = '-A DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN\n';
const remedied = '! -s 10.0.0.0/8 -i eth0 -p tcp -m conntrack --ctorigdstport 5432 --ctdir ORIGINAL -j DROP';
/** What the project of this name adds to ufw, in short. */
const ufwDocker = `:ufw-user-forward - [0:0]
:ufw-docker-deny - [0:0]
-A DOCKER-USER -j ufw-user-forward
-A DOCKER-USER -s 172.16.0.0/12 -j RETURN
-A DOCKER-USER -d 172.16.0.0/12 -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j ufw-docker-deny
-A DOCKER-USER -j RETURN
-A ufw-docker-deny -j DROP
`;
const chain = { family: 'inet', table: 'firewalld', name: 'filter_INPUT', rules: [] } as const;

test.each([
  ['ufw is on', firewalled(ufw), 'fail'],
  ['ufw is on, and DOCKER-USER only returns', firewalled(`${ufw}-A DOCKER-USER -j RETURN\n`), 'fail'],
  ['ufw is on, and DOCKER-USER holds back', firewalled(`${ufw}-A DOCKER-USER -i eth0 -j DROP\n`), 'pass'],
  ['ufw is on, and DOCKER-USER drops', firewalled(`${ufw}-A DOCKER-USER -j DROP\n`), 'pass'],
  ['DOCKER-USER only leads to what ufw allows', firewalled(`${ufw}-A DOCKER-USER -j ufw-user-input\n`), 'fail'],
  ['DOCKER-USER drops one source', firewalled(`${ufw}-A DOCKER-USER -s 203.0.113.7/32 -j DROP\n`), 'fail'],
  [
    'DOCKER-USER leads to an empty list of banned ones',
    firewalled(`${ufw}:f2b-x - [0:0]\n-A DOCKER-USER -j f2b-x\n`),
    'fail',
  ],
  ['DOCKER-USER drops another port', firewalled(`${ufw}-A DOCKER-USER -p tcp -m tcp --dport 9200 -j DROP\n`), 'fail'],
  ['DOCKER-USER drops what is no answer', firewalled(`${ufw}${answers}-A DOCKER-USER -j DROP\n`), 'pass'],
  [
    'DOCKER-USER drops after all returned',
    firewalled(`${ufw}-A DOCKER-USER -j RETURN\n-A DOCKER-USER -j DROP\n`),
    'fail',
  ],
  ['DOCKER-USER lets named sources in', firewalled(`${ufw}-A DOCKER-USER ! -s 10.0.0.0/8 -j DROP\n`), 'pass'],
  [
    'DOCKER-USER drops what goes to its bridge',
    firewalled(`${ufw}-A DOCKER-USER -o br-1a1a1a1a1a1a -j DROP\n`),
    'pass',
  ],
  ['DOCKER-USER drops what goes to another bridge', firewalled(`${ufw}-A DOCKER-USER -o docker0 -j DROP\n`), 'fail'],
  ['DOCKER-USER drops what leaves the host', firewalled(`${ufw}-A DOCKER-USER -o eth0 -j DROP\n`), 'fail'],
  ['DOCKER-USER matches the port of the host', firewalled(`${ufw}-A DOCKER-USER ${remedied}\n`), 'pass'],
  ['ufw-docker', firewalled(ufw + ufwDocker), 'pass'],
  ['INPUT ends in a rule that rejects', firewalled('-A INPUT -i lo -j ACCEPT\n-A INPUT -j REJECT\n'), 'fail'],
  ['INPUT rejects another port', firewalled('-A INPUT -p tcp -m tcp --dport 25 -j REJECT\n'), 'not-applicable'],
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
  const judged = (own: readonly FilterChain[], address = '0.0.0.0') => {
    const packetFilter = known({ backend: 'nftables', chains: [chain, docker, ...own] } as const, 'kernel', 'nft');
    return judge(control, host({ packetFilter }), publishing(address, 1, nftables)).status;
  };
  const remedy = control.remedy(host(), contextOf(control, { machine: machine({ engine: nftables }) }));
  expect(remedy).toMatchObject({ commands: expect.arrayContaining(['nft add table inet guard']) });
  expect(judged([])).toBe('fail');
  expect(judged([{ ...docker, table: 'guard' }])).toBe('pass');
  expect(judged([{ ...docker, table: 'guard' }], '::')).toBe('fail');
  expect(judged([{ ...docker, table: 'guard', family: 'inet' }], '::')).toBe('pass');
});

test('the chains of firewalld let through what is published', () => {
  const place = { family: 'inet', table: 'firewalld', chain: 'filter_FORWARD' };
  const ruleset = {
    nftables: [
      { chain: { ...place, name: place.chain, type: 'filter', hook: 'forward', prio: 10, policy: 'accept' } },
      ...[
        [{ match: { op: 'in', left: { ct: { key: 'state' } }, right: ['established', 'related'] } }, { accept: null }],
        [{ match: { op: 'in', left: { ct: { key: 'status' } }, right: 'dnat' } }, { accept: null }],
        [{ reject: { type: 'icmpx', expr: 'admin-prohibited' } }],
      ].map((expr) => ({ rule: { ...place, expr } })),
    ],
  };
  const chains = parseNftRuleset(JSON.stringify(ruleset));
  const packetFilter = known({ backend: 'nftables', chains } as const, 'kernel', 'nft');
  const facts = engine({}, { info: info({ firewallBackend: 'nftables' }) });
  expect(judge(control, host({ packetFilter }), publishing('', 5432, facts)).status).toBe('fail');
});

test('a rule for IPv4 does not guard a network that speaks IPv6 too', () => {
  const networks = known([network({ ipv6: true })], 'engine-api', 'GET /networks');
  const guarded = firewalled(`${ufw}-A DOCKER-USER -j DROP\n`);
  expect(judge(control, guarded, publishing('', 5432, engine({}, { networks }))).status).toBe('fail');
  expect(judge(control, guarded, publishing('0.0.0.0', 5432, engine({}, { networks }))).status).toBe('pass');
});

test('what a network binds to one address by itself is not open everywhere; what is published at once is', () => {
  const options = { 'com.docker.network.bridge.host_binding_ipv4': '127.0.0.1' };
  const networks = known([network({ options })], 'engine-api', 'GET /networks');
  expect(judge(control, firewalled(ufw), publishing('', 5432, engine({}, { networks }))).status).toBe('pass');
  const all = {
    ...container({ publishAllPorts: true, exposedPorts: ['9200/tcp'], ports: [] }),
    state: 'running' as const,
  };
  expect(judge(control, firewalled(ufw), { machine: machine({ containers: [all] }) })).toMatchObject({
    status: 'fail',
    evidence: [{}, { value: ['web *->9200/tcp'] }, {}],
  });
});

test('a rootless engine listens as any program does, and an engine elsewhere has another filter', () => {
  const rootless = engine({}, { info: info({ securityOptions: ['name=rootless'] }) });
  expect(judge(control, firewalled(ufw), publishing('', 5432, rootless)).status).toBe('not-applicable');
  const elsewhere = engine({}, { filterChains: hidden });
  expect(judge(control, firewalled(ufw), publishing('', 5432, elsewhere)).status).toBe('unknown');
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
