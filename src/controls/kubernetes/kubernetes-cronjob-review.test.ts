import { expect, test } from 'vitest';
import { kubernetesCronjobReview as control } from './kubernetes-cronjob-review.ts';
import { linesOf, written } from './written-set.fixture.ts';

const cronJob = (spec: string) => written('batch/v1', 'CronJob', 'import-stock', `spec: {${spec}}`);

test.each([
  [cronJob('schedule: "0 3 * * *"'), [], [1]],
  [cronJob('suspend: false'), [], [1]],
  [cronJob('suspend: true'), [], []],
  [cronJob('schedule: "0 3 * * *"'), ['import-*'], []],
  [cronJob('schedule: "0 3 * * *"'), ['import'], [1]],
  [written('batch/v1', 'Job', 'import'), [], []],
])('%s of %j', (document, reviewed, expected) => {
  expect(linesOf(control, [document], { parameters: { reviewed } })).toEqual(expected);
});
