import { expect, test } from 'vitest';
import { kubernetesJobTtl as control } from './kubernetes-job-ttl.ts';
import { image, linesOf, remediesFor, written } from './written-set.fixture.ts';

const job = (spec: string, metadata = '') =>
  written('batch/v1', 'Job', 'import', `spec: {${spec}template: {spec: {${image}}}}`, metadata);
const cronJob = (spec: string, ofJob = '') =>
  written(
    'batch/v1',
    'CronJob',
    'import',
    `spec: {${spec}jobTemplate: {spec: {${ofJob}template: {spec: {${image}}}}}}`,
  );
const deadline = 'startingDeadlineSeconds: 600, ';
const ttl = 'ttlSecondsAfterFinished: 600, ';

test.each([
  [job(''), [1]],
  [job(ttl), []],
  [job('ttlSecondsAfterFinished: 0, '), []],
  [job('', 'annotations: {helm.sh/hook: pre-install}'), []],
  [job('', 'annotations: {argocd.argoproj.io/hook: PreSync}'), []],
  [job('', 'annotations: {team: shop}'), [1]],
  [job('', 'ownerReferences: [{kind: CronJob, name: import}]'), []],
  [cronJob(deadline), []],
  [cronJob(''), [1]],
  [cronJob(deadline, ttl), [1]],
  [cronJob('', ttl), [1, 1]],
])('%s', (document, expected) => {
  expect(linesOf(control, [document])).toEqual(expected);
});

test('the line is that of the field; only what a CronJob does not need is taken away by itself', () => {
  expect(linesOf(control, [control.counterexample?.bad ?? ''])).toEqual([10]);
  const kinds = [job(''), cronJob(''), cronJob(deadline, ttl)].flatMap((document) =>
    remediesFor(control, [document]).map(({ kind }) => kind),
  );
  expect(kinds).toEqual(['manual', 'manual', 'object']);
});
