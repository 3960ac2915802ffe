import { expect, test } from 'vitest';
import { kubernetesGatekeeperRepoPrefix as control } from './kubernetes-gatekeeper-repo-prefix.ts';
import { linesOf, remediesFor, written } from './written-set.fixture.ts';

const constraint = (...repos: string[]) =>
  written(
    'constraints.gatekeeper.sh/v1beta1',
    'K8sAllowedRepos',
    'ours',
    `spec: {parameters: {repos: ${JSON.stringify(repos)}}}`,
  );

test.each([
  [['registry.example/'], 0],
  [['registry.example/shop/', 'registry.example'], 1],
  [['registry.example:5000'], 1],
  [['registry.example/shop'], 1],
  [[''], 1],
  [['registry.example/shop/web:1.4.2'], 0],
  [[`registry.example/shop/web@sha256:${'0'.repeat(64)}`], 0],
  [['registry.example:5000/shop'], 1],
])('%j: %i', (repos, count) => {
  expect(linesOf(control, [constraint(...repos)])).toHaveLength(count);
});

test('a host gets its slash; whether a path is an image is for a person to say', () => {
  expect(remediesFor(control, [constraint('a.example/', 'registry.example:5000')])).toMatchObject([
    { fields: [{ path: ['spec', 'parameters', 'repos', 1], value: 'registry.example:5000/' }] },
  ]);
  expect(remediesFor(control, [constraint('registry.example/shop')])).toMatchObject([{ kind: 'manual' }]);
});

test('other constraints are not asked', () => {
  expect(linesOf(control, [constraint('registry.example').replace('K8sAllowedRepos', 'K8sDisallowedRepos')])).toEqual(
    [],
  );
});
