import { expect, test } from 'vitest';
import { container, kernel } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { type Case, trappedKeys } from './trapped.fixture.ts';

const none = { containers: [] };
const old = { version: '20.10.24', containers: [] };
const proxy = { 'userland-proxy': false };
const publishing = [{ ...container(), ports: [{ containerPort: '80', protocol: 'tcp', hostPort: 8080 }] }] as never;
const onLoopback6 = [
  { ...container(), ports: [{ containerPort: '80', protocol: 'tcp', hostPort: 8080, hostAddress: '::1' }] },
] as never;
const onBridge = [{ ...container(), networks: ['bridge'] }];

function filtered(value: string) {
  return kernel({ parameters: known({ 'net.bridge.bridge-nf-call-iptables': value }, 'kernel', '/proc/sys') });
}
function withoutModule(locked: string) {
  return kernel({
    modules: known(['overlay'], 'kernel', '/proc/modules'),
    parameters: known({ 'kernel.modules_disabled': locked }, 'kernel', '/proc/sys'),
  });
}

const cases: readonly Case[] = [
  ['icc and iptables off', { icc: false, iptables: false }, none, ['icc iptables']],
  [
    'icc off in the file, iptables off as a flag',
    { icc: false },
    { ...none, flags: ['--iptables=false'] },
    ['icc iptables'],
  ],
  ['icc off', { icc: false }, {}, []],
  ['ip6tables before 27.0', { ip6tables: true }, { version: '26.1.5' }, ['ip6tables experimental']],
  ['ip6tables as an experiment', { ip6tables: true, experimental: true }, { version: '26.1.5' }, []],
  ['ip6tables since', { ip6tables: true }, { version: '27.0.1' }, []],
  ['bridge and bip', { bridge: 'docker0', bip: '10.99.0.1/24' }, none, ['bridge bip']],
  ['bridge', { bridge: 'docker0' }, none, []],
  ['no bridge', { bridge: 'none' }, none, []],
  ['a bridge that is not there', { bridge: 'br7' }, none, ['bridge']],
  ['other addresses under a container', { bip: '10.99.0.1/24' }, { containers: onBridge }, ['bip']],
  ['other addresses with all in networks of their own', { bip: '10.99.0.1/24' }, {}, []],
  ['a gateway outside', { bip: '10.99.0.1/24', 'default-gateway': '10.98.0.1' }, none, ['default-gateway bip']],
  ['a gateway inside', { bip: '10.99.0.1/24', 'default-gateway': '10.99.0.2' }, none, []],
  ['IPv6 without a range before 27.0', { ipv6: true }, old, ['ipv6 fixed-cidr-v6']],
  ['IPv6 with one', { ipv6: true, 'fixed-cidr-v6': '2001:db8:1::/64' }, old, []],
  ['IPv6 since', { ipv6: true }, none, []],
  ['no packet filter under containers', { iptables: false }, {}, ['iptables']],
  ['no packet filter on an empty engine', { iptables: false }, none, []],
  ['no packet filter, as before', { iptables: false, icc: true }, { before: { iptables: false } }, []],
  ['nftables in a swarm', { 'firewall-backend': 'nftables' }, { info: { swarm: 'active' } }, ['firewall-backend']],
  ['nftables', { 'firewall-backend': 'nftables' }, {}, []],
  ['no proxy', proxy, { containers: publishing }, []],
  [
    'no proxy and no packet filter',
    { ...proxy, iptables: false },
    { before: { iptables: false }, containers: publishing },
    ['userland-proxy iptables'],
  ],
  ['no proxy for ::1', proxy, { containers: onLoopback6 }, ['userland-proxy']],
  [
    'no proxy, and bridged packets are not filtered',
    proxy,
    { containers: publishing, host: filtered('0') },
    ['userland-proxy'],
  ],
  ['no proxy, and they are', proxy, { containers: publishing, host: filtered('1') }, []],
  ['no proxy, not filtered, nothing published', proxy, { host: filtered('0') }, []],
  [
    'no proxy, and no module that could be loaded',
    proxy,
    { containers: publishing, host: withoutModule('1') },
    ['userland-proxy'],
  ],
  ['no proxy, and a module that dockerd loads', proxy, { containers: publishing, host: withoutModule('0') }, []],
];

test.each(cases)('%s', (_what, after, circumstances, expected) => {
  expect(trappedKeys(after, circumstances)).toEqual(expected);
});
