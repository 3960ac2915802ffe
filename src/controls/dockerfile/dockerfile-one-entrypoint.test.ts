import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { dockerfileOneEntrypoint as control } from './dockerfile-one-entrypoint.ts';

test.each([
  ['FROM debian:13\nENTRYPOINT ["a"]\nCMD ["x"]\nENTRYPOINT b', [2]],
  ['FROM debian:13 AS a\nENTRYPOINT ["a"]\nFROM a\nENTRYPOINT ["b"]', []],
  ['FROM debian:13\nENTRYPOINT ["a"]\nCMD a\nCMD b', []],
])('%j', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`))).toEqual(lines);
});

test('the earlier one is taken out', () => {
  const text = 'FROM debian:13\nENTRYPOINT ["a"]\nENTRYPOINT ["b"]\n';
  const start = text.indexOf('ENTRY');
  expect(remediesOf(control, dockerfile(text))).toMatchObject([{ edits: [{ start, end: start + 17, text: '' }] }]);
});
