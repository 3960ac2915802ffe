import { expect, test } from 'vitest';
import { failingLines, judgeText, remediesOf } from '../../../test/written.ts';
import { kubernetesRbacExec as control } from './kubernetes-rbac-exec.ts';
import { resourcesLine, roleWith } from './rbac.fixture.ts';

test.each<[string, string, string, string?]>([
  ['""', 'pods/exec', 'create'],
  ['""', 'pods/attach', 'get'],
  ['""', '"*/exec"', 'create'],
  ['""', '"*"', 'get, create'],
])('groups [%s], resources [%s], verbs [%s] fail at the entry', (...rule) => {
  const role = roleWith(...rule);
  expect(failingLines(control, role)).toEqual([resourcesLine]);
  expect(remediesOf(control, role)[0]?.kind).toBe('manual');
});

test.each<[string, string, string, string?]>([
  ['""', 'pods', 'create'],
  ['""', '"*"', 'get, list, watch'],
  ['""', '"pods/*"', 'create'],
  ['""', 'pods/exec', 'list'],
])('groups [%s], resources [%s], verbs [%s] pass', (...rule) => {
  expect(judgeText(control, roleWith(...rule))).toMatchObject([{ status: 'pass' }]);
});
