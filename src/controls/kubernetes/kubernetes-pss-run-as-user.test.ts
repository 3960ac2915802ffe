import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssRunAsUser as control } from './kubernetes-pss-run-as-user.ts';
import { inEachList, podOf, statusesOf, statusIn } from './pod-security.fixture.ts';

test('pod and containers each fail at their own line, and a person has to mend it', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  securityContext:
    runAsUser: 0
  containers:
    - name: web
      securityContext:
        runAsUser: 10001
    - name: log
      securityContext: { runAsUser: 0 }
`);
  expect(failingLines(control, pod)).toEqual([5, 11]);
  expect(remediesOf(control, pod).map(({ kind }) => kind)).toEqual(['manual', 'manual']);
});

const statusesAround = (spec: string) =>
  [22, 23, 34, 35, undefined].map((minor) => statusIn(control, podOf(spec), minor));

test.each([
  ...inEachList('{name: a, securityContext: {runAsUser: 0}}'),
  '{securityContext: {runAsUser: 0}, containers: [{name: a, securityContext: {runAsUser: 1}}]}',
  '{os: {name: windows}, securityContext: {runAsUser: 0}}',
  '{securityContext: {runAsUser: 0, runAsNonRoot: true}}',
])('%s fails from 1.23 on', (spec) => {
  expect(statusesAround(spec)).toEqual(['not-applicable', 'fail', 'fail', 'fail', 'fail']);
});

test.each([
  '{containers: [{name: a}]}',
  '{securityContext: {runAsUser: null, runAsGroup: 0, fsGroup: 0}}',
  '{securityContext: {runAsUser: 1}}',
])('%s passes from 1.23 on', (spec) => {
  expect(statusesAround(spec)).toEqual(['not-applicable', 'pass', 'pass', 'pass', 'pass']);
});

test('a user namespace lets it off from 1.35 on', () => {
  const spec = '{hostUsers: false, containers: [{name: a, securityContext: {runAsUser: 0}}]}';
  expect(statusesAround(spec)).toEqual(['not-applicable', 'fail', 'fail', 'pass', 'pass']);
  expect(statusesOf(control, podOf(spec)).filter((status) => status === 'fail')).toHaveLength(35 - 23);
});
