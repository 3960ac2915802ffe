import { expect, test } from 'vitest';
import { failingLines, judgeText, remediesOf } from '../../../test/written.ts';
import { kubernetesRbacSecrets as control } from './kubernetes-rbac-secrets.ts';
import { resourcesLine, roleWith } from './rbac.fixture.ts';

test.each<[string, string, string, string?]>([
  ['""', 'secrets', 'get'],
  ['""', 'pods, secrets', 'list'],
  ['""', 'secrets', '"*"'],
  ['"*"', 'secrets', 'watch'],
  ['""', '"*"', 'get, list, watch'],
  ['""', 'secrets', 'patch'],
])('groups [%s], resources [%s], verbs [%s] fail at the entry', (...rule) => {
  const role = roleWith(...rule);
  expect(failingLines(control, role)).toEqual([resourcesLine]);
  expect(remediesOf(control, role)[0]?.kind).toBe('manual');
});

test.each<[string, string, string, string?]>([
  ['""', 'secrets', 'get', 'resourceNames: [db]'],
  ['""', 'pods', '"*"'],
  ['apps', 'secrets', 'get'],
  ['""', 'secrets', ''],
])('groups [%s], resources [%s], verbs [%s] pass', (...rule) => {
  expect(judgeText(control, roleWith(...rule))).toMatchObject([{ status: 'pass' }]);
});
