import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssAllowPrivilegeEscalation as control } from './kubernetes-pss-allow-privilege-escalation.ts';
import { inEachList, podOf, statusesOf, statusIn, until } from './pod-security.fixture.ts';

const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
    - name: log
      securityContext:
        allowPrivilegeEscalation: true
    - name: fine
      securityContext:
        allowPrivilegeEscalation: false
    - name: agent
      securityContext:
        privileged: true
        capabilities:
          add: [CHOWN, CAP_SYS_ADMIN]
`);

test('a missing field fails at the container or its context, a bad one at its own line', () => {
  expect(failingLines(control, pod)).toEqual([5, 8, 13]);
});

const context = (index: number) => ['spec', 'containers', index, 'securityContext'];

test('it is set, and what the API refuses beside it goes', () => {
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [
      { path: [...context(0), 'allowPrivilegeEscalation'], value: false },
      { path: [...context(1), 'allowPrivilegeEscalation'], value: false },
      { path: [...context(3), 'allowPrivilegeEscalation'], value: false },
      { path: [...context(3), 'privileged'] },
      { path: [...context(3), 'capabilities', 'add', 1] },
    ],
  });
});

const fine = '{name: fine, securityContext: {allowPrivilegeEscalation: false}}';

test.each(
  ['{}', 'null', '{allowPrivilegeEscalation: true}', '{allowPrivilegeEscalation: null}'].flatMap((written) =>
    inEachList(`{name: a, securityContext: ${written}}`).map((spec) => spec.replace('{name: fine}', fine)),
  ),
)('%s fails from 1.8 on', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(until(8, 'not-applicable', 'fail'));
});

test.each(['false', 'no', 'off'])('%s passes from 1.8 on', (word) => {
  expect(
    statusesOf(control, podOf(`{containers: [{name: a, securityContext: {allowPrivilegeEscalation: ${word}}}]}`)),
  ).toEqual(until(8, 'not-applicable', 'pass'));
});

test('it cannot be set for the pod', () => {
  expect(
    statusIn(control, podOf('{securityContext: {allowPrivilegeEscalation: false}, containers: [{name: a}]}')),
  ).toBe('fail');
});

test('Windows is let off from 1.25 on, a user namespace is not', () => {
  const windows = podOf('{os: {name: windows}, containers: [{name: a}]}');
  expect(statusIn(control, windows, 24)).toBe('fail');
  expect(statusIn(control, windows, 25)).toBe('not-applicable');
  expect(statusIn(control, podOf('{hostUsers: false, containers: [{name: a}]}'))).toBe('fail');
});
