import { expect, test } from 'vitest';
import { failingLines, judgeText, remediesOf } from '../../../test/written.ts';
import { kubernetesRbacWebhooks as control } from './kubernetes-rbac-webhooks.ts';
import { resourcesLine, roleWith } from './rbac.fixture.ts';

test.each<[string, string, string, string?]>([
  ['admissionregistration.k8s.io', 'validatingwebhookconfigurations', 'delete'],
  ['admissionregistration.k8s.io', 'mutatingwebhookconfigurations', '"*"'],
])('groups [%s], resources [%s], verbs [%s] fail at the entry', (...rule) => {
  const role = roleWith(...rule);
  expect(failingLines(control, role)).toEqual([resourcesLine]);
  expect(remediesOf(control, role)[0]?.kind).toBe('manual');
});

test.each<[string, string, string, string?]>([
  ['admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'get'],
  ['admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'patch', 'resourceNames: [own]'],
  ['""', 'mutatingwebhookconfigurations', 'create'],
])('groups [%s], resources [%s], verbs [%s] pass', (...rule) => {
  expect(judgeText(control, roleWith(...rule))).toMatchObject([{ status: 'pass' }]);
});
