import { expect, test } from 'vitest';
import { failingLines, judgeText, remediesOf } from '../../../test/written.ts';
import { kubernetesRbacCsrApproval as control } from './kubernetes-rbac-csr-approval.ts';
import { resourcesLine, roleWith } from './rbac.fixture.ts';

test.each<[string, string, string, string?]>([
  ['certificates.k8s.io', 'certificatesigningrequests/approval', 'update'],
  ['certificates.k8s.io', '"*"', 'patch'],
])('groups [%s], resources [%s], verbs [%s] fail at the entry', (...rule) => {
  const role = roleWith(...rule);
  expect(failingLines(control, role)).toEqual([resourcesLine]);
  expect(remediesOf(control, role)[0]?.kind).toBe('manual');
});

test.each<[string, string, string, string?]>([
  ['certificates.k8s.io', 'certificatesigningrequests', '"*"'],
  ['certificates.k8s.io', 'certificatesigningrequests/approval', 'get'],
  ['certificates.k8s.io', 'signers', 'approve'],
])('groups [%s], resources [%s], verbs [%s] pass', (...rule) => {
  expect(judgeText(control, roleWith(...rule))).toMatchObject([{ status: 'pass' }]);
});
