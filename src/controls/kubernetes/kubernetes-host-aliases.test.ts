import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesHostAliases as control } from './kubernetes-host-aliases.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

test('each entry fails at its own line', () => {
  const deployment = object(`apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      hostAliases:
        - ip: 192.0.2.7
          hostnames: [db.shop.example]
        - ip: 192.0.2.8
          hostnames: [log.shop.example]
      containers: []
`);
  expect(failingLines(control, deployment)).toEqual([7, 9]);
});

test.each(['{hostAliases: [], containers: []}', '{hostAliases: null, containers: []}', '{containers: []}'])(
  '%s passes',
  (spec) => {
    expect(statusIn(control, podOf(spec))).toBe('pass');
  },
);
