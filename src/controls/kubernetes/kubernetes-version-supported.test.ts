import { expect, test } from 'vitest';
import { judgeText, object } from '../../../test/written.ts';
import { kubernetesVersionSupported as control } from './kubernetes-version-supported.ts';

// The tests take place on 1 July 2026.
test.each([
  ['v1.8.0', 'fail'],
  ['v1.29.4', 'fail'],
  ['1.33.1', 'fail'],
  ['v1.34.0', 'pass'],
  ['v1.36', 'pass'],
  ['v1.50.0', 'unknown'],
])('%s is %s', (version, status) => {
  const subject = object(
    `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: ${version}`,
  );
  const [verdict] = judgeText(control, subject);
  expect(verdict).toMatchObject({ status });
  expect(verdict?.location?.line).toBe(status === 'fail' ? 3 : undefined);
});

test.each([
  ['controlplane.cluster.x-k8s.io/v1beta1', 'KubeadmControlPlane', 'spec: {version: v1.30.0}', true],
  ['cluster.x-k8s.io/v1beta1', 'Cluster', 'spec: {topology: {version: v1.30.0}}', true],
  ['cluster.x-k8s.io/v1beta1', 'Cluster', 'spec: {}', false],
  ['kubeadm.k8s.io/v1beta4', 'ClusterConfiguration', 'kubernetesVersion: stable', false],
  ['shop.example/v1', 'Cluster', 'spec: {topology: {version: v1.30.0}}', false],
])('%s %s with {%s} is asked: %s', (apiVersion, kind, rest, asked) => {
  expect(control.appliesTo?.(object(`{apiVersion: ${apiVersion}, kind: ${kind}, ${rest}}`))).toBe(asked);
});
