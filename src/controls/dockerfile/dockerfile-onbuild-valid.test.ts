import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileOnbuildValid as control } from './dockerfile-onbuild-valid.ts';

test.each([
  ['ONBUILD FROM debian:13', [2]],
  ['onbuild maintainer ann', [2]],
  ['ONBUILD ONBUILD RUN a', [2]],
  ['ONBUILD \\\n  FROM debian:13', [2]],
  ['ONBUILD RUN FROM', []],
  ['ONBUILD COPY . .', []],
  ['ONBUILD MAINTAINERS a', []],
  ['ONBUILD', []],
])('%j', (line, lines) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual(lines);
});
