import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileCopyFromSelf as control } from './dockerfile-copy-from-self.ts';

test.each([
  ['FROM debian:13 AS web\nCOPY --from=web /a /b', [2]],
  ['FROM debian:13 AS web\nCOPY --from=WEB /a /b', [2]],
  ['FROM debian:13\nCOPY --from=0 /a /b', [2]],
  ['FROM golang:1.25 AS a\nFROM debian:13 AS web\nRUN --mount=from=web,target=/x make', [3]],
  ['FROM golang:1.25 AS a\nFROM debian:13 AS web\nCOPY --from=0 /a /b\nCOPY --from=a /a /b', []],
  ['FROM debian:13 AS web\nCOPY --from=web:1 /a /b', []],
  ['FROM debian:13 AS web\nONBUILD COPY --from=web /a /b', []],
])('%j', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`))).toEqual(lines);
});
