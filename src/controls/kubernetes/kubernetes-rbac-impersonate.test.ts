import { expect, test } from 'vitest';
import { failingLines, judgeText, remediesOf } from '../../../test/written.ts';
import { kubernetesRbacImpersonate as control } from './kubernetes-rbac-impersonate.ts';
import { verbsLine, roleWith } from './rbac.fixture.ts';

test.each<[string, string, string, string?]>([
  ['""', 'users', 'impersonate'],
  ['""', 'groups, users', 'get, impersonate'],
  ['""', 'serviceaccounts', '"*"'],
  ['""', 'groups', 'impersonate', 'resourceNames: ["system:masters"]'],
])('groups [%s], resources [%s], verbs [%s] fail at the entry', (...rule) => {
  const role = roleWith(...rule);
  expect(failingLines(control, role)).toEqual([verbsLine]);
  expect(remediesOf(control, role)[0]?.kind).toBe('manual');
});

test.each<[string, string, string, string?]>([
  ['""', 'serviceaccounts', 'get, create'],
  ['""', 'users', 'impersonate', 'resourceNames: [deployer]'],
  ['authentication.k8s.io', 'userextras/scopes', 'impersonate'],
])('groups [%s], resources [%s], verbs [%s] pass', (...rule) => {
  expect(judgeText(control, roleWith(...rule))).toMatchObject([{ status: 'pass' }]);
});
