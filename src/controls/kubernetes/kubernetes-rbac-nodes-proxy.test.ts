import { expect, test } from 'vitest';
import { failingLines, judgeText, remediesOf } from '../../../test/written.ts';
import { kubernetesRbacNodesProxy as control } from './kubernetes-rbac-nodes-proxy.ts';
import { resourcesLine, roleWith } from './rbac.fixture.ts';

test.each<[string, string, string, string?]>([
  ['""', 'nodes/proxy', 'get'],
  ['""', '"*"', 'get'],
  ['""', '"*/proxy"', 'create'],
  ['""', 'nodes/proxy', 'get', 'resourceNames: [node-1]'],
])('groups [%s], resources [%s], verbs [%s] fail at the entry', (...rule) => {
  const role = roleWith(...rule);
  expect(failingLines(control, role)).toEqual([resourcesLine]);
  expect(remediesOf(control, role)[0]?.kind).toBe('manual');
});

test.each<[string, string, string, string?]>([
  ['""', 'nodes', '"*"'],
  ['""', 'nodes/metrics', 'get'],
  ['""', 'services/proxy', 'get'],
])('groups [%s], resources [%s], verbs [%s] pass', (...rule) => {
  expect(judgeText(control, roleWith(...rule))).toMatchObject([{ status: 'pass' }]);
});
