import { expect, test } from 'vitest';
import { kubernetesGitSync as control } from './kubernetes-git-sync.ts';
import { linesOf, remediesFor, written } from './written-set.fixture.ts';

const pod = (container: string, reference = 'registry.k8s.io/git-sync/git-sync:v4.2.4') =>
  written('v1', 'Pod', 'web', `spec: {containers: [{name: sync, image: "${reference}", ${container}}]}`);
const other = 'registry.example/shop/web:1';

test.each([
  [pod('env: [{name: GITSYNC_GIT, value: /tmp/run}]'), [1]],
  [pod('env: [{name: GIT_SYNC_GIT, value: /tmp/run}]'), [1]],
  [pod('env: [{name: GITSYNC_GIT, valueFrom: {configMapKeyRef: {name: a, key: b}}}]'), [1]],
  [pod('env: [{name: GITSYNC_GIT, value: /tmp/run}]', other), [1]],
  [pod('env: [{name: GITSYNC_GIT, value: git}]'), []],
  [pod('env: [{name: GITSYNC_REPO, value: "https://git.shop.example/web"}]'), []],
  [pod('args: ["--git=/tmp/run"]'), [1]],
  [pod('args: [--git, /tmp/run]'), [1]],
  [pod('args: [--git, git]'), []],
  [pod('args: ["--git-config=a:b", "--repo=x"]'), []],
  [pod('args: ["--git=/tmp/run"]', other), []],
])('%s', (document, expected) => {
  expect(linesOf(control, [document])).toEqual(expected);
});

test('a variable goes, an argument is left to a person', () => {
  const env = 'env: [{name: A, value: b}, {name: GITSYNC_GIT, value: /tmp/run}]';
  expect(remediesFor(control, [pod(env)])).toMatchObject([{ fields: [{ path: ['spec', 'containers', 0, 'env', 1] }] }]);
  expect(remediesFor(control, [pod('args: ["--git=/tmp/run"]')])).toMatchObject([{ kind: 'manual' }]);
});
