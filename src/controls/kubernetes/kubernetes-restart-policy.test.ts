import { expect, test } from 'vitest';
import { kubernetesRestartPolicy as control } from './kubernetes-restart-policy.ts';
import { deployment, image, linesOf, remediesFor, written } from './written-set.fixture.ts';

const job = (policy: string, spec = '') =>
  written('batch/v1', 'Job', 'import', `spec: {${spec}template: {spec: {${policy}${image}}}}`);
const cronJob = (policy: string) =>
  written('batch/v1', 'CronJob', 'import', `spec: {jobTemplate: {spec: {template: {spec: {${policy}${image}}}}}}`);
const lasting = (policy: string) => deployment('web', 'app: web', '', `${policy}${image}`);
const failurePolicy = 'podFailurePolicy: {rules: [{action: Ignore}]}, ';

test.each([
  [job(''), [1]],
  [job('restartPolicy: Always, '), [1]],
  [job('restartPolicy: Never, '), []],
  [job('restartPolicy: OnFailure, '), []],
  [job('restartPolicy: OnFailure, ', failurePolicy), [1]],
  [job('restartPolicy: Never, ', failurePolicy), []],
  [cronJob(''), [1]],
  [cronJob('restartPolicy: OnFailure, '), []],
  [lasting(''), []],
  [lasting('restartPolicy: Always, '), []],
  [lasting('restartPolicy: OnFailure, '), [1]],
  [lasting('restartPolicy: OnFailure, ').replace('image:', 'imagePullPolicy:'), []],
  [job('').replace('batch/v1', 'batch.example/v1'), []],
  [written('v1', 'Pod', 'web', `spec: {restartPolicy: Never, ${image}}`), []],
])('%s', (document, expected) => {
  expect(linesOf(control, [document])).toEqual(expected);
});

test('a Job gets Never, a Deployment loses what it says', () => {
  expect(remediesFor(control, [job('')])).toMatchObject([
    { fields: [{ path: ['spec', 'template', 'spec', 'restartPolicy'], value: 'Never' }] },
  ]);
  expect(remediesFor(control, [lasting('restartPolicy: Never, ')])).toEqual([
    expect.objectContaining({ fields: [{ path: ['spec', 'template', 'spec', 'restartPolicy'] }] }),
  ]);
});
