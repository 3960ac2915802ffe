import { expect, test } from 'vitest';
import { kubernetesPriorityClass as control } from './kubernetes-priority-class.ts';
import { image, linesOf, written } from './written-set.fixture.ts';

const pod = (spec: string) => written('v1', 'Pod', 'web', `spec: {${spec}${image}}`);

test.each([
  [pod(''), [], [1]],
  [pod('priorityClassName: "", '), [], [1]],
  [pod('priorityClassName: shop, '), [], []],
  [pod('priorityClassName: shop, '), ['shop', 'batch'], []],
  [pod('priorityClassName: shop, '), ['batch'], [1]],
  [pod('').replace('image:', 'imagePullPolicy:'), [], []],
])('%s of %j', (document, allowed, expected) => {
  expect(linesOf(control, [document], { parameters: { allowed } })).toEqual(expected);
});
