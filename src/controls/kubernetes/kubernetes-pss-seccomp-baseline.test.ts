import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssSeccompBaseline as control } from './kubernetes-pss-seccomp-baseline.ts';
import { always, inEachList, podOf, statusesOf, until } from './pod-security.fixture.ts';

const pod = object(`apiVersion: v1
kind: Pod
metadata:
  annotations:
    seccomp.security.alpha.kubernetes.io/pod: unconfined
    container.seccomp.security.alpha.kubernetes.io/web: unconfined
    container.seccomp.security.alpha.kubernetes.io/gone: unconfined
spec:
  securityContext:
    seccompProfile:
      type: Unconfined
      localhostProfile: web.json
  containers:
    - name: web
      securityContext:
        seccompProfile: {}
`);
const old = { kubernetesVersion: { major: 1, minor: 18 } };

test('each profile fails at its own line; before 1.19 each annotation does', () => {
  expect(failingLines(control, pod)).toEqual([11, 16]);
  expect(failingLines(control, pod, old)).toEqual([5, 6]);
});

test("the runtime's profile takes its place", () => {
  const [itself, web] = [['spec'], ['spec', 'containers', 0]].map((path) => [
    ...path,
    'securityContext',
    'seccompProfile',
  ]);
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [
      { path: [...(itself ?? []), 'type'], value: 'RuntimeDefault' },
      { path: [...(itself ?? []), 'localhostProfile'] },
      { path: [...(web ?? []), 'type'], value: 'RuntimeDefault' },
    ],
  });
  const annotations = ['metadata', 'annotations'];
  expect(remediesOf(control, pod, old)[0]).toMatchObject({
    fields: [
      { path: [...annotations, 'seccomp.security.alpha.kubernetes.io/pod'], value: 'runtime/default' },
      { path: [...annotations, 'container.seccomp.security.alpha.kubernetes.io/web'], value: 'runtime/default' },
    ],
  });
});

const profile = (written: string) => `securityContext: {seccompProfile: ${written}}`;

test.each(['{type: Unconfined}', '{type: runtimeDefault}', '{type: ""}', '{type: null}', '{}'])(
  '%s fails from 1.19 on, wherever it stands',
  (written) => {
    for (const spec of [`{${profile(written)}}`, ...inEachList(`{name: a, ${profile(written)}}`)])
      expect(statusesOf(control, podOf(spec))).toEqual(until(19, 'pass', 'fail'));
  },
);

test.each(['{type: RuntimeDefault}', '{type: Localhost, localhostProfile: a.json}', 'null'])('%s passes', (written) => {
  for (const spec of [`{${profile(written)}}`, ...inEachList(`{name: a, ${profile(written)}}`)])
    expect(statusesOf(control, podOf(spec))).toEqual(always('pass'));
});

test('Windows is not let off', () => {
  expect(statusesOf(control, podOf(`{os: {name: windows}, ${profile('{type: Unconfined}')}}`))).toEqual(
    until(19, 'pass', 'fail'),
  );
});

test.each([
  ['unconfined', 'fail'],
  ['localhost', 'fail'],
  ['""', 'fail'],
  ['null', 'fail'],
  ['runtime/default', 'pass'],
  ['docker/default', 'pass'],
  ['localhost/web.json', 'pass'],
] as const)('annotations of %s count before 1.19: %s', (value, status) => {
  const expected = until(19, status, 'pass');
  expect(statusesOf(control, podOf('{}', `{seccomp.security.alpha.kubernetes.io/pod: ${value}}`))).toEqual(expected);
  for (const spec of inEachList('{name: a}')) {
    const annotations = `{container.seccomp.security.alpha.kubernetes.io/a: ${value}}`;
    expect(statusesOf(control, podOf(spec, annotations))).toEqual(expected);
  }
});

test('an annotation for a container that is not there does not count', () => {
  const annotations = '{container.seccomp.security.alpha.kubernetes.io/b: unconfined}';
  expect(statusesOf(control, podOf('{containers: [{name: a}]}', annotations))).toEqual(always('pass'));
});
