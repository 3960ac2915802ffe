import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge, kernel } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { known } from '../../model/fact.ts';
import type { NetworkFacts } from '../../model/network.ts';
import { parseIptablesSave } from '../../sources/host/iptables-save.ts';
import { bridge, connected, member } from './machine.fixture.ts';
import { networkIntercontainerPolicy as control } from './network-intercontainer-policy.ts';

const of = (project: string, name: string, network = 'shop'): ContainerSpec => ({
  ...member(name, [network]),
  owner: project === '' ? { kind: 'none' } : { kind: 'compose', project, service: name },
});
const judged = (containers: readonly ContainerSpec[], change = {}, parameters = {}) => {
  const network = bridge(containers[0]?.networks[0] ?? 'shop', containers, change);
  return judge(control, network, { machine: connected(containers, [network]), parameters });
};

test('two containers on a default bridge that forwards fail, whoever they belong to', () => {
  const both = [of('a', 'web', 'bridge'), of('a', 'db', 'bridge')];
  expect(judged(both).status).toBe('fail');
  expect(judged(both, { options: { 'com.docker.network.bridge.enable_icc': 'false' } }).status).toBe('pass');
  expect(judged(both.slice(1)).status).toBe('pass');
});

test('containers of one project belong together, those of several do not', () => {
  expect(judged([of('a', 'web'), of('a', 'db')]).status).toBe('pass');
  expect(judged([of('', 'web'), of('', 'db')]).status).toBe('pass');
  const several = [of('a', 'web'), of('b', 'db')];
  expect(judged(several)).toMatchObject({
    status: 'fail',
    evidence: [{ value: null }, { path: 'GET /networks shop Containers', value: ['web', 'db'] }],
  });
  expect(judged(several, {}, { allowed: ['shop'] }).status).toBe('pass');
  expect(judged([of('a', 'web'), of('', 'db')]).status).toBe('fail');
});

const ip = 'net.bridge.bridge-nf-call-iptables';
const ip6 = 'net.bridge.bridge-nf-call-ip6tables';

/** On a bridge whose subnet is 172.20.0.0/16, with these rules in DOCKER-USER. */
function filtered(
  rules: readonly string[],
  handedOver: Readonly<Record<string, string>> = { [ip]: '1', [ip6]: '1' },
  change: Partial<NetworkFacts> = {},
  facts: Partial<EngineFacts> = {},
) {
  const containers = [of('a', 'web'), of('b', 'db')];
  const network = bridge('shop', containers, { id: '0123456789abcdef', ...change });
  const text = ['*filter', ':DOCKER-USER - [0:0]', ':more - [0:0]', ...rules.map((rule) => `-A DOCKER-USER ${rule}`)];
  const chains = parseIptablesSave([...text, '-A more -j DROP'].join('\n'), 'ip');
  const packetFilter = known({ backend: 'iptables', chains } as const, 'kernel', 'iptables-save');
  const parameters = known(handedOver, 'kernel', '/proc/sys');
  const { engine: usual, ...rest } = connected(containers, [network]);
  const where = host({ packetFilter, kernel: kernel({ parameters }).kernel });
  return judge(control, network, { machine: { ...rest, engine: { ...usual, ...facts }, host: where } });
}

test.each([
  [['-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN', '-j DROP']],
  [['-i br-0123456789ab -o br-0123456789ab -j DROP']],
  [['-i br-+ -o br-+ -j REJECT']],
  [['-m conntrack --ctstate NEW -j DROP']],
  [['-s 172.16.0.0/12 -d 172.16.0.0/12 -j DROP']],
  [['-j more']],
  [['-s 172.20.0.2/32 -d 172.20.0.3/32 -p tcp -m tcp --dport 5432 -j RETURN', '-j DROP']],
])('rules of the host that drop what the bridge forwards count: %j', (rules) => {
  expect(filtered(rules)).toMatchObject({
    status: 'pass',
    evidence: [{}, {}, { value: '1' }, { value: [expect.any(String)] }],
  });
});

test.each([
  [['-i eth0 -j DROP']],
  [['-o eth0 -j DROP']],
  [['-p udp -j DROP']],
  [['-d 10.0.0.0/8 -j DROP']],
  [['-s 172.20.0.2/32 -j DROP']],
  [['-m limit --limit 3/min -j DROP']],
  [['-j RETURN', '-j DROP']],
  [['-s 172.16.0.0/12 -j RETURN', '-j DROP']],
  [['-i br-0123456789ab -o br-0123456789ab -j ACCEPT', '-j DROP']],
  [[]],
])('rules that never see it, or let it through, do not: %j', (rules) => {
  expect(filtered(rules).status).toBe('fail');
});

test('bridged packets must be handed to the filter, of IPv6 too, and to that of the engine', () => {
  expect(filtered(['-j DROP'], { [ip]: '0' }).status).toBe('fail');
  expect(filtered(['-j DROP'], { [ip]: '1' }).status).toBe('pass');
  const both = { ipv6: true, subnets: ['172.20.0.0/16', 'fd00:1::/64'] };
  expect(filtered(['-j DROP'], undefined, both).status).toBe('fail');
  expect(filtered(['-j DROP'], undefined, {}, { filterChains: hidden }).status).toBe('fail');
  expect(filtered(['-j DROP'], undefined, {}, { local: false }).status).toBe('fail');
});

test('only the default bridge is severe, and other drivers and the network for ingress are asked or not', () => {
  if (typeof control.severity === 'string') throw new Error('the severity depends on the network');
  const machine = connected([], []);
  expect(control.severity.of(bridge('bridge'), contextOf(control, { machine }))).toBe('high');
  expect(control.severity.of(bridge('shop'), contextOf(control, { machine }))).toBe('medium');
  expect(
    ['bridge', 'overlay', 'host', 'null'].filter((driver) => control.appliesTo?.(bridge('x', [], { driver }))),
  ).toEqual(['bridge', 'overlay']);
  expect(control.appliesTo?.(bridge('x', [], { ingress: true }))).toBe(false);
  expect(control.remedy(bridge('$(x)'), contextOf(control))).toMatchObject({ kind: 'manual' });
});
