import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileConsecutiveRun as control } from './dockerfile-consecutive-run.ts';

test.each<[string, string, number[]]>([
  ['two', 'FROM debian:13\nRUN a\nRUN b\nRUN c\n', [3, 4]],
  ['comments do not part them', 'FROM debian:13\nRUN a\n# why\n\nRUN b\n', [5]],
  ['another instruction parts them', 'FROM debian:13\nRUN a\nWORKDIR /b\nRUN c\n', []],
  ['many commands', 'FROM debian:13\nRUN a && b && c\nRUN d\nRUN e; f; g\n', []],
  ['a command behind another counts once', 'FROM debian:13\nRUN sudo sh -c "a && b"\nRUN c\n', [3]],
  [
    'here-documents and flags',
    'FROM debian:13\nRUN a\nRUN <<EOF\nb\nEOF\nRUN --mount=type=cache,target=/c c\nRUN d\n',
    [],
  ],
  ['the JSON form', 'FROM debian:13\nRUN ["a"]\nRUN ["b"]\n', [3]],
  ['a builder', 'FROM debian:13 AS build\nRUN a\nRUN b\nFROM scratch\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
