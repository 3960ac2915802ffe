import { expect, test } from 'vitest';
import { container, contextOf, engine, host, info, judge, machine, network } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { known, mapFact } from '../../model/fact.ts';
import { applyHostChanges } from '../../model/host-change.ts';
import type { HostFacts } from '../../model/host.ts';
import { parseIptablesSave } from '../../sources/host/iptables-save.ts';
import { networkPublishedVsFirewall as control } from './network-published-vs-firewall.ts';

const closed = '*filter\n:INPUT DROP [0:0]\n:DOCKER-USER - [0:0]\n-A INPUT -i lo -j ACCEPT\n';

function hostWith(rules: string, six = '', units: readonly string[] = []): HostFacts {
  const chains = [...parseIptablesSave(rules, 'ip'), ...parseIptablesSave(six, 'ip6')];
  return host({
    packetFilter: known({ backend: 'iptables', chains }, 'kernel', 'iptables-save'),
    enabledUnits: known(units, 'file', '/etc/systemd/system'),
  });
}

function engineWith(interfaces: readonly string[] | undefined, facts: Partial<EngineFacts> = {}): EngineFacts {
  const usual = engine();
  return {
    ...usual,
    process: mapFact(usual.process, (each) => ({ ...each, ...(interfaces ? { interfaces } : {}) })),
    ...facts,
  };
}

function publishing(hostPort: number | undefined, hostAddress = '0.0.0.0', name = 'web'): ContainerSpec {
  const ports = [{ hostAddress, containerPort: 5432, protocol: 'tcp' as const, ...(hostPort ? { hostPort } : {}) }];
  return { ...container({ name, ports }), state: 'running' };
}

interface Scene {
  readonly containers?: readonly ContainerSpec[];
  readonly facts?: EngineFacts;
}

const usualInterfaces = ['lo', 'eth0', 'docker0', 'docker_gwbridge', 'br-1a1a1a1a1a1a', 'veth12', 'tunl0', 'shopbr0'];
const shop = network({ options: { 'com.docker.network.bridge.name': 'shopbr0' } });
const usualEngine = engineWith(usualInterfaces, { networks: known([shop], 'engine-api', 'GET /networks') });

function remedyFor(subject: HostFacts, { containers = [publishing(5432)], facts = usualEngine }: Scene = {}) {
  const circumstances = { machine: machine({ engine: facts, containers }) };
  const remedy = control.remedy(subject, contextOf(control, circumstances));
  const changes = remedy.kind === 'host' ? remedy.changes : [];
  return {
    remedy,
    changes,
    before: judge(control, subject, circumstances).status,
    after: () => judge(control, applyHostChanges(subject, changes), circumstances).status,
  };
}

const drop = { kind: 'filter', family: 'ip', inInterface: 'eth0', protocol: 'tcp', port: 5432 };

test('a port that INPUT keeps closed gets a rule on the interface that others come by, and that makes it pass', () => {
  const { changes, before, after, remedy } = remedyFor(hostWith(closed));
  expect(before).toBe('fail');
  expect(changes).toEqual([drop]);
  expect(after()).toBe('pass');
  expect(remedy).toMatchObject({ summary: { en: expect.stringMatching(/eth0.*5432\/tcp.*publicPorts/) } });
});

/** What ufw sets where it denies what it is not told to allow. */
const ufw = `*filter
:INPUT DROP [0:0]
:DOCKER-USER - [0:0]
:ufw-before-input - [0:0]
:ufw-not-local - [0:0]
:ufw-user-input - [0:0]
:ufw-logging-deny - [0:0]
:ufw-after-input - [0:0]
-A INPUT -j ufw-before-input
-A INPUT -j ufw-after-input
-A ufw-after-input -p udp -m udp --dport 137 -j RETURN
-A ufw-before-input -i lo -j ACCEPT
-A ufw-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A ufw-before-input -m conntrack --ctstate INVALID -j ufw-logging-deny
-A ufw-before-input -m conntrack --ctstate INVALID -j DROP
-A ufw-before-input -p icmp -m icmp --icmp-type 8 -j ACCEPT
-A ufw-before-input -p udp -m udp --sport 67 --dport 68 -j ACCEPT
-A ufw-before-input -j ufw-not-local
-A ufw-before-input -d 224.0.0.251/32 -p udp -m udp --dport 5353 -j ACCEPT
-A ufw-before-input -j ufw-user-input
-A ufw-logging-deny -m conntrack --ctstate INVALID -m limit --limit 3/min --limit-burst 10 -j RETURN
-A ufw-not-local -m addrtype --dst-type LOCAL -j RETURN
-A ufw-not-local -m addrtype --dst-type MULTICAST -j RETURN
-A ufw-not-local -m limit --limit 3/min --limit-burst 10 -j ufw-logging-deny
-A ufw-not-local -j DROP
-A ufw-user-input -p tcp -m tcp --dport 22 -j ACCEPT
`;

test('ufw is understood', () => {
  const { changes, after } = remedyFor(hostWith(ufw));
  expect(changes).toEqual([drop]);
  expect(after()).toBe('pass');
});

test('what INPUT lets in by one interface stays open there', () => {
  const facts = engineWith(['lo', 'eth0', 'wg0']);
  expect(remedyFor(hostWith(`${closed}-A INPUT -i wg0 -j ACCEPT\n`), { facts }).changes).toEqual([drop]);
});

test('every port of every family is closed, and each only once', () => {
  const networks = known([network({ ipv6: true })], 'engine-api' as const, 'GET /networks');
  const facts = engineWith(['lo', 'eth0'], { networks });
  const containers = [publishing(5432, ''), publishing(9200, '0.0.0.0', 'search')];
  const { changes, after } = remedyFor(hostWith(closed, closed), { facts, containers });
  expect(changes).toEqual([drop, { ...drop, family: 'ip6' }, { ...drop, port: 9200 }]);
  expect(after()).toBe('pass');
});

test('a rule for one port does not guard another one', () => {
  const guarded = `${closed}-A DOCKER-USER -i eth0 -p tcp -m conntrack --ctstate NEW --ctorigdstport 5432 --ctdir ORIGINAL -j DROP\n`;
  expect(remedyFor(hostWith(guarded)).before).toBe('pass');
  const containers = [publishing(5432), publishing(9200, '0.0.0.0', 'search')];
  expect(remedyFor(hostWith(guarded), { containers }).changes).toEqual([{ ...drop, port: 9200 }]);
  expect(remedyFor(hostWith(guarded.replace('5432', '5000:6000'))).before).toBe('pass');
  expect(remedyFor(hostWith(guarded.replace('--ctorig', '! --ctorig').replace('5432', '22'))).before).toBe('pass');
});

const unreadable = {
  known: false,
  source: 'kernel',
  path: '/proc',
  reason: { en: 'x', zh: 'x' },
  need: { en: 'x', zh: 'x' },
};

test.each([
  ['which interfaces there are is not known', closed, { facts: engineWith(undefined) }, 'interfaces'],
  [
    'the networks are not known',
    closed,
    { facts: engineWith(['eth0'], { networks: unreadable as never }) },
    'interfaces',
  ],
  ['only containers are connected', closed, { facts: engineWith(['lo', 'docker0']) }, 'interfaces'],
  ['a name is a pattern', closed, { facts: engineWith(['eth+']) }, '"eth+"'],
  ['the engine chooses the port', closed, { containers: [publishing(undefined)] }, 'another port for web'],
  ['IPv6 has no chain', closed, { containers: [publishing(5432, '::')] }, 'for IPv6'],
  [
    'the firewall lets it in',
    `${closed}-A INPUT -p tcp -m tcp --dport 5432 -j ACCEPT\n`,
    {},
    'lets everybody in to web',
  ],
  ['it lets some in', `${closed}-A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 5432 -j ACCEPT\n`, {}, '10.0.0.0/8'],
  ['it cannot be told', `${closed}-A INPUT -p tcp -m recent --name x -j ACCEPT\n`, {}, 'not fully understood'],
] as const)('where %s it is for a person, who is told why', (_name, rules, scene: Scene, words) => {
  const { remedy } = remedyFor(hostWith(rules), scene);
  expect(remedy).toMatchObject({ kind: 'manual', summary: { en: expect.stringContaining(words) } });
  expect(remedy.summary.en).toContain('Publish the ports on the one address');
});

test('networks that the firewall lets in for other things, bans, or that are the engine’s own shut nobody out', () => {
  const rules = [
    '-A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 22 -j ACCEPT',
    '-A INPUT -s 203.0.113.7/32 -j DROP',
    '-A INPUT -s 127.0.0.0/8 -j ACCEPT',
    '-A INPUT -s 172.20.0.0/16 -j ACCEPT',
    '-A INPUT -s 0.0.0.0/0 -p icmp -j ACCEPT',
  ];
  expect(remedyFor(hostWith(`${closed}${rules.join('\n')}\n`)).changes).toEqual([drop]);
});

/** The commands that a person is told. */
function commandsOf(scene: Scene, units: readonly string[] = []): string {
  const { remedy } = remedyFor(hostWith(closed, '', units), scene);
  return remedy.kind === 'manual' ? remedy.commands.join('\n') : remedy.kind;
}

test('firewalld, nftables and other engines have no such chain of Docker’s', () => {
  expect(commandsOf({}, ['firewalld.service'])).toContain('firewall-cmd --permanent --direct --add-chain');
  expect(commandsOf({ facts: { ...usualEngine, info: info({ firewallBackend: 'nftables' }) } })).toContain(
    'ct original',
  );
  expect(commandsOf({ facts: { ...usualEngine, kind: 'podman' } })).toContain('iptables -I DOCKER-USER');
  expect(commandsOf({ containers: [] })).toContain('iptables -I DOCKER-USER');
});
