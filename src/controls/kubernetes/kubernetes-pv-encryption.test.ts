import { expect, test } from 'vitest';
import { judgeText, object, remediesOf } from '../../../test/written.ts';
import { kubernetesPvEncryption as control } from './kubernetes-pv-encryption.ts';

const storage = (provisioner: string, parameters: string) =>
  object(
    `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nprovisioner: ${provisioner}\nparameters:\n  ${parameters}`,
  );

test.each([
  ['ebs.csi.aws.com', 'type: gp3', 4, 'object'],
  ['kubernetes.io/aws-ebs', 'encrypted: "false"', 5, 'object'],
  ['driver.longhorn.io', 'numberOfReplicas: "3"', 4, 'manual'],
  ['rook-ceph.rbd.csi.ceph.com', 'pool: a', 4, 'manual'],
])('%s with {%s} fails', (provisioner, parameters, line, kind) => {
  const subject = storage(provisioner, parameters);
  expect(judgeText(control, subject)).toMatchObject([{ status: 'fail', location: { line } }]);
  expect(remediesOf(control, subject)[0]?.kind).toBe(kind);
});

test.each([
  ['ebs.csi.aws.com', 'encrypted: "true"', 'pass'],
  ['ebs.csi.aws.com', 'encrypted: true', 'pass'],
  ['pd.csi.storage.gke.io', 'type: pd-ssd', 'pass'],
  ['disk.csi.azure.com', 'a: b', 'pass'],
  ['rancher.io/local-path', 'a: b', 'not-applicable'],
  ['kubernetes.io/no-provisioner', 'a: b', 'not-applicable'],
])('%s with {%s} is %s', (provisioner, parameters, status) => {
  expect(judgeText(control, storage(provisioner, parameters))).toMatchObject([{ status }]);
});
