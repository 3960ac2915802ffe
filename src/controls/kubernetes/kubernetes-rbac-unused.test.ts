import { expect, test } from 'vitest';
import { isAskedOf, type Subject } from '../../model/control.ts';
import { failingLines, objects } from '../../../test/written.ts';
import { kubernetesRbacUnused as control } from './kubernetes-rbac-unused.ts';

const rbac = 'apiVersion: rbac.authorization.k8s.io/v1';
const binding = (subjects: string, role = 'kind: Role, name: web', kind = 'RoleBinding') =>
  `{${rbac}, kind: ${kind}, metadata: {name: b, namespace: shop}, roleRef: {${role}}, ${subjects}}`;
const role = (name: string, kind = 'Role', labels = '') =>
  `{${rbac}, kind: ${kind}, metadata: {name: ${name}, namespace: shop${labels}}}`;
const account = (name: string) => `{apiVersion: v1, kind: ServiceAccount, metadata: {name: ${name}, namespace: shop}}`;
const web = 'subjects: [{kind: ServiceAccount, name: web}]';

test.each<[string, string[], number[]]>([
  ['a role and its binding', [role('web'), binding(web)], []],
  ['a role without one', [role('other'), binding(web)], [1, 3]],
  ['no binding at all', [role('web')], []],
  ['a binding of a role that was not read', [binding(web)], []],
  [
    'a role that others collect',
    [role('a', 'ClusterRole', ', labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}'), binding(web)],
    [],
  ],
  ['a ClusterRole of the same name', [role('web', 'ClusterRole'), binding(web)], [1]],
  ['an account that is there', [account('web'), binding(web)], []],
  ['an account that is missing', [account('other'), binding(web)], [3]],
  ['the account default', [account('other'), binding('subjects: [{kind: ServiceAccount, name: default}]')], []],
  [
    'an account of elsewhere',
    [account('other'), binding('subjects: [{kind: ServiceAccount, name: web, namespace: ops}]')],
    [],
  ],
  ['a user', [account('other'), binding('subjects: [{kind: User, name: web}]')], []],
  ['no subjects', [binding('subjects: []')], [1]],
  ['subjects left out', [binding('labels: {}')], [1]],
])('%s', (_what, texts, lines) => {
  const subjects = objects(texts.join('\n---\n')).map((value, index): Subject => ({
    kind: 'kubernetes-object',
    id: String(index),
    value,
  }));
  const asked = subjects.filter((subject) => isAskedOf(control, subject));
  expect(asked.flatMap(({ value }) => failingLines(control, value as never))).toEqual(lines);
});
