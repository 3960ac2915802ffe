import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssHostNamespaces as control } from './kubernetes-pss-host-namespaces.ts';
import { always, podOf, statusesOf } from './pod-security.fixture.ts';

const job = object(`apiVersion: batch/v1
kind: CronJob
spec:
  jobTemplate:
    spec:
      template:
        spec:
          hostPID: true
          hostNetwork: true
          hostIPC: false
          containers: []
`);

test('each namespace fails at its own line, and leaves', () => {
  expect(failingLines(control, job)).toEqual([9, 8]);
  const path = ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
  expect(remediesOf(control, job)[0]).toMatchObject({
    fields: [{ path: [...path, 'hostNetwork'] }, { path: [...path, 'hostPID'] }],
  });
});

test.each(['hostNetwork', 'hostPID', 'hostIPC'])('%s fails in every version', (field) => {
  expect(statusesOf(control, podOf(`{${field}: true, containers: []}`))).toEqual(always('fail'));
});

test.each([
  'hostUsers: true',
  'hostPID: null',
  'hostIPC: false',
  'containers: [{name: a, hostPID: true}]',
  'shareProcessNamespace: true',
])('%s is none of them', (field) => {
  expect(statusesOf(control, podOf(`{${field}}`))).toEqual(always('pass'));
});
