import { expect, test } from 'vitest';
import { bridge, connected, member } from '../controls/network/machine.fixture.ts';
import { engine, hidden, machine } from '../../test/subjects.ts';
import type { ContainerSpec } from './container-spec.ts';
import type { NetworkFacts } from './network.ts';
import { reachOf } from './reach.ts';

function reach(containers: readonly ContainerSpec[], networks: readonly NetworkFacts[]) {
  const fact = reachOf(connected(containers, networks));
  return fact.known
    ? fact.value.map(({ over, ports, from, to }) => `${over} ${ports}: ${from.join(',')} > ${to.join(',')}`)
    : fact;
}

const web = member('web', ['shop']);
const db = member('db', ['shop']);

test('members of a network that forwards reach each other, of another network nobody', () => {
  const other = member('other', ['else']);
  const all = [web, db, other];
  expect(reach(all, [bridge('shop', all), bridge('else', all)])).toEqual(['shop every: web,db > web,db']);
});

test('members of a network that does not forward do not, and stopped ones have no way', () => {
  const options = { 'com.docker.network.bridge.enable_icc': 'false' };
  expect(reach([web, db], [bridge('shop', [web, db], { options })])).toEqual([]);
  expect(reach([web, { ...db, state: 'stopped' }], [bridge('shop', [web])])).toEqual([]);
});

test('who joins the namespace of another one stands where that one stands', () => {
  const sidecar = member('sidecar', [], { namespaces: { network: 'container:web' } });
  expect(reach([web, db, sidecar], [bridge('shop', [web, db])])).toEqual([
    'shop every: web,db,sidecar > web,db,sidecar',
    'localhost every: web,sidecar > web,sidecar',
  ]);
});

test('the host reaches every bridge, and is reached by whoever has a way out', () => {
  const agent = member('agent', [], { namespaces: { network: 'host' } });
  expect(reach([web, agent], [bridge('shop', [web])])).toEqual(['shop every: agent > web', 'host every: web > agent']);
  expect(reach([web, agent], [bridge('shop', [web], { internal: true })])).toEqual(['shop every: agent > web']);
});

test.each([
  ['0.0.0.0', ['host published: web,proxy > proxy']],
  ['', ['host published: web,proxy > proxy']],
  ['127.0.0.1', []],
])('a port that is published on %j', (hostAddress, expected) => {
  const proxy = member('proxy', ['edge'], {
    ports: [{ containerPort: 80, protocol: 'tcp', hostPort: 8080, hostAddress }],
  });
  expect(reach([web, proxy], [bridge('shop', [web]), bridge('edge', [proxy])])).toEqual(expected);
});

test('unknown where the networks are', () => {
  const facts = engine({}, { networks: hidden });
  expect(reachOf(machine({ containers: [web, db], engine: facts })).known).toBe(false);
});
