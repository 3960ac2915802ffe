import { expect, test } from 'vitest';
import { idOf, inspected } from '../../../test/recorded-engines.ts';
import { PlimsollError } from '../../model/error.ts';
import { attachmentsOf, readNetworks, withMembers } from './networks.ts';

const shopId = '5d'.repeat(32);

/** As Docker 20.10 lists a network: without its members. */
const docker20 = {
  Name: 'shop',
  Id: shopId,
  Created: '2026-11-21T22:59:27.1Z',
  Scope: 'local',
  Driver: 'bridge',
  EnableIPv6: false,
  IPAM: { Driver: 'default', Options: null, Config: [{ Subnet: '172.20.0.0/16', Gateway: '172.20.0.1' }] },
  Internal: true,
  Attachable: false,
  Ingress: false,
  ConfigFrom: { Network: '' },
  ConfigOnly: false,
  Containers: {},
  Options: { 'com.docker.network.bridge.enable_icc': 'false' },
  Labels: { egress: 'none' },
};

/** Docker 28 and 29 name IPv4 too, and leave empty maps out. */
const docker29 = {
  ...docker20,
  EnableIPv4: true,
  EnableIPv6: true,
  IPAM: { Driver: 'default', Config: [{ Subnet: '172.20.0.0/16' }, { Subnet: 'fd00:20::/64' }, {}] },
  Containers: undefined,
  Options: undefined,
  Labels: undefined,
};

const podman5 = {
  ...docker20,
  Name: 'podman',
  Id: '2f259bab93aaaaa2542ba43ef33eb990d0999ee1b9924b557b7be53c0b7a1bb9',
  Internal: false,
  IPAM: { Driver: 'default', Options: { driver: 'host-local' }, Config: [{ Subnet: '10.88.0.0/16' }] },
  Options: {},
  Labels: {},
  Containers: {
    [idOf('web')]: { Name: 'web', EndpointID: '', IPv4Address: '10.88.0.2/16', IPv6Address: 'fd00::2/64' },
  },
};

test('the networks of Docker 20.10', () => {
  expect(readNetworks([docker20])).toEqual([
    {
      id: shopId,
      name: 'shop',
      driver: 'bridge',
      scope: 'local',
      internal: true,
      ipv6: false,
      ingress: false,
      options: { 'com.docker.network.bridge.enable_icc': 'false' },
      labels: { egress: 'none' },
      subnets: ['172.20.0.0/16'],
      members: [],
    },
  ]);
});

test('the networks of Docker 29, with what it leaves out', () => {
  const answer = JSON.parse(JSON.stringify([docker29])) as object[];
  expect(readNetworks(answer as never)).toMatchObject([
    { ipv6: true, subnets: ['172.20.0.0/16', 'fd00:20::/64'], options: {}, labels: {}, members: [] },
  ]);
});

test('Podman names the members itself', () => {
  expect(readNetworks([podman5])).toMatchObject([
    { name: 'podman', members: [{ id: idOf('web'), name: 'web', ipv4: '10.88.0.2', ipv6: 'fd00::2' }] },
  ]);
});

test('what is no network is left out, and no list is no answer', () => {
  expect(readNetworks([{}, null, 'shop', { Name: 'odd', Containers: [1], IPAM: 'odd' }] as never)).toMatchObject([
    { name: 'odd', driver: '', members: [], subnets: [] },
  ]);
  expect(() => readNetworks({ message: 'hello' })).toThrow(PlimsollError);
});

test('ends that Swarm makes for itself are no containers', () => {
  const overlay = { ...docker20, Driver: 'overlay', Containers: { 'lb-shop': { Name: 'shop-endpoint' } } };
  expect(readNetworks([overlay])[0]?.members).toEqual([]);
});

const on = (name: string, ends: object, running = true) =>
  attachmentsOf(
    inspected(name, {
      state: running ? 'running' : 'exited',
      others: { NetworkSettings: { Networks: ends } } as never,
    }),
  );

test('members come from the containers that run', () => {
  const networks = readNetworks([docker20, { ...docker20, Name: 'logs', Id: '6e'.repeat(32) }]);
  const attachments = [
    ...on('web', { shop: { NetworkID: shopId, IPAddress: '172.20.0.3', GlobalIPv6Address: '' }, logs: {} }),
    ...on('db', { shop: { NetworkID: shopId, IPAddress: '172.20.0.2', GlobalIPv6Address: 'fd00::2' } }),
    ...on('gone', { shop: { NetworkID: shopId } }, false),
  ];
  expect(withMembers(networks, attachments).map(({ members }) => members)).toEqual([
    [
      { id: idOf('db'), name: 'db', ipv4: '172.20.0.2', ipv6: 'fd00::2' },
      { id: idOf('web'), name: 'web', ipv4: '172.20.0.3' },
    ],
    [{ id: idOf('web'), name: 'web' }],
  ]);
});

test('a container that Podman has paused is still on its networks', () => {
  const others = { NetworkSettings: { Networks: { podman: {} } } };
  const ends = (state: object) => attachmentsOf({ Id: idOf('web'), Name: 'web', State: state, ...others } as never);
  expect(ends({ Running: false, Paused: true })).toMatchObject([{ network: 'podman', member: { name: 'web' } }]);
  expect(ends({ Running: false, Paused: false })).toEqual([]);
});

test('two networks of one name are told apart by their ids; Podman writes the name for the id', () => {
  const networks = readNetworks([docker20, { ...docker20, Id: '6e'.repeat(32) }]);
  const [first, second] = withMembers(networks, on('web', { shop: { NetworkID: shopId } }));
  expect([first?.members.length, second?.members.length]).toEqual([1, 0]);
  const [podman] = withMembers(readNetworks([podman5]), on('db', { podman: { NetworkID: 'podman' } }));
  expect(podman?.members.map(({ name }) => name)).toEqual(['db', 'web']);
});

test('a member that is known twice is one', () => {
  const end = { podman: { NetworkID: podman5.Id, IPAddress: '10.88.0.2' } };
  expect(withMembers(readNetworks([podman5]), on('web', end))[0]?.members).toHaveLength(1);
});
