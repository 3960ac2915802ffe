import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssHostpath as control } from './kubernetes-pss-hostpath.ts';
import { always, podOf, statusesOf } from './pod-security.fixture.ts';

test('each volume fails at its hostPath, and a person has to mend it', () => {
  const pod = object(`apiVersion: apps/v1
kind: DaemonSet
spec:
  template:
    spec:
      volumes:
        - name: logs
          hostPath:
            path: /var/log
        - name: tmp
          emptyDir: {}
        - { name: run, hostPath: { path: /run } }
`);
  expect(failingLines(control, pod)).toEqual([8, 12]);
  expect(remediesOf(control, pod).map(({ kind }) => kind)).toEqual(['manual', 'manual']);
});

test.each([
  '{name: a, hostPath: {path: /dev/null, type: CharDevice}}',
  '{name: a, hostPath: {}}',
  '{name: a, hostPath: {path: /a}, emptyDir: {}}',
])('%s fails in every version', (volume) => {
  expect(statusesOf(control, podOf(`{volumes: [{name: fine}, ${volume}]}`))).toEqual(always('fail'));
});

test.each([
  '{name: a, hostPath: null}',
  '{name: hostPath, emptyDir: {}}',
  '{name: a, nfs: {server: a, path: /}}',
  '{name: a}',
])('%s is no path of the node', (volume) => {
  expect(statusesOf(control, podOf(`{volumes: [${volume}]}`))).toEqual(always('pass'));
});

test('a pod without volumes passes', () => {
  expect(statusesOf(control, podOf('{volumes: null}'))).toEqual(always('pass'));
});
