import { expect, test } from 'vitest';
import { kubernetesDnsconfig as control } from './kubernetes-dnsconfig.ts';
import { image, linesOf, written } from './written-set.fixture.ts';

const pod = (spec: string) => written('v1', 'Pod', 'web', `spec: {${spec}${image}}`);

test.each([
  [pod(''), [1]],
  [pod('dnsConfig: {options: [{name: timeout, value: "1"}]}, '), [1]],
  [pod('dnsConfig: {options: [{name: ndots, value: "2"}]}, '), []],
  [pod('dnsPolicy: Default, '), []],
  [pod('hostNetwork: true, '), []],
  [pod('hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet, '), [1]],
  [pod('').replace('image:', 'imagePullPolicy:'), []],
])('%s', (document, expected) => {
  expect(linesOf(control, [document])).toEqual(expected);
});

test('a site asks for another option', () => {
  const parameters = { option: 'timeout' };
  expect(linesOf(control, [pod('dnsConfig: {options: [{name: ndots, value: "2"}]}, ')], { parameters })).toEqual([1]);
});
