import { expect, test } from 'vitest';
import { kubernetesReplicas as control } from './kubernetes-replicas.ts';
import { deployment, linesOf, remediesFor, written } from './written-set.fixture.ts';

const web = (spec: string) => deployment('web', 'app: web', spec);
const autoscaler = (spec: string, name = 'web') =>
  written(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'web',
    `spec: {${spec}, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}}`,
  );

test.each([
  ['one', [web('replicas: 1')], [1]],
  ['none said', [web('')], [1]],
  ['two', [web('replicas: 2')], []],
  ['switched off', [web('replicas: 0')], []],
  ['an autoscaler that keeps one', [web(''), autoscaler('maxReplicas: 5')], [3]],
  ['an autoscaler that keeps two', [web(''), autoscaler('minReplicas: 2')], []],
  ['an autoscaler of another', [web(''), autoscaler('minReplicas: 2', 'api')], [1]],
  ['a patch', [web('replicas: 1').replace('image:', 'imagePullPolicy:')], []],
  ['a Job', [written('batch/v1', 'Job', 'import', 'spec: {template: {spec: {containers: [{image: a}]}}}')], []],
])('%s', (_words, documents, expected) => {
  expect(linesOf(control, documents)).toEqual(expected);
});

test('a site chooses its own number', () => {
  expect(linesOf(control, [web('replicas: 2')], { parameters: { minimum: 3 } })).toEqual([1]);
  expect(remediesFor(control, [web('')])).toMatchObject([{ kind: 'manual' }]);
});
