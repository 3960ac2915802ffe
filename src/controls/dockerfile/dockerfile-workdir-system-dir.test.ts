import { expect, test } from 'vitest';
import { dockerfile, failingLines, judgeText } from '../../../test/written.ts';
import { dockerfileWorkdirSystemDir as control } from './dockerfile-workdir-system-dir.ts';

const bad = [
  'WORKDIR /proc/self/fd/8',
  'WORKDIR /etc',
  'WORKDIR /etc/',
  'WORKDIR "/sys"',
  'WORKDIR /usr/bin',
  'WORKDIR /srv/../dev',
  'WORKDIR proc',
];

const good = [
  'WORKDIR /srv/web',
  'WORKDIR /etc/nginx',
  'WORKDIR /',
  'WORKDIR /usr/src/app',
  'WORKDIR /processes',
  'WORKDIR /root',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('a relative one goes on from the one before it', () => {
  const text = 'FROM debian:13\nWORKDIR /srv\nWORKDIR etc\nWORKDIR ../../etc\nFROM debian:13\nWORKDIR sys\n';
  expect(failingLines(control, dockerfile(text))).toEqual([4, 6]);
});

test('a variable counts by its value, and is unknown without one', () => {
  expect(failingLines(control, dockerfile('FROM debian:13\nARG D=/dev\nWORKDIR $D/x\n'))).toEqual([3]);
  expect(judgeText(control, dockerfile('FROM debian:13\nARG D\nWORKDIR $D\nWORKDIR x\n'))).toMatchObject([
    { status: 'unknown' },
  ]);
});

test.each(['WORKDIR $HOME', 'WORKDIR ${LAMBDA_TASK_ROOT}', 'ARG D\nWORKDIR $D/src/web'])(
  '%j is nothing to ask about',
  (line) => {
    expect(judgeText(control, dockerfile(`FROM debian:13\n${line}\n`))).toMatchObject([{ status: 'pass' }]);
  },
);
