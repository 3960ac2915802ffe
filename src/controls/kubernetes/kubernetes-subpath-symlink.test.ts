import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesSubpathSymlink as control } from './kubernetes-subpath-symlink.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

const pod = object(`apiVersion: v1
kind: Pod
spec:
  containers:
    - name: web
      volumeMounts:
        - name: data
          mountPath: /data
          subPath: web
        - { name: settings, mountPath: /etc/web.conf, subPath: web.conf }
        - { name: data, mountPath: /log, subPathExpr: $(POD_NAME) }
        - { name: data, mountPath: /all, subPath: "" }
  volumes:
    - { name: data, emptyDir: {} }
    - { name: settings, configMap: { name: web } }
`);

test('each use on a volume that can be written to fails at its own line', () => {
  expect(failingLines(control, pod, { kubernetesVersion: { major: 1, minor: 18 } })).toEqual([9, 11]);
});

test.each([
  [9, 'fail'],
  [18, 'fail'],
  [19, 'unknown'],
  [22, 'unknown'],
  [23, 'pass'],
  [undefined, 'pass'],
])('in 1.%s: %s', (minor, status) => {
  expect(statusIn(control, pod, minor)).toBe(status);
});

const mounting = (volume: string) =>
  podOf(
    `{containers: [{name: a, volumeMounts: [{name: v, mountPath: /v, subPath: a}]}], volumes: [{name: v, ${volume}}]}`,
  );

test('only a pod that uses it is asked', () => {
  expect(control.appliesTo?.(mounting('persistentVolumeClaim: {claimName: a}'))).toBe(true);
  expect(control.appliesTo?.(mounting('secret: {secretName: a}'))).toBe(false);
});
