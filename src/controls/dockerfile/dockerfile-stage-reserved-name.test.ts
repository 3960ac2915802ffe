import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileStageReservedName as control } from './dockerfile-stage-reserved-name.ts';

test.each([
  ['FROM debian:13 AS scratch', [1]],
  ['FROM scratch AS a\nFROM debian:13 as Context', [2]],
  ['FROM scratch AS web', []],
  ['FROM debian:13 AS build-context', []],
])('%j', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`))).toEqual(lines);
});
