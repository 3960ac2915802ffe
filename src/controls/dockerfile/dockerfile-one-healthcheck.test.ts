import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { dockerfileOneHealthcheck as control } from './dockerfile-one-healthcheck.ts';

test.each([
  ['FROM debian:13\nHEALTHCHECK CMD a\nHEALTHCHECK --interval=5s CMD b', [2]],
  ['FROM debian:13\nHEALTHCHECK NONE\nHEALTHCHECK CMD b', [2]],
  ['FROM debian:13 AS a\nHEALTHCHECK CMD a\nFROM a\nHEALTHCHECK NONE', []],
  ['FROM debian:13\nHEALTHCHECK CMD a', []],
])('%j', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`))).toEqual(lines);
});

test('the earlier one is taken out', () => {
  const text = 'FROM debian:13\nHEALTHCHECK CMD a\nHEALTHCHECK CMD b';
  expect(remediesOf(control, dockerfile(text))).toMatchObject([{ edits: [{ start: 15, end: 33, text: '' }] }]);
});
