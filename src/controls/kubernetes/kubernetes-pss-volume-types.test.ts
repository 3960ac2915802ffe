import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPssVolumeTypes as control } from './kubernetes-pss-volume-types.ts';
import { always, podOf, statusesOf } from './pod-security.fixture.ts';

test('each volume fails at its type, and a person has to mend it', () => {
  const pod = object(`apiVersion: apps/v1
kind: StatefulSet
spec:
  template:
    spec:
      volumes:
        - name: data
          nfs:
            server: files.shop.example
            path: /web
        - name: tmp
          emptyDir: {}
        - hostPath: { path: /run }
          name: run
`);
  expect(failingLines(control, pod)).toEqual([8, 13]);
  expect(remediesOf(control, pod).map(({ kind }) => kind)).toEqual(['manual', 'manual']);
});

test.each([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
])('%s is allowed in every version', (type) => {
  expect(statusesOf(control, podOf(`{volumes: [{name: a, ${type}: {}}]}`))).toEqual(always('pass'));
});

const others =
  'awsElasticBlockStore azureDisk azureFile cephfs cinder fc flexVolume flocker gcePersistentDisk gitRepo glusterfs hostPath iscsi nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume configmap';

test.each(others.split(' '))('%s is not', (type) => {
  expect(statusesOf(control, podOf(`{volumes: [{name: a, emptyDir: {}}, {name: b, ${type}: {}}]}`))).toEqual(
    always('fail'),
  );
});

test.each([
  '{name: a}',
  '{name: a, emptyDir: null}',
  '{name: a, hostPath: null}',
  '{name: a, nfs: {server: a}, secret: {}}',
])('%s is an emptyDir, or also of an allowed type', (volume) => {
  expect(statusesOf(control, podOf(`{volumes: [${volume}]}`))).toEqual(always('pass'));
});
