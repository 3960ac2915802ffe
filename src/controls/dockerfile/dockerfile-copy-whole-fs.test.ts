import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileCopyWholeFs as control } from './dockerfile-copy-whole-fs.ts';

test.each([
  ['COPY --from=a / /', [3]],
  ['COPY --from=a /. /', [3]],
  ['COPY --from=a /* /', [3]],
  ['COPY --from=a ["/", "/"]', [3]],
  ['COPY --link --from=alpine:3.22 / /', [3]],
  ['COPY --from=a /srv /', []],
  ['COPY --from=a / /rootfs/', []],
  ['COPY / /', []],
  ['COPY --from=a /usr/* /usr/', []],
])('%s', (line, lines) => {
  expect(failingLines(control, dockerfile(`FROM debian:13 AS a\nFROM debian:13\n${line}\n`))).toEqual(lines);
});
