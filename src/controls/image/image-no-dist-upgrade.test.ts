import { expect, test } from 'vitest';
import { contextOf, hidden, image, judge, machine } from '../../../test/subjects.ts';
import { historyOf, run } from '../../../test/image-history.ts';
import { imageNoDistUpgrade as control } from './image-no-dist-upgrade.ts';

const made = (...steps: string[]) => image({ history: historyOf(...steps) });

test.each([
  [run('apt-get update && apt-get -y dist-upgrade'), 'fail'],
  [run('apt full-upgrade -y'), 'fail'],
  ['/bin/sh -c do-release-upgrade', 'fail'],
  [run('zypper dup -y'), 'fail'],
  [run('apt-get upgrade -y'), 'pass'],
  [run('echo dist-upgrade'), 'pass'],
  ['COPY dist-upgrade / # buildkit', 'pass'],
])('%s: %s', (step, status) => {
  expect(judge(control, made(step)).status).toBe(status);
});

test("a base's steps, and those of official images, are not ours", () => {
  const step = run('apt-get dist-upgrade');
  const base = { ...made(step), id: 'sha256:base', layers: ['a'] };
  const built = { ...made(step, run('make')), layers: ['a', 'b'] };
  expect(judge(control, built, { machine: machine({ images: [base, built] }) }).status).toBe('pass');
  expect(judge(control, built).status).toBe('fail');
  expect(control.appliesTo?.(image({ digests: ['python@sha256:' + '0b'.repeat(32)] }))).toBe(false);
  expect(judge(control, image({ history: hidden })).status).toBe('unknown');
  expect(control.remedy(image(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
