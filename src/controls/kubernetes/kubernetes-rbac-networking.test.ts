import { expect, test } from 'vitest';
import { failingLines, judgeText, remediesOf } from '../../../test/written.ts';
import { kubernetesRbacNetworking as control } from './kubernetes-rbac-networking.ts';
import { resourcesLine, roleWith } from './rbac.fixture.ts';

test.each<[string, string, string, string?]>([
  ['""', 'services', 'create'],
  ['networking.k8s.io', 'ingresses', 'patch'],
  ['networking.k8s.io', 'networkpolicies', 'delete'],
  ['discovery.k8s.io', 'endpointslices', '"*"'],
])('groups [%s], resources [%s], verbs [%s] fail at the entry', (...rule) => {
  const role = roleWith(...rule);
  expect(failingLines(control, role)).toEqual([resourcesLine]);
  expect(remediesOf(control, role)[0]?.kind).toBe('manual');
});

test.each<[string, string, string, string?]>([
  ['""', 'services', 'get, list'],
  ['networking.k8s.io', 'ingresses/status', 'update'],
  ['""', 'networkpolicies', 'delete'],
])('groups [%s], resources [%s], verbs [%s] pass', (...rule) => {
  expect(judgeText(control, roleWith(...rule))).toMatchObject([{ status: 'pass' }]);
});
