import { expect, test } from 'vitest';
import { kubernetesPdb as control } from './kubernetes-pdb.ts';
import { deployment, linesOf, remediesFor, written } from './written-set.fixture.ts';

const budget = (spec: string, labels = 'app: web') =>
  written('policy/v1', 'PodDisruptionBudget', 'web', `spec: {${spec}, selector: {matchLabels: {${labels}}}}`);
const web = (replicas: number | string, name = 'web') => deployment(name, 'app: web', `replicas: ${replicas}`);
const autoscaler = (fewest: number) =>
  written(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    'web',
    `spec: {minReplicas: ${fewest}, scaleTargetRef: {kind: Deployment, name: web}}`,
  );
const kustomization = '{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization}';

test.each([
  ['none may go', [budget('maxUnavailable: 0')], [1]],
  ['no part may go', [budget('maxUnavailable: "0%"')], [1]],
  ['one may go', [budget('maxUnavailable: 1')], []],
  ['a small part may go', [budget('maxUnavailable: "1%"')], []],
  ['all must stay', [budget('minAvailable: "100%"')], [1]],
  ['half must stay', [budget('minAvailable: "50%"')], []],
  ['one must stay, of nobody knows how many', [budget('minAvailable: 1')], []],
  ['one must stay of one', [budget('minAvailable: 1'), web(1)], [1]],
  ['half must stay of one', [budget('minAvailable: "50%"'), web(1)], [1]],
  ['half must stay of two', [budget('minAvailable: "50%"'), web(2)], []],
  ['two must stay of three', [budget('minAvailable: 2'), web(3)], []],
  ['three must stay of three', [budget('minAvailable: 3'), web(3)], [1]],
  ['three must stay of two and two', [budget('minAvailable: 3'), web(2), web(2, 'web-b')], []],
  ['one must stay of none', [budget('minAvailable: 1'), web(0)], []],
  ['one must stay of others', [budget('minAvailable: 1', 'app: api'), web(1)], []],
  ['two must stay, scaled to two', [budget('minAvailable: 2'), web(5), autoscaler(2)], [1]],
  ['two must stay, scaled to three', [budget('minAvailable: 2'), web(1), autoscaler(3)], []],
  ['replicas that may be changed', [budget('minAvailable: 1'), web(1), kustomization], []],
  ['another namespace', [budget('minAvailable: 1'), web(1).replace('namespace: shop', 'namespace: test')], []],
])('%s', (_words, documents, expected) => {
  expect(linesOf(control, documents)).toEqual(expected);
});

test('pods that never became ready are a question of policy', () => {
  const parameters = { unhealthyEviction: true };
  expect(linesOf(control, [budget('maxUnavailable: 1')], { parameters })).toEqual([1]);
  const allowed = budget('maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow');
  expect(linesOf(control, [allowed], { parameters })).toEqual([]);
});

test('a person decides', () => {
  expect(remediesFor(control, [budget('maxUnavailable: 0')])).toMatchObject([{ kind: 'manual' }]);
});
