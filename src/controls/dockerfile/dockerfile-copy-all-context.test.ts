import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileCopyAllContext as control } from './dockerfile-copy-all-context.ts';

test.each([
  ['FROM debian:13\nCOPY . .', [2]],
  ['FROM debian:13\nCOPY --chown=1:1 ./ /srv/', [2]],
  ['FROM debian:13\nADD . /srv/', [2]],
  ['FROM debian:13\nCOPY ["*", "/srv/"]', [2]],
  ['FROM debian:13\nONBUILD COPY . /srv/', [2]],
  ['FROM debian:13 AS base\nCOPY . /srv/\nFROM base\nRUN make', [2]],
  ['FROM debian:13 AS build\nCOPY . .\nFROM debian:13\nCOPY --from=build . .', []],
  ['FROM debian:13\nCOPY src/ .\nCOPY *.json ./\nCOPY .npmrc ./', []],
  ['FROM debian:13\nCOPY <<EOF /srv/a\nx\nEOF', []],
])('%j', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`))).toEqual(lines);
});
