import { expect, test } from 'vitest';
import { contextOf, judge, network } from '../../../test/subjects.ts';
import { networkUserDefinedIsolated as control } from './network-user-defined-isolated.ts';

test('a network that says it needs nothing must be internal', () => {
  const labels = { egress: 'none' };
  expect(judge(control, network({ labels }))).toMatchObject({ status: 'fail', evidence: [{ value: false }] });
  expect(judge(control, network({ labels, internal: true })).status).toBe('pass');
});

test('of any other nothing is asked', () => {
  expect(judge(control, network()).status).toBe('not-applicable');
  expect(judge(control, network({ labels: { egress: 'registry' } })).status).toBe('not-applicable');
  expect(control.appliesTo?.(network({ driver: 'host' }))).toBe(false);
  expect(control.appliesTo?.(network({ ingress: true }))).toBe(false);
});

test('the label is the site’s choice', () => {
  const parameters = { label: 'com.example.zone', value: 'inner' };
  expect(judge(control, network({ labels: { 'com.example.zone': 'inner' } }), { parameters }).status).toBe('fail');
  expect(judge(control, network({ labels: { egress: 'none' } }), { parameters }).status).toBe('not-applicable');
});

test('it cannot be changed afterwards', () => {
  expect(control.remedy(network({ name: 'x;y' }), contextOf(control))).toMatchObject({
    kind: 'manual',
    commands: expect.arrayContaining(['docker network disconnect NETWORK CONTAINER']),
  });
});
