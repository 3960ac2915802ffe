import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssCapabilitiesRestricted as control } from './kubernetes-pss-capabilities-restricted.ts';
import { inEachList, newest, podOf, statusesOf, statusIn, until } from './pod-security.fixture.ts';

const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
    - name: log
      securityContext:
        capabilities:
          drop: [NET_RAW]
          add:
            - NET_BIND_SERVICE
            - CHOWN
`);

test('what is missing fails at the container or the list, what is added at its own line', () => {
  expect(failingLines(control, pod)).toEqual([5, 9, 12]);
});

const capabilities = (index: number) => ['spec', 'containers', index, 'securityContext', 'capabilities'];

test('ALL is dropped, and what may not be added is taken away', () => {
  expect(remediesOf(control, pod)[0]).toMatchObject({
    fields: [
      { path: [...capabilities(0), 'drop'], value: ['ALL'] },
      { path: [...capabilities(1), 'drop'], value: ['ALL'] },
      { path: [...capabilities(1), 'add', 1] },
    ],
  });
});

const having = (written: string) => `{name: a, securityContext: {capabilities: ${written}}}`;

test.each([
  having('{drop: [ALL], add: [CHOWN]}'),
  having('{drop: [ALL], add: [ALL]}'),
  having('{drop: [ALL], add: [CAP_NET_BIND_SERVICE]}'),
  having('{drop: [all]}'),
  having('{drop: [CAP_ALL]}'),
  having('{drop: []}'),
  having('{add: [NET_BIND_SERVICE]}'),
  having('null'),
  '{name: a}',
])('%s fails from 1.22 on', (container) => {
  expect(statusesOf(control, podOf(`{containers: [${container}]}`))).toEqual(until(22, 'not-applicable', 'fail'));
});

test.each(inEachList(having('{}')))('%s fails', (spec) => {
  expect(statusIn(control, podOf(spec.replace('{name: fine}, ', '')))).toBe('fail');
});

test.each([
  having('{drop: [ALL]}'),
  having('{drop: [NET_RAW, ALL], add: [NET_BIND_SERVICE]}'),
  having('{drop: [ALL], add: []}'),
  having('{drop: [ALL], add: null}'),
])('%s passes from 1.22 on', (container) => {
  expect(statusesOf(control, podOf(`{containers: [${container}]}`))).toEqual(until(22, 'not-applicable', 'pass'));
});

test('Windows is let off from 1.25 on', () => {
  const windows = podOf('{os: {name: windows}, containers: [{name: a}]}');
  expect(statusIn(control, windows, 22)).toBe('fail');
  expect(statusIn(control, windows, 24)).toBe('fail');
  expect(statusIn(control, windows, 25)).toBe('not-applicable');
  expect(statusIn(control, windows, newest)).toBe('not-applicable');
  expect(statusIn(control, podOf('{os: {name: linux}, containers: [{name: a}]}'), 25)).toBe('fail');
  expect(statusIn(control, podOf('{os: {name: Windows}, containers: [{name: a}]}'), 25)).toBe('fail');
});

test('a user namespace changes nothing', () => {
  expect(statusIn(control, podOf('{hostUsers: false, containers: [{name: a}]}'))).toBe('fail');
});
