import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, info, judge, machine, network } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { NetworkFacts } from '../../model/network.ts';
import { parseIptablesSave } from '../../sources/host/iptables-save.ts';
import { networkEgressRestricted as control } from './network-egress-restricted.ts';

const parameters = { required: true };
const ruled = (...rules: string[]) => {
  const text = [
    '*filter',
    ':FORWARD DROP [0:0]',
    ':DOCKER-USER - [0:0]',
    ...rules.map((rule) => `-A DOCKER-USER ${rule}`),
  ];
  return host({
    packetFilter: known(
      { backend: 'iptables', chains: parseIptablesSave(text.join('\n'), 'ip') },
      'kernel',
      'iptables-save',
    ),
  });
};
const within = (...networks: NetworkFacts[]) => ({
  parameters,
  machine: machine({ engine: engine({}, { networks: known(networks, 'engine-api', 'GET /networks') }) }),
});

const statusIn = (rule: string, ...networks: NetworkFacts[]) => judge(control, ruled(rule), within(...networks)).status;

test('it is not asked for unless it is required', () => {
  expect(judge(control, ruled()).status).toBe('not-applicable');
  expect(judge(control, ruled(), { parameters })).toMatchObject({
    status: 'fail',
    message: { en: expect.stringContaining('shop') },
  });
});

test.each([
  [['-j RETURN'], 'fail'],
  [['-j RETURN', '-s 172.20.0.0/16 -j DROP'], 'fail'],
  [
    [
      '-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN',
      '-s 172.20.0.0/16 -d 192.0.2.0/24 -j RETURN',
      '-s 172.20.0.0/16 -j DROP',
    ],
    'pass',
  ],
  [['-i br-1a1a1a1a1a1a -j REJECT'], 'pass'],
  [['-i docker0 -j DROP'], 'fail'],
  [['-i eth0 ! -s 192.0.2.0/24 -j DROP'], 'fail'],
  [['-s 172.20.1.0/24 -j DROP'], 'unknown'],
] as const)('DOCKER-USER with %j', (rules, status) => {
  expect(judge(control, ruled(...rules), { parameters }).status).toBe(status);
});

test('networks that lead nowhere, or that nobody is in, are no matter', () => {
  expect(
    judge(control, ruled(), within(network({ internal: true }), network({ members: [] }), network({ driver: 'null' })))
      .status,
  ).toBe('pass');
});

test.each(['host', 'macvlan', 'ipvlan'])('the driver %s passes by the chains, whatever is in them', (driver) => {
  const beyond = within(network({ driver, name: 'beyond', subnets: ['192.0.2.0/24'] }));
  const verdict = { status: 'fail', message: { en: expect.stringContaining('beyond') } };
  expect(judge(control, ruled('-j DROP'), beyond)).toMatchObject(verdict);
  expect(judge(control, host({ packetFilter: hidden }), beyond)).toMatchObject(verdict);
});

test('overlay networks leave by a bridge of their own', () => {
  const overlay = network({ driver: 'overlay', subnets: ['10.0.1.0/24'] });
  const options = { 'com.docker.network.bridge.name': 'docker_gwbridge' };
  const gateway = network({ name: 'docker_gwbridge', members: [], subnets: ['172.18.0.0/16'], options });
  expect(statusIn('-i docker_gwbridge -j DROP', overlay, gateway)).toBe('pass');
  expect(statusIn('-s 10.0.1.0/24 -j DROP', overlay, gateway)).toBe('fail');
  expect(statusIn('-j DROP', overlay)).toBe('fail');
  expect(statusIn('-j RETURN', network({ ...overlay, ingress: true }), gateway)).toBe('pass');
});

test('the remedy makes it pass', () => {
  const remedy = control.remedy(host(), contextOf(control));
  if (remedy.kind !== 'manual') throw new Error('commands were expected');
  const inserted = remedy.commands.flatMap((command) => /^iptables -I DOCKER-USER (.+)$/.exec(command)?.[1] ?? []);
  const rules = inserted
    .toReversed()
    .map((rule) => rule.replaceAll('SUBNET', '172.20.0.0/16').replace('ALLOWED_NETWORK', '192.0.2.0/24'));
  expect(rules).toHaveLength(4);
  expect(judge(control, ruled(...rules), { parameters }).status).toBe('pass');
});

test('every subnet counts, also that of IPv6', () => {
  const both = network({ subnets: ['172.20.0.0/16', 'fd00:1::/64'] });
  expect(judge(control, ruled('-s 172.20.0.0/16 -j DROP'), within(both)).status).toBe('fail');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, host({ packetFilter: hidden }), { parameters }).status).toBe('unknown');
  const elsewhere = machine({ engine: engine({}, { filterChains: hidden }) });
  expect(judge(control, ruled('-j DROP'), { parameters, machine: elsewhere }).status).toBe('unknown');
  const blind = machine({ engine: engine({}, { networks: hidden }) });
  expect(judge(control, host(), { parameters, machine: blind }).status).toBe('unknown');
  expect(judge(control, host(), { parameters }).status).toBe('pass');
  expect(control.remedy(host(), contextOf(control)).kind).toBe('manual');
});

test('an engine that writes nftables is mended in a table of one’s own', () => {
  const nftables = engine({}, { info: info({ firewallBackend: 'nftables' }) });
  expect(control.remedy(host(), contextOf(control, { machine: machine({ engine: nftables }) }))).toMatchObject({
    commands: expect.arrayContaining(['nft add rule inet guard forward ip saddr SUBNET drop']),
  });
});
