import { expect, test } from 'vitest';
import { judgeText, objects } from '../../../test/written.ts';
import { kubernetesLimitrange as control } from './kubernetes-limitrange.ts';

const other = (metadata: string) => `{apiVersion: v1, kind: LimitRange, metadata: {name: a${metadata}}}`;

function namespace(name: string, more: string) {
  const [first] = objects(`apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n---\n${more}`);
  if (!first) throw new Error('a namespace was written');
  return first;
}

test.each([
  [', namespace: shop', 'pass', undefined],
  [', namespace: ops', 'fail', 4],
  ['', 'unknown', undefined],
])('one with {name: a%s} is %s', (metadata, status, line) => {
  const [verdict] = judgeText(control, namespace('shop', other(metadata)));
  expect(verdict).toMatchObject({ status });
  expect(verdict?.location?.line).toBe(line);
});

test('it is asked where any was read', () => {
  expect(control.appliesTo?.(namespace('shop', other(', namespace: ops')))).toBe(true);
  expect(control.appliesTo?.(namespace('kube-system', other(', namespace: ops')))).toBe(false);
  expect(control.appliesTo?.(namespace('shop', ''))).toBe(false);
});
