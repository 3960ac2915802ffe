import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileCurlXorWget as control } from './dockerfile-curl-xor-wget.ts';

test.each<[string, string, number[]]>([
  ['both', 'FROM debian:13\nRUN curl a\nRUN curl b && \\\n  wget c\nRUN wget d\n', [4]],
  ['one', 'FROM debian:13\nRUN curl a && curl b\n', []],
  ['both are installed, one is called', 'FROM debian:13\nRUN apt-get install -y curl wget && wget a\n', []],
  ['in two stages', 'FROM debian:13 AS build\nRUN curl a\nFROM debian:13\nRUN wget b\n', []],
  ['a health check does not count', 'FROM debian:13\nRUN wget a\nHEALTHCHECK CMD curl -f http://localhost\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
