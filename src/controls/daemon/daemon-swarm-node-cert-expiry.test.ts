import { expect, test } from 'vitest';
import { contextOf, hidden, judge } from '../../../test/subjects.ts';
import { daemonSwarmNodeCertExpiry as control } from './daemon-swarm-node-cert-expiry.ts';
import { swarmManager, testOnManagersOnly, told } from './swarm-node.fixture.ts';

const lasting = (days: number) => swarmManager({ certificateLifetime: told(days * 86_400_000) });

test.each([
  [2, 'pass'],
  [7, 'pass'],
  [30, 'pass'],
  [30.5, 'fail'],
  [90, 'fail'],
])('docker-bench accepts two days and nothing else: %d days', (days, status) => {
  expect(judge(control, lasting(days))).toMatchObject({ status, evidence: [{ value: `${days} days` }] });
});

test('a site may allow more, and the remedy follows it', () => {
  const parameters = { days: 90 };
  expect(judge(control, lasting(90), { parameters }).status).toBe('pass');
  expect(control.remedy(lasting(99), contextOf(control, { parameters }))).toMatchObject({
    commands: ['docker swarm update --cert-expiry 2160h0m0s'],
  });
});

test('a refused question is unknown', () => {
  expect(judge(control, swarmManager({ certificateLifetime: hidden })).status).toBe('unknown');
});

testOnManagersOnly(control);
