import { expect, test } from 'vitest';
import { failingLines, judgeText, remediesOf } from '../../../test/written.ts';
import { kubernetesRbacBindEscalate as control } from './kubernetes-rbac-bind-escalate.ts';
import { resourcesLine, roleWith } from './rbac.fixture.ts';

test.each<[string, string, string, string?]>([
  ['rbac.authorization.k8s.io', 'clusterroles', 'bind'],
  ['rbac.authorization.k8s.io', 'roles', 'escalate'],
  ['rbac.authorization.k8s.io', 'rolebindings', 'create'],
  ['rbac.authorization.k8s.io', 'clusterrolebindings', 'patch'],
  ['rbac.authorization.k8s.io', 'roles', '"*"'],
  ['rbac.authorization.k8s.io', 'clusterroles', 'bind', 'resourceNames: [view, cluster-admin]'],
])('groups [%s], resources [%s], verbs [%s] fail at the entry', (...rule) => {
  const role = roleWith(...rule);
  expect(failingLines(control, role)).toEqual([resourcesLine]);
  expect(remediesOf(control, role)[0]?.kind).toBe('manual');
});

test.each<[string, string, string, string?]>([
  ['rbac.authorization.k8s.io', 'roles, rolebindings', 'get, delete'],
  ['rbac.authorization.k8s.io', 'roles', 'create'],
  ['rbac.authorization.k8s.io', 'clusterroles', 'bind', 'resourceNames: [view]'],
  ['""', 'clusterroles', 'bind'],
])('groups [%s], resources [%s], verbs [%s] pass', (...rule) => {
  expect(judgeText(control, roleWith(...rule))).toMatchObject([{ status: 'pass' }]);
});
