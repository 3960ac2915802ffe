import { expect, test } from 'vitest';
import { contextOf, hidden, image, judge } from '../../../test/subjects.ts';
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
  expect(judge(control, made(run('apt-get dist-upgrade'), '/bin/sh -c #(nop) ADD file:0a in / ')).status).toBe('pass');
  expect(control.appliesTo?.(image({ digests: ['python@sha256:' + '0b'.repeat(32)] }))).toBe(false);
  expect(judge(control, image({ history: hidden })).status).toBe('unknown');
  expect(control.remedy(image(), contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
