import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssSeccompRestricted as control } from './kubernetes-pss-seccomp-restricted.ts';
import { inEachList, podOf, statusesOf, statusIn, until } from './pod-security.fixture.ts';

const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
    - name: log
      securityContext:
        seccompProfile:
          type: Unconfined
    - name: fine
      securityContext: { seccompProfile: { type: Localhost, localhostProfile: a.json } }
  initContainers:
    - name: first
      securityContext:
        runAsNonRoot: true
`);

test('a missing profile fails at the container or its context, a bad one at its own line', () => {
  expect(new Set(failingLines(control, pod))).toEqual(new Set([5, 9, 14]));
});

test('the pod gets a profile, and each bad one is replaced', () => {
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [
      { path: ['spec', 'securityContext', 'seccompProfile'], value: { type: 'RuntimeDefault' } },
      { path: ['spec', 'containers', 1, 'securityContext', 'seccompProfile', 'type'], value: 'RuntimeDefault' },
    ],
  });
});

test("where the pod's is bad, that is the one place to mend", () => {
  const bad = object(`apiVersion: v1
kind: Pod
spec:
  securityContext:
    seccompProfile: { type: Unconfined }
  containers:
    - name: web
`);
  expect(failingLines(control, bad)).toEqual([5]);
  expect(remediesOf(control, bad)[0]).toMatchObject({
    fields: [{ path: ['spec', 'securityContext', 'seccompProfile', 'type'], value: 'RuntimeDefault' }],
  });
});

const good = '{seccompProfile: {type: RuntimeDefault}}';
const bad = '{seccompProfile: {type: Unconfined}}';

test.each([
  '{containers: [{name: a}]}',
  `{securityContext: ${bad}, containers: [{name: a, securityContext: ${good}}]}`,
  `{securityContext: ${good}, containers: [{name: a, securityContext: ${bad}}]}`,
  `{securityContext: ${good}, containers: [{name: a, securityContext: {seccompProfile: {}}}]}`,
  `{containers: [{name: a, securityContext: ${good}}, {name: b}]}`,
  `{containers: [{name: a, securityContext: ${good}}], ephemeralContainers: [{name: b}]}`,
  `{containers: [{name: a, securityContext: ${good}}], initContainers: [{name: b}]}`,
])('%s fails from 1.19 on', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(until(19, 'not-applicable', 'fail'));
});

test.each([
  ...inEachList('{name: a}').map((spec) => spec.replace('{', `{securityContext: ${good}, `)),
  `{containers: [{name: a, securityContext: ${good}}]}`,
  `{securityContext: {seccompProfile: null}, containers: [{name: a, securityContext: ${good}}]}`,
  `{securityContext: ${good}, containers: [{name: a, securityContext: {seccompProfile: null}}]}`,
])('%s passes from 1.19 on', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(until(19, 'not-applicable', 'pass'));
});

test('annotations do not replace it', () => {
  const annotations = '{seccomp.security.alpha.kubernetes.io/pod: runtime/default}';
  expect(statusIn(control, podOf('{containers: [{name: a}]}', annotations), 22)).toBe('fail');
});

test('Windows is let off from 1.25 on', () => {
  const windows = podOf('{os: {name: windows}, containers: [{name: a}]}');
  expect(statusIn(control, windows, 24)).toBe('fail');
  expect(statusIn(control, windows, 25)).toBe('not-applicable');
});
