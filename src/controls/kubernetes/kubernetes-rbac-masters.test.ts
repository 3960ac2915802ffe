import { expect, test } from 'vitest';
import { failingLines } from '../../../test/written.ts';
import { bindingTo, subjectLine } from './binding.fixture.ts';
import { kubernetesRbacMasters as control } from './kubernetes-rbac-masters.ts';

test.each([
  ['Group', 'system:masters', [subjectLine]],
  ['User', 'system:masters', []],
  ['Group', 'masters', []],
])('a %s %s', (kind, name, lines) => {
  for (const of of ['ClusterRoleBinding', 'RoleBinding']) {
    expect(
      failingLines(control, bindingTo('kind: ClusterRole, name: view', `kind: ${kind}, name: "${name}"`, of)),
    ).toEqual(lines);
  }
});

test('bindings that come with the cluster are not asked', () => {
  const binding = bindingTo('kind: ClusterRole, name: cluster-admin', 'kind: Group, name: "system:masters"');
  expect(control.appliesTo?.(binding)).toBe(true);
  expect(control.appliesTo?.({ ...binding, name: 'cluster-admin' })).toBe(false);
});
