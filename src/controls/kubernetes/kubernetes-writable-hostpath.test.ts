import { expect, test } from 'vitest';
import { failingLines, object } from '../../../test/written.ts';
import { kubernetesWritableHostpath as control } from './kubernetes-writable-hostpath.ts';
import { podOf, statusIn } from './pod-security.fixture.ts';

test('each mount that may be written to fails at its own line', () => {
  const pod = object(`apiVersion: v1
kind: Pod
spec:
  initContainers:
    - name: first
      volumeMounts:
        - { name: media, mountPath: /media }
  containers:
    - name: web
      volumeMounts:
        - { name: media, mountPath: /media, readOnly: true }
        - name: cache
          mountPath: /cache
        - { name: scratch, mountPath: /tmp }
        - { name: media, mountPath: /again, readOnly: false }
  volumes:
    - { name: media, hostPath: { path: /srv/media } }
    - { name: cache, hostPath: { path: /mnt/cache, type: DirectoryOrCreate } }
    - { name: scratch, emptyDir: {} }
`);
  expect(failingLines(control, pod)).toEqual([7, 12, 15]);
});

test.each([
  ['/srv', 'fail'],
  ['/etcetera', 'fail'],
  ['/opt/data', 'fail'],
  ['/etc/web', 'pass'],
  ['/', 'pass'],
  ['/var', 'pass'],
  ['/var/run/docker.sock', 'pass'],
])('%s: %s, because other controls judge what the node lives on', (path, status) => {
  const spec = `{containers: [{name: a, volumeMounts: [{name: v, mountPath: /v}]}], volumes: [{name: v, hostPath: {path: ${path}}}]}`;
  expect(statusIn(control, podOf(spec))).toBe(status);
});
