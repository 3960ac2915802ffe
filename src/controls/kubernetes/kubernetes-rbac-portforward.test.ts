import { expect, test } from 'vitest';
import { failingLines, judgeText, remediesOf } from '../../../test/written.ts';
import { kubernetesRbacPortforward as control } from './kubernetes-rbac-portforward.ts';
import { resourcesLine, roleWith } from './rbac.fixture.ts';

test.each<[string, string, string, string?]>([
  ['""', 'pods/portforward', 'create'],
  ['""', 'pods/portforward', 'get'],
  ['""', '"*"', 'create'],
])('groups [%s], resources [%s], verbs [%s] fail at the entry', (...rule) => {
  const role = roleWith(...rule);
  expect(failingLines(control, role)).toEqual([resourcesLine]);
  expect(remediesOf(control, role)[0]?.kind).toBe('manual');
});

test.each<[string, string, string, string?]>([
  ['""', 'pods', 'create'],
  ['""', 'services/portforward', 'create'],
])('groups [%s], resources [%s], verbs [%s] pass', (...rule) => {
  expect(judgeText(control, roleWith(...rule))).toMatchObject([{ status: 'pass' }]);
});
