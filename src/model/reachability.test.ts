import { expect, test } from 'vitest';
import { bridge, member } from '../controls/network/machine.fixture.ts';
import { forwardsBetweenMembers, isDefaultNetwork, joinedContainer } from './reachability.ts';

test.each([
  ['bridge', {}, true],
  ['bridge', { 'com.docker.network.bridge.enable_icc': 'true' }, true],
  ['bridge', { 'com.docker.network.bridge.enable_icc': '0' }, false],
  ['macvlan', { macvlan_mode: 'bridge' }, true],
  ['macvlan', { macvlan_mode: 'private' }, false],
  ['ipvlan', { ipvlan_mode: 'l2' }, true],
  ['ipvlan', { ipvlan_flag: 'private' }, false],
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

test('a container that another one joins is known by its id and by its name', () => {
  const db = { ...member('db', []), id: 'f1'.repeat(32) };
  expect(joinedContainer('container:db', [member('web', []), db])).toBe(db);
  expect(joinedContainer(`container:${db.id}`, [db])).toBe(db);
  expect(joinedContainer('container:gone', [db])).toBeUndefined();
  expect(joinedContainer('db', [db])).toBeUndefined();
  expect(joinedContainer(undefined, [db])).toBeUndefined();
});
