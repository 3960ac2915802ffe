import { expect, test } from 'vitest';
import { hidden, judge, network } from '../../../test/subjects.ts';
import type { NetworkFacts } from '../../model/network.ts';
import { daemonSwarmOverlayEncrypted as control } from './daemon-swarm-overlay-encrypted.ts';
import { manager, node, swarmManager, swarmWorker, testOutsideSwarm, told } from './swarm-node.fixture.ts';

const overlay = (name: string, options: NetworkFacts['options'] = {}) =>
  network({ name, driver: 'overlay', scope: 'swarm', options });
const ingress = { ...overlay('ingress'), ingress: true };
const withNetworks = (...networks: NetworkFacts[]) => ({ networks: told(networks, '/networks') });

test.each(['', 'true', '1'])('an option encrypted=%s passes', (encrypted) => {
  expect(judge(control, swarmManager({}, withNetworks(ingress, overlay('shop', { encrypted })))).status).toBe('pass');
});

test.each<NetworkFacts['options']>([{}, { encrypted: 'false' }, { encrypted: '0' }])('%j fails', (options) => {
  const subject = swarmManager({}, withNetworks(overlay('safe', { encrypted: '' }), overlay('shop', options)));
  expect(judge(control, subject)).toMatchObject({
    status: 'fail',
    evidence: [{ value: { safe: true, shop: false }, path: 'GET /networks Options.encrypted' }],
  });
  expect(judge(control, subject, { parameters: { exceptions: ['shop'] } }).status).toBe('pass');
});

test('ingress alone, or bridges, raise no question', () => {
  expect(judge(control, swarmManager({}, withNetworks(ingress, network()))).status).toBe('not-applicable');
});

test('in a swarm of one node nothing travels between nodes', () => {
  const alone = swarmManager({ nodes: told([manager('a')], '/nodes') }, withNetworks(overlay('shop')));
  expect(judge(control, alone)).toMatchObject({
    status: 'not-applicable',
    evidence: [{ value: { shop: false } }, { value: 1 }],
  });
  const pair = swarmManager({ nodes: told([manager('a'), node('b')], '/nodes') }, withNetworks(overlay('shop')));
  expect(judge(control, pair).status).toBe('fail');
});

test('a worker knows the networks of its tasks', () => {
  expect(judge(control, { ...swarmWorker(), ...withNetworks(overlay('shop')) }).status).toBe('fail');
});

test('networks that are refused are unknown', () => {
  expect(judge(control, swarmManager({}, { networks: hidden })).status).toBe('unknown');
});

testOutsideSwarm(control);
