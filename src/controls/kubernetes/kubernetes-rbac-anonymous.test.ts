import { expect, test } from 'vitest';
import { failingLines } from '../../../test/written.ts';
import { bindingTo, subjectLine } from './binding.fixture.ts';
import { kubernetesRbacAnonymous as control } from './kubernetes-rbac-anonymous.ts';

const role = (rules: string) =>
  `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: own}, rules: [${rules}]}`;

test.each([
  ['view', 'User, name: "system:anonymous"', ''],
  ['view', 'Group, name: "system:unauthenticated"', ''],
  ['own', 'Group, name: "system:unauthenticated"', ''],
  ['own', 'Group, name: "system:unauthenticated"', role('{apiGroups: [""], resources: [pods], verbs: [get]}')],
  ['own', 'Group, name: "system:unauthenticated"', role('{nonResourceURLs: ["*"], verbs: [get]}')],
])('%s for a %s fails', (name, subject, more) => {
  const binding = bindingTo(`kind: ClusterRole, name: ${name}`, `kind: ${subject}`, 'ClusterRoleBinding', more);
  expect(failingLines(control, binding)).toEqual([subjectLine]);
});

test.each([
  ['view', 'User, name: "system:unauthenticated"', ''],
  ['view', 'Group, name: shop', ''],
  ['system:public-info-viewer', 'Group, name: "system:unauthenticated"', ''],
  ['own', 'Group, name: "system:unauthenticated"', role('{nonResourceURLs: [/healthz], verbs: [get]}')],
])('%s for a %s passes', (name, subject, more) => {
  const binding = bindingTo(`kind: ClusterRole, name: "${name}"`, `kind: ${subject}`, 'ClusterRoleBinding', more);
  expect(failingLines(control, binding)).toEqual([]);
});
