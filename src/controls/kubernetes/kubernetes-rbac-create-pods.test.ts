import { expect, test } from 'vitest';
import { failingLines, judgeText, remediesOf } from '../../../test/written.ts';
import { kubernetesRbacCreatePods as control } from './kubernetes-rbac-create-pods.ts';
import { resourcesLine, roleWith } from './rbac.fixture.ts';

test.each<[string, string, string, string?]>([
  ['""', 'pods', 'create'],
  ['apps', 'deployments', 'patch'],
  ['batch', 'cronjobs', '"*"'],
  ['extensions', 'daemonsets', 'update'],
  ['apps', '"*"', 'create'],
  ['""', 'pods/ephemeralcontainers', 'patch'],
])('groups [%s], resources [%s], verbs [%s] fail at the entry', (...rule) => {
  const role = roleWith(...rule);
  expect(failingLines(control, role)).toEqual([resourcesLine]);
  expect(remediesOf(control, role)[0]?.kind).toBe('manual');
});

test.each<[string, string, string, string?]>([
  ['""', 'pods', 'get, delete'],
  ['apps', 'deployments/scale', 'patch'],
  ['apps', 'jobs', 'create'],
  ['""', 'deployments', 'create'],
])('groups [%s], resources [%s], verbs [%s] pass', (...rule) => {
  expect(judgeText(control, roleWith(...rule))).toMatchObject([{ status: 'pass' }]);
});
