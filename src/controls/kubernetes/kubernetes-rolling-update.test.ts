import { expect, test } from 'vitest';
import { kubernetesRollingUpdate as control } from './kubernetes-rolling-update.ts';
import { deployment, image, linesOf, written } from './written-set.fixture.ts';

const volume = `volumes: [{name: data, persistentVolumeClaim: {claimName: data}}], ${image}`;
const web = (spec: string, podSpec = image) => deployment('web', 'app: web', spec, podSpec);
const recreate = 'strategy: {type: Recreate}';

test.each([
  [web(''), []],
  [web('strategy: {type: RollingUpdate}'), []],
  [web('strategy: {rollingUpdate: {maxSurge: 1}}'), []],
  [web(recreate), [1]],
  [web(recreate, volume), []],
  [web(`${recreate}, replicas: 2`, volume), [1]],
  [web('strategy: {type: Recrate}', volume), [1]],
  [written('apps/v1', 'DaemonSet', 'log', 'spec: {updateStrategy: {type: OnDelete}}'), [1]],
  [written('apps/v1', 'StatefulSet', 'db', 'spec: {updateStrategy: {type: OnDelete}}'), [1]],
  [written('apps/v1', 'StatefulSet', 'db', 'spec: {}'), []],
  [written('argoproj.io/v1alpha1', 'Rollout', 'web', 'spec: {strategy: {type: Recreate}}'), []],
])('%s', (document, expected) => {
  expect(linesOf(control, [document])).toEqual(expected);
});

test('the line is that of the type', () => {
  expect(linesOf(control, [control.counterexample?.bad ?? ''])).toEqual([7]);
});
