import { expect, test } from 'vitest';
import { contextOf, host, judge, kernel } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import type { FilterRule } from '../../model/packet-filter.ts';
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

const filtered = (rules: readonly FilterRule[], handedOver = '1') => {
  const containers = [of('a', 'web'), of('b', 'db')];
  const network = bridge('shop', containers, { id: '0123456789abcdef' });
  const parameters = known({ 'net.bridge.bridge-nf-call-iptables': handedOver }, 'kernel', '/proc/sys');
  const chains = [{ family: 'ip', table: 'filter', name: 'DOCKER-USER', rules }] as const;
  const packetFilter = known({ backend: 'iptables', chains } as const, 'kernel', 'iptables-save');
  const machine = {
    ...connected(containers, [network]),
    host: host({ packetFilter, kernel: kernel({ parameters }).kernel }),
  };
  return judge(control, network, { machine }).status;
};
const drop: FilterRule = { text: '-j DROP', target: 'drop', isPartial: false };
const established: FilterRule = { text: '-j RETURN', target: 'return', states: ['established'], isPartial: false };

test('rules of the host that drop what the bridge forwards count', () => {
  expect(filtered([established, drop])).toBe('pass');
  const own = { ...drop, inInterface: 'br-0123456789ab', outInterface: 'br-0123456789ab' };
  expect(filtered([own])).toBe('pass');
});

test('rules that never see it, or let it through, do not', () => {
  expect(filtered([drop], '0')).toBe('fail');
  expect(filtered([{ ...drop, inInterface: 'eth0' }])).toBe('fail');
  expect(filtered([{ ...drop, protocol: 'udp' }])).toBe('fail');
  expect(filtered([{ ...drop, isPartial: true }])).toBe('fail');
  expect(filtered([{ ...drop, target: 'return' }, drop])).toBe('fail');
  expect(filtered([])).toBe('fail');
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
