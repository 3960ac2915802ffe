import { expect, test } from 'vitest';
import { kubernetesSelectorMatches as control } from './kubernetes-selector-matches.ts';
import { deployment, image, linesOf, remediesFor, written } from './written-set.fixture.ts';

const web = (selector: string, labels = 'app: web') => deployment('web', labels, selector && `selector: {${selector}}`);
const controller = (selector: string) =>
  written(
    'v1',
    'ReplicationController',
    'web',
    `spec: {${selector}template: {metadata: {labels: {app: web}}, spec: {${image}}}}`,
  );
const expression = (fields: string) => `matchExpressions: [{${fields}}]`;
const kustomization = '{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, commonLabels: {app: web}}';

test.each([
  ['the same', [web('matchLabels: {app: web}')], []],
  ['a part of the labels', [web('matchLabels: {app: web}', 'app: web, tier: front')], []],
  ['another value', [web('matchLabels: {app: api}')], [1]],
  ['two labels that are not there', [web('matchLabels: {app: api, tier: front}')], [1, 1]],
  ['no selector', [web('')], [1]],
  ['an empty selector', [web('matchLabels: {}')], [1]],
  ['no selector beside a Kustomization', [web(''), kustomization], []],
  ['another value beside a Kustomization', [web('matchLabels: {app: api}'), kustomization], [1]],
  ['an expression that fits', [web(expression('key: app, operator: In, values: [web]'))], []],
  ['an expression that does not', [web(expression('key: app, operator: NotIn, values: [web]'))], [1]],
  ['a patch', [web('matchLabels: {app: api}').replace('image:', 'imagePullPolicy:')], []],
  ['a controller without a selector', [controller('')], []],
  ['a controller with another one', [controller('selector: {app: api}, ')], [1]],
  ['an old Deployment without a selector', [web('').replace('apps/v1', 'extensions/v1beta1')], []],
])('%s', (_words, documents, expected) => {
  expect(linesOf(control, documents)).toEqual(expected);
});

test('the line is that of the label', () => {
  expect(linesOf(control, [control.counterexample?.bad ?? ''])).toEqual([9]);
});

test.each([
  ['', 'app: web, version: "1"', [{ path: ['spec', 'selector', 'matchLabels'], value: { app: 'web' } }]],
  [
    'matchLabels: {app: web, tier: front}',
    'app: web',
    [{ path: ['spec', 'template', 'metadata', 'labels', 'tier'], value: 'front' }],
  ],
])('%j of %j is mended', (selector, labels, fields) => {
  expect(remediesFor(control, [web(selector, labels)])).toMatchObject([{ fields }]);
});

test.each([
  ['', ''],
  ['matchLabels: {app: api}', 'app: web'],
  ['matchLabels: {app: api, tier: front}', 'app: web'],
  [expression('key: tier, operator: Exists'), 'app: web'],
])('%j of %j is left to a person', (selector, labels) => {
  const kinds = new Set(remediesFor(control, [web(selector, labels)]).map(({ kind }) => kind));
  expect([...kinds]).toEqual(['manual']);
});
