import { expect, test } from 'vitest';
import { failingLines, judgeText, object } from '../../../test/written.ts';
import { kubernetesRbacWildcards as control } from './kubernetes-rbac-wildcards.ts';
import { roleWith, severityOf } from './rbac.fixture.ts';

test.each([
  ['"*"', 'pods', 'get', 5],
  ['""', '"*"', 'get', 6],
  ['""', 'pods', 'get, "*"', 7],
  ['"*"', '"*"', '"*"', 6],
  ['"*"', 'pods', '"*"', 7],
  ['"*"', '"*/scale", pods', 'get', 5],
])('groups [%s], resources [%s], verbs [%s] fail once, at line %i', (groups, resources, verbs, line) => {
  expect(failingLines(control, roleWith(groups, resources, verbs))).toEqual([line]);
});

test.each([
  ['apps', 'deployments, "*/scale"', 'get, update'],
  ['""', '"pods/*"', 'get'],
  ['"*"', '"*/scale"', 'get, update'],
])('groups [%s], resources [%s], verbs [%s] pass', (groups, resources, verbs) => {
  expect(judgeText(control, roleWith(groups, resources, verbs))).toMatchObject([{ status: 'pass' }]);
});

test('each rule fails at its own line, addresses too', () => {
  const role = object(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules:
  - nonResourceURLs:
      - /metrics
      - "*"
    verbs: [get]
  - apiGroups: [""]
    resources: [pods]
    verbs: [get]
  - apiGroups: [""]
    resources:
      - nodes
    verbs:
      - "*"
`);
  expect(failingLines(control, role)).toEqual([7, 16]);
});

test.each([
  ['ClusterRole', '"*"', '"*"', 'critical'],
  ['ClusterRole', 'pods', '"*"', 'high'],
  ['Role', '"*"', '"*"', 'high'],
  ['Role', '"*"', 'get', 'medium'],
])('a %s with [%s] and [%s] is of severity %s', (kind, resources, verbs, severity) => {
  const role = object(
    `{apiVersion: rbac.authorization.k8s.io/v1, kind: ${kind}, metadata: {name: a}, rules: [{apiGroups: [""], resources: [${resources}], verbs: [${verbs}]}]}`,
  );
  expect(severityOf(control, role)).toBe(severity);
});
