import { expect, test } from 'vitest';
import { failingLines, judgeText } from '../../../test/written.ts';
import { bindingTo, subjectLine } from './binding.fixture.ts';
import { kubernetesRbacAuthenticated as control } from './kubernetes-rbac-authenticated.ts';

const role = (rules: string) =>
  `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: own}, rules: [${rules}]}`;
const everybody = 'kind: Group, name: "system:authenticated"';

test.each([
  ['view', everybody, ''],
  ['edit', 'kind: Group, name: "system:serviceaccounts"', ''],
  ['admin', 'kind: Group, name: "system:serviceaccounts:shop"', ''],
  ['own', everybody, role('{apiGroups: [""], resources: [pods], verbs: [get, delete]}')],
  ['own', everybody, role('{apiGroups: [""], resources: [secrets], verbs: [get]}')],
  ['own', everybody, role('{apiGroups: [""], resources: ["*"], verbs: [get]}')],
  ['own', everybody, role('{nonResourceURLs: ["*"], verbs: [get]}')],
])('%s for {%s} fails', (name, subject, more) => {
  const binding = bindingTo(`kind: ClusterRole, name: ${name}`, subject, 'ClusterRoleBinding', more);
  expect(failingLines(control, binding)).toEqual([subjectLine]);
});

test.each([
  ['view', 'kind: Group, name: "system:serviceaccountsx"', '', 'pass'],
  ['view', 'kind: User, name: "system:authenticated"', '', 'pass'],
  ['system:basic-user', everybody, '', 'pass'],
  ['own', everybody, role('{apiGroups: [""], resources: [configmaps], verbs: [get, list]}'), 'pass'],
  [
    'own',
    everybody,
    role('{apiGroups: [authorization.k8s.io], resources: [selfsubjectaccessreviews], verbs: [create]}'),
    'pass',
  ],
  ['own', everybody, '', 'unknown'],
])('%s for {%s} with {%s} is %s', (name, subject, more, status) => {
  const binding = bindingTo(`kind: ClusterRole, name: "${name}"`, subject, 'ClusterRoleBinding', more);
  expect(judgeText(control, binding)).toMatchObject([{ status }]);
});
