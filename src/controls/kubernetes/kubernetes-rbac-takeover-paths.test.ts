import { expect, test } from 'vitest';
import { failingLines, judgeText, objects } from '../../../test/written.ts';
import { kubernetesRbacTakeoverPaths as control } from './kubernetes-rbac-takeover-paths.ts';
import { severityOf } from './rbac.fixture.ts';

const rbac = 'apiVersion: rbac.authorization.k8s.io/v1';
const secrets = '{apiGroups: [""], resources: [secrets], verbs: [list]}';

interface Written {
  readonly pod?: string;
  readonly binding?: string;
  readonly reference?: string;
  readonly rules?: string;
  readonly more?: string;
}

function workload({ pod = '', binding = 'kind: ClusterRoleBinding', reference, rules = secrets, more = '' }: Written) {
  const [first] = objects(`apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  serviceAccountName: web
  ${pod}
  containers: [{ name: web, image: registry.example/web:1 }]
---
{${rbac}, kind: ClusterRole, metadata: {name: own, labels: {to: all}}, rules: [${rules}]}
---
{${rbac}, ${binding}, roleRef: {${reference ?? 'kind: ClusterRole, name: own'}}, subjects: [{kind: ServiceAccount, name: web, namespace: shop}]}
---
${more}`);
  if (!first) throw new Error('a pod was written');
  return first;
}

const account =
  '{apiVersion: v1, kind: ServiceAccount, metadata: {name: web, namespace: shop}, automountServiceAccountToken: false}';

test.each<Written>([
  {},
  { rules: '{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}' },
  { rules: '{apiGroups: [apps], resources: [deployments], verbs: [patch]}' },
  { rules: '{apiGroups: [""], resources: [nodes/proxy], verbs: [get]}' },
  { reference: 'kind: ClusterRole, name: cluster-admin' },
  { reference: 'kind: ClusterRole, name: edit' },
  { binding: 'kind: RoleBinding, metadata: {namespace: kube-system}' },
  {
    reference: 'kind: ClusterRole, name: whole',
    more: `{${rbac}, kind: ClusterRole, metadata: {name: whole}, aggregationRule: {clusterRoleSelectors: [{matchLabels: {to: all}}]}}`,
  },
  { more: account, pod: 'automountServiceAccountToken: true' },
  { more: account, pod: 'volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: t}}]}}]' },
])('%j fails where the account is named', (written) => {
  expect(failingLines(control, workload(written))).toEqual([5]);
});

test.each<Written>([
  { rules: '{apiGroups: [""], resources: [pods], verbs: [get, list]}' },
  { rules: '{apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [web]}' },
  { rules: '{apiGroups: [apps], resources: ["*"], verbs: [get]}' },
  { reference: 'kind: ClusterRole, name: view' },
  { binding: 'kind: RoleBinding, metadata: {namespace: shop}' },
  { pod: 'automountServiceAccountToken: false' },
  { more: account },
])('%j passes', (written) => {
  expect(judgeText(control, workload(written))).toMatchObject([{ status: 'pass' }]);
});

const ofDefault = (namespace: string) =>
  objects(`{apiVersion: v1, kind: Pod, spec: {containers: []}}
---
{${rbac}, kind: ClusterRoleBinding, roleRef: {kind: ClusterRole, name: cluster-admin}, subjects: [{kind: ServiceAccount, name: default ${namespace}}]}`)
    .slice(0, 1)
    .map((each) => control.appliesTo?.(each));

test('only a pod whose account is bound is asked, and default only of the same namespace', () => {
  expect(control.appliesTo?.(workload({}))).toBe(true);
  expect(control.appliesTo?.(workload({ pod: 'serviceAccountName: other' }))).toBe(false);
  expect(ofDefault('')).toEqual([true]);
  expect(ofDefault(', namespace: ops')).toEqual([false]);
});

test('everything is critical', () => {
  expect(severityOf(control, workload({}))).toBe('high');
  expect(severityOf(control, workload({ reference: 'kind: ClusterRole, name: cluster-admin' }))).toBe('critical');
});
