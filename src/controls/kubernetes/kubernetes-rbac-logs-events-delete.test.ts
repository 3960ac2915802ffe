import { expect, test } from 'vitest';
import { failingLines, judgeText, remediesOf } from '../../../test/written.ts';
import { kubernetesRbacLogsEventsDelete as control } from './kubernetes-rbac-logs-events-delete.ts';
import { resourcesLine, roleWith } from './rbac.fixture.ts';

test.each<[string, string, string, string?]>([
  ['""', 'events', 'delete'],
  ['events.k8s.io', 'events', '"*"'],
  ['""', 'pods/log', 'deletecollection'],
])('groups [%s], resources [%s], verbs [%s] fail at the entry', (...rule) => {
  const role = roleWith(...rule);
  expect(failingLines(control, role)).toEqual([resourcesLine]);
  expect(remediesOf(control, role)[0]?.kind).toBe('manual');
});

test.each<[string, string, string, string?]>([
  ['""', 'events', 'create, patch'],
  ['""', 'pods/log', 'get'],
  ['""', 'pods', 'delete'],
])('groups [%s], resources [%s], verbs [%s] pass', (...rule) => {
  expect(judgeText(control, roleWith(...rule))).toMatchObject([{ status: 'pass' }]);
});
