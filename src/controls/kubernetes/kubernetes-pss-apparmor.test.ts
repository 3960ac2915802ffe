import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssApparmor as control } from './kubernetes-pss-apparmor.ts';
import { always, inEachList, podOf, statusesOf } from './pod-security.fixture.ts';

const prefix = 'container.apparmor.security.beta.kubernetes.io';

const deployment = object(`apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    ${prefix}/other: unconfined
spec:
  template:
    metadata:
      annotations:
        ${prefix}/web: unconfined
    spec:
      securityContext:
        appArmorProfile:
          type: Unconfined
      containers:
        - name: web
          securityContext:
            appArmorProfile: {}
`);

test("each profile and annotation of the pod fails at its own line, the object's own annotation does not", () => {
  expect(failingLines(control, deployment)).toEqual([14, 18, 10]);
});

test('they are taken away', () => {
  const template = ['spec', 'template'];
  expect(remediesOf(control, deployment)[0]).toMatchObject({
    fields: [
      { path: [...template, 'spec', 'securityContext', 'appArmorProfile'] },
      { path: [...template, 'spec', 'containers', 0, 'securityContext', 'appArmorProfile'] },
      { path: [...template, 'metadata', 'annotations', `${prefix}/web`] },
    ],
  });
});

test.each([
  ...inEachList('{name: a, securityContext: {appArmorProfile: {type: Unconfined}}}'),
  '{securityContext: {appArmorProfile: {type: Unconfined}}}',
  '{securityContext: {appArmorProfile: {type: runtimeDefault}}}',
  '{securityContext: {appArmorProfile: {type: null}}}',
])('%s fails in every version', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(always('fail'));
});

test.each([
  ...inEachList('{name: a, securityContext: {appArmorProfile: {type: RuntimeDefault}}}'),
  '{securityContext: {appArmorProfile: {type: Localhost, localhostProfile: web}}}',
  '{securityContext: {appArmorProfile: null}}',
  '{containers: [{name: a}]}',
])('%s passes in every version', (spec) => {
  expect(statusesOf(control, podOf(spec))).toEqual(always('pass'));
});

test.each([
  ['unconfined', 'fail'],
  ['localhost', 'fail'],
  ['Runtime/Default', 'fail'],
  ['runtime/default', 'pass'],
  ['localhost/web', 'pass'],
  ['localhost/', 'pass'],
  ['""', 'pass'],
  ['null', 'pass'],
] as const)('an annotation of %s: %s', (value, status) => {
  // It counts even if no container has the name.
  expect(statusesOf(control, podOf('{containers: [{name: a}]}', `{${prefix}/gone: ${value}}`))).toEqual(always(status));
});

test('another annotation says nothing of AppArmor', () => {
  expect(statusesOf(control, podOf('{}', '{apparmor.security.beta.kubernetes.io/a: unconfined}'))).toEqual(
    always('pass'),
  );
});
