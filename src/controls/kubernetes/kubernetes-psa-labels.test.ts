import { expect, test } from 'vitest';
import { failingLines, judgeText, object, objects } from '../../../test/written.ts';
import { kubernetesPsaLabels as control } from './kubernetes-psa-labels.ts';

const enforce = 'pod-security.kubernetes.io/enforce';

test.each([
  [`labels:\n    ${enforce}: baseline`, []],
  [`labels:\n    ${enforce}: restricted`, []],
  [`labels:\n    ${enforce}: privileged`, [6]],
  [`labels:\n    ${enforce}: Restricted`, [6]],
  ['labels:\n    pod-security.kubernetes.io/warn: restricted', [5]],
  ['annotations: {}', [3]],
])('{%s} fails at %j', (metadata, lines) => {
  expect(
    failingLines(control, object(`apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  ${metadata}`)),
  ).toEqual(lines);
});

test.each([
  [
    '{apiVersion: apiserver.config.k8s.io/v1, kind: AdmissionConfiguration, plugins: [{name: PodSecurity, configuration: {kind: PodSecurityConfiguration, defaults: {enforce: baseline}}}]}',
    'pass',
  ],
  [
    '{apiVersion: apiserver.config.k8s.io/v1, kind: AdmissionConfiguration, plugins: [{name: PodSecurity, configuration: {kind: PodSecurityConfiguration, defaults: {enforce: privileged}}}]}',
    'fail',
  ],
  ['{apiVersion: kyverno.io/v1, kind: ClusterPolicy, spec: {}}', 'unknown'],
  ['{apiVersion: v1, kind: ConfigMap}', 'fail'],
])('beside %s it is %s', (other, status) => {
  const [namespace] = objects(`{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n---\n${other}`);
  if (!namespace) throw new Error('a namespace was written');
  expect(judgeText(control, namespace)).toMatchObject([{ status }]);
});

test.each([
  ['shop', true],
  ['kube-system', false],
  ['openshift-monitoring', false],
])('%s is asked: %s', (name, asked) => {
  expect(control.appliesTo?.(object(`{apiVersion: v1, kind: Namespace, metadata: {name: ${name}}}`))).toBe(asked);
});
