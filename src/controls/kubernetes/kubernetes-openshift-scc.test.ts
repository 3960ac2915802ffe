import { expect, test } from 'vitest';
import { failingLines, object, remediesOf } from '../../../test/written.ts';
import { kubernetesOpenshiftScc as control } from './kubernetes-openshift-scc.ts';

const constraints = (rest: string, name = 'shop') =>
  object(`apiVersion: security.openshift.io/v1\nkind: SecurityContextConstraints\nmetadata: {name: ${name}}\n${rest}`);

test('what allows privileged containers is told not to', () => {
  const bad = constraints('allowPrivilegedContainer: true');
  expect(failingLines(control, bad)).toEqual([4]);
  expect(remediesOf(control, bad)).toMatchObject([{ fields: [{ path: ['allowPrivilegedContainer'], value: false }] }]);
});

test.each(['allowPrivilegedContainer: false', 'allowHostPorts: true'])('{%s} passes', (rest) => {
  expect(failingLines(control, constraints(rest))).toEqual([]);
});

test('what comes with OpenShift is not asked', () => {
  expect(control.appliesTo?.(constraints('', 'privileged'))).toBe(false);
  expect(control.appliesTo?.(constraints(''))).toBe(true);
});
