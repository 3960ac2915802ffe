import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssRunAsNonroot as control } from './kubernetes-pss-run-as-nonroot.ts';
import { always, inEachList, podOf, statusesOf, until } from './pod-security.fixture.ts';

const pod = object(`apiVersion: v1
kind: Pod
spec:
  initContainers:
    - name: first
  containers:
    - name: web
      securityContext:
        runAsNonRoot: false
    - name: fine
      securityContext: { runAsNonRoot: true }
`);

test('a missing field fails at the container, a bad one at its own line', () => {
  expect(failingLines(control, pod)).toEqual([5, 9]);
});

test('it is set for the pod, and wherever it is false', () => {
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [
      { path: ['spec', 'securityContext', 'runAsNonRoot'], value: true },
      { path: ['spec', 'containers', 0, 'securityContext', 'runAsNonRoot'], value: true },
    ],
  });
});

test("where the pod's is false, that is the one place to mend", () => {
  const bad = object(
    'apiVersion: v1\nkind: Pod\nspec:\n  securityContext:\n    runAsNonRoot: false\n  containers: [{ name: a }]\n',
  );
  expect(failingLines(control, bad)).toEqual([5]);
  expect(remediesOf(control, bad)[0]).toMatchObject({
    fields: [{ path: ['spec', 'securityContext', 'runAsNonRoot'], value: true }],
  });
});

test.each([
  '{containers: [{name: a, securityContext: {runAsUser: 0}}]}',
  '{securityContext: {runAsUser: 0}, containers: [{name: a}]}',
])('a person has to choose another user for %s first: it would not start', (spec) => {
  expect(remediesOf(control, podOf(spec))[0]?.kind).toBe('manual');
});

const good = '{runAsNonRoot: true}';
const bad = '{runAsNonRoot: false}';

test.each([
  '{containers: [{name: a}]}',
  '{containers: [{name: a, securityContext: {runAsUser: 1000}}]}',
  `{securityContext: ${bad}, containers: [{name: a, securityContext: ${good}}]}`,
  ...inEachList(`{name: a, securityContext: ${bad}}`).map((spec) => spec.replace('{', `{securityContext: ${good}, `)),
  `{containers: [{name: a, securityContext: ${good}}, {name: b, securityContext: null}]}`,
  `{hostUsers: true, containers: [{name: a}]}`,
  `{os: {name: windows}, containers: [{name: a}]}`,
])('%s fails in every version', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(always('fail'));
});

test.each([
  `{containers: [{name: a, securityContext: ${good}}]}`,
  ...inEachList('{name: a}').map((spec) => spec.replace('{', `{securityContext: ${good}, `)),
  `{securityContext: ${good}, containers: [{name: a, securityContext: {runAsNonRoot: null}}]}`,
  // Root by number is another question.
  `{securityContext: {runAsNonRoot: true, runAsUser: 0}, containers: [{name: a}]}`,
])('%s passes in every version', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(always('pass'));
});

test.each([
  '{hostUsers: false, containers: [{name: a}]}',
  `{hostUsers: false, securityContext: ${bad}, containers: [{name: a}]}`,
])('%s is let off from 1.35 on', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(until(35, 'fail', 'pass'));
});
