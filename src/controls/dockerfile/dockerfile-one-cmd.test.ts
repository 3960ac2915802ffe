import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import type { TextRemedy } from '../../model/remedy.ts';
import { dockerfileOneCmd as control } from './dockerfile-one-cmd.ts';

test.each([
  ['FROM debian:13\nCMD a\nCMD b', [2]],
  ['FROM debian:13\nCMD a\nRUN b\ncmd c\nCMD d', [2, 4]],
  ['FROM debian:13 AS a\nCMD a\nCMD b\nFROM debian:13\nCMD c\nCMD d', [2, 5]],
  ['FROM debian:13 AS a\nCMD a\nFROM a\nCMD b', []],
  ['FROM debian:13\nONBUILD CMD a\nONBUILD CMD b\nCMD c', []],
  ['FROM debian:13\nENTRYPOINT ["a"]\nHEALTHCHECK CMD b\nCMD c', []],
  ['FROM debian:13', []],
])('%j', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`))).toEqual(lines);
});

test.each([
  ['FROM debian:13\n# why\nCMD a \\\n  # more\n  b\nCMD c\n', 'FROM debian:13\n# why\nCMD c\n'],
  ['FROM debian:13\r\n  CMD a\r\nCMD b', 'FROM debian:13\r\nCMD b'],
  ['FROM debian:13\nCMD a\n\nCMD b\nCMD c', 'FROM debian:13\n\nCMD c'],
])('only the last one stays: %j', (text, mended) => {
  const edits = remediesOf(control, dockerfile(text)).flatMap((remedy) => (remedy as TextRemedy).edits);
  expect(applyEdits(text, edits)).toBe(mended);
});
