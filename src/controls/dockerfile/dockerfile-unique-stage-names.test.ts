import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileUniqueStageNames as control } from './dockerfile-unique-stage-names.ts';

test.each([
  ['FROM a:1 AS build\nFROM b:1 as Build', [2]],
  ['FROM a:1 AS x\nFROM b:1 AS y\nFROM c:1 AS x\nFROM d:1 AS x', [3, 4]],
  ['FROM a:1 AS build\nFROM build AS web\nFROM b:1', []],
  ['FROM a:1\nFROM a:1', []],
])('%j', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`))).toEqual(lines);
});
