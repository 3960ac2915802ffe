import { describe, expect, test } from 'vitest';
import { engine, hidden, machine } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import type { NetworkFacts } from '../../model/network.ts';
import { bridge, connected, member } from './machine.fixture.ts';
import { forwardsBetweenMembers, isDefaultNetwork, isLoopback, namespaceOwner, reachableFrom } from './reachability.ts';

const [web, db, alone] = [member('web', ['shop']), member('db', ['shop']), member('alone', ['lab'])];
const published = [{ hostPort: 8080, containerPort: 80, protocol: 'tcp' }] as const;

/** `db by way of shop, every port`, in short. */
function ways(from: ContainerSpec, containers: readonly ContainerSpec[], change: Partial<NetworkFacts> = {}) {
  const names = [...new Set(containers.flatMap(({ networks }) => networks))];
  const fact = reachableFrom(
    from,
    connected(
      containers,
      names.map((name) => bridge(name, containers, change)),
    ),
  );
  return fact.known ? fact.value.map(({ container, over, ports }) => `${container.name} ${over} ${ports}`) : undefined;
}

describe('whom a container reaches', () => {
  test('members of its network, and nobody else', () => {
    expect(ways(web, [web, db, alone])).toEqual(['db shop every']);
  });

  test('nobody on a bridge that keeps its members apart', () => {
    expect(ways(web, [web, db], { options: { 'com.docker.network.bridge.enable_icc': 'false' } })).toEqual([]);
  });

  test('what is published, by way of the host, unless its network is internal or the port is on loopback', () => {
    const shop = member('alone', ['lab'], { ports: published });
    expect(ways(web, [web, shop])).toEqual(['alone host published']);
    expect(ways(web, [web, shop], { internal: true })).toEqual([]);
    const local = member('alone', ['lab'], { ports: [{ ...published[0], hostAddress: '127.0.0.1' }] });
    expect(ways(web, [web, local])).toEqual([]);
  });

  test('from the host everybody on a bridge, and everybody reaches the host', () => {
    const agent = member('agent', [], { namespaces: { network: 'host' } });
    expect(ways(agent, [agent, web, db])).toEqual(['web shop every', 'db shop every']);
    expect(ways(web, [web, agent])).toEqual(['agent host every']);
    expect(ways(web, [web, agent], { internal: true })).toEqual([]);
  });

  test('from the host what is published on loopback too, where there is no bridge', () => {
    const agent = member('agent', [], { namespaces: { network: 'host' } });
    const ports = [{ ...published[0], hostAddress: '127.0.0.1' }];
    expect(ways(agent, [agent, member('far', ['net'], { ports })], { driver: 'overlay' })).toEqual([
      'far host published',
    ]);
  });

  test('over overlay and macvlan too, in whatever namespace they are', () => {
    expect(ways(web, [web, db], { driver: 'overlay' })).toEqual(['db shop every']);
    const guest = member('guest', [], { namespaces: { network: 'container:web' } });
    expect(ways(guest, [web, db, guest])).toEqual(['web localhost every', 'db shop every']);
  });

  test('nobody without a network, and none that does not run', () => {
    const none = member('none', [], { namespaces: { network: 'none' } });
    expect(ways(none, [none, web])).toEqual([]);
    expect(ways(web, [web, { ...db, state: 'stopped' }])).toEqual([]);
  });

  test('networks that could not be read are unknown', () => {
    expect(reachableFrom(web, machine({ engine: engine({}, { networks: hidden }) })).known).toBe(false);
  });
});

test.each([
  ['bridge', {}, true],
  ['bridge', { 'com.docker.network.bridge.enable_icc': 'true' }, true],
  ['bridge', { 'com.docker.network.bridge.enable_icc': '0' }, false],
  ['macvlan', { macvlan_mode: 'bridge' }, true],
  ['macvlan', { macvlan_mode: 'private' }, false],
  ['overlay', { 'com.docker.network.bridge.enable_icc': 'false' }, true],
  ['host', {}, false],
  ['null', {}, false],
] as const)('%s with %j forwards: %j', (driver, options, forwards) => {
  expect(forwardsBetweenMembers(bridge('x', [], { driver, options }))).toBe(forwards);
});

test('the default network has another name for each engine, and may be renamed', () => {
  expect(isDefaultNetwork(bridge('bridge'), 'docker')).toBe(true);
  expect(isDefaultNetwork(bridge('podman'), 'docker')).toBe(false);
  expect(isDefaultNetwork(bridge('podman'), 'podman')).toBe(true);
  const options = { 'com.docker.network.bridge.default_bridge': 'true' };
  expect(isDefaultNetwork(bridge('other', [], { options }), 'docker')).toBe(true);
});

test('containers that join each other in a circle end somewhere', () => {
  const one = member('one', [], { namespaces: { network: 'container:two' } });
  const two = member('two', [], { namespaces: { network: 'container:one' } });
  expect(['one', 'two']).toContain(namespaceOwner(one, [one, two]).name);
});

test.each([
  ['127.0.0.1', true],
  ['127.0.0.53', true],
  ['::1', true],
  ['[::1]', true],
  ['::ffff:127.0.0.1', true],
  ['', false],
  ['0.0.0.0', false],
  ['::', false],
  ['::12', false],
  ['172.17.0.1', false],
])('%j is on loopback: %j', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});
