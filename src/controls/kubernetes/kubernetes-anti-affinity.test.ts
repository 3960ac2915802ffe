import { expect, test } from 'vitest';
import { kubernetesAntiAffinity as control } from './kubernetes-anti-affinity.ts';
import { deployment, image, linesOf, remediesFor, written } from './written-set.fixture.ts';

const selector = 'selector: {matchLabels: {app: web}}';
const web = (spec: string, podSpec = '') =>
  deployment('web', 'app: web, tier: front', `${selector}, ${spec}`, `${podSpec}${image}`);
const fits = 'labelSelector: {matchLabels: {app: web}}';
const others = 'labelSelector: {matchLabels: {app: api}}';
const autoscaler = written(
  'autoscaling/v2',
  'HorizontalPodAutoscaler',
  'web',
  'spec: {minReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}',
);

test.each([
  ['nothing', [web('replicas: 2')], [1]],
  ['one pod', [web('replicas: 1')], []],
  ['no number', [web('paused: false')], []],
  ['an autoscaler with two', [web('paused: false'), autoscaler], [1]],
  ['a constraint', [web('replicas: 2', `topologySpreadConstraints: [{${fits}}], `)], []],
  ['a constraint of others', [web('replicas: 2', `topologySpreadConstraints: [{${others}}], `)], [1]],
  ['a constraint of nobody', [web('replicas: 2', 'topologySpreadConstraints: [{maxSkew: 1}], ')], [1]],
  [
    'a required term',
    [
      web(
        'replicas: 2',
        `affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{${fits}}]}}, `,
      ),
    ],
    [],
  ],
  [
    'a preferred term',
    [
      web(
        'replicas: 2',
        `affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {${fits}}}]}}, `,
      ),
    ],
    [],
  ],
  [
    'a term that brings together',
    [web('replicas: 2', `affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{${fits}}]}}, `)],
    [1],
  ],
])('%s', (_words, documents, expected) => {
  expect(linesOf(control, documents)).toEqual(expected);
});

test('a constraint is added behind those that are there, with the labels of the selector alone', () => {
  const path = ['spec', 'template', 'spec', 'topologySpreadConstraints', 1];
  expect(remediesFor(control, [web('replicas: 2', `topologySpreadConstraints: [{${others}}], `)])).toMatchObject([
    { fields: [{ path, value: { labelSelector: { matchLabels: { app: 'web' } } } }] },
  ]);
  const unselected = web('replicas: 2').replace(`${selector}, `, '');
  expect(remediesFor(control, [unselected])).toMatchObject([{ kind: 'manual' }]);
});
