import { expect, test } from 'vitest';
import { kubernetesEnvLabelled as control } from './kubernetes-env-labelled.ts';
import { linesOf, remediesFor, written } from './written-set.fixture.ts';

const namespace = (labels: string, name = 'shop') =>
  `{apiVersion: v1, kind: Namespace, metadata: {name: ${name}, labels: {${labels}}}}`;

test.each([
  [namespace(''), [1]],
  [namespace('team: shop'), [1]],
  [namespace('environment: ""'), [1]],
  [namespace('environment: production'), []],
  [namespace('Env: test'), []],
  [namespace('shop.example/stage: test'), []],
  [namespace('shop.example/stages: test'), [1]],
  [namespace('', 'kube-system'), []],
  [namespace('', 'default'), []],
  [written('v1', 'ConfigMap', 'shop'), []],
])('%s', (document, expected) => {
  expect(linesOf(control, [document])).toEqual(expected);
});

test('a site names its own labels', () => {
  expect(linesOf(control, [namespace('tier: gold')], { parameters: { labels: ['tier'] } })).toEqual([]);
  expect(remediesFor(control, [namespace('')], { parameters: { labels: ['tier'] } })).toMatchObject([
    { commands: [expect.stringContaining(' tier=')] },
  ]);
});
