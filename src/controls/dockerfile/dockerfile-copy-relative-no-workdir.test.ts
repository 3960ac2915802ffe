import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileCopyRelativeNoWorkdir as control } from './dockerfile-copy-relative-no-workdir.ts';

test.each([
  ['FROM debian:13\nCOPY a .', [2]],
  ['FROM debian:13\nADD a.tar.gz web/', [2]],
  ['FROM debian:13\nCOPY a web\nWORKDIR /srv\nCOPY b web', [2]],
  ['FROM debian:13\nCOPY ["a", "web"]', [2]],
  ['FROM debian:13\nCOPY <<EOF web.conf\na\nEOF', [2]],
  ['FROM debian:13 AS a\nWORKDIR /srv\nFROM debian:13\nCOPY --from=a /x .', [4]],
  ['FROM debian:13\nONBUILD COPY a .', [2]],
  ['FROM debian:13 AS a\nWORKDIR /srv\nFROM a AS b\nFROM b\nCOPY a .', []],
  ['FROM debian:13\nONBUILD WORKDIR /srv\nONBUILD COPY a .', []],
  ['FROM debian:13\nCOPY a /srv/', []],
  ['FROM debian:13\nCOPY a $HERE/', []],
  ['FROM debian:13\nCOPY a c:\\srv\\', []],
  ['FROM debian:13\nCOPY ["a", "/srv/"]', []],
])('%j', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`))).toEqual(lines);
});
