import { expect, test } from 'vitest';
import { dockerfile, failingLines, judgeText } from '../../../test/written.ts';
import { dockerfileUserNumeric as control } from './dockerfile-user-numeric.ts';

test.each([
  ['FROM debian:13\nUSER app', [2]],
  ['FROM debian:13\nUSER app:1000', [2]],
  ['FROM debian:13 AS base\nUSER app\nFROM base\nRUN a', [2]],
  ['FROM debian:13\nARG U=app\nUSER $U', [3]],
  ['FROM debian:13\nUSER app\nRUN a\nUSER 10001', []],
  ['FROM debian:13\nUSER 10001:app', []],
  ['FROM debian:13 AS build\nUSER app\nFROM debian:13\nUSER 1', []],
  ['FROM debian:13\nARG U=1000\nUSER ${U}', []],
])('%j', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`))).toEqual(lines);
});

test.each([
  ['RUN a', 'not-applicable'],
  ['USER root', 'not-applicable'],
  ['USER ContainerUser', 'not-applicable'],
  ['ARG U\nUSER $U', 'unknown'],
])('%j is %s', (lines, status) => {
  expect(judgeText(control, dockerfile(`FROM debian:13\n${lines}\n`))).toMatchObject([{ status }]);
});
