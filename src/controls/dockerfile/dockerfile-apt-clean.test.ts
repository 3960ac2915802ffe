import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileAptClean as control } from './dockerfile-apt-clean.ts';

test.each<[string, string, number[]]>([
  ['lists stay', 'FROM debian:13\nRUN apt-get update && apt-get install -y curl\n', [2]],
  [
    'deleted behind',
    'FROM debian:13\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
    [],
  ],
  [
    'deleted as a folder, with braces, with find',
    'FROM debian:13\nRUN apt-get update && apt-get install -y curl; rm -r /var/lib/apt/lists\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/{apt,dpkg,cache,log}/\nRUN apt-get update && apt-get install -y curl && find /var/lib/apt/lists -type f -delete\n',
    [],
  ],
  [
    'deleted from above',
    'FROM debian:13\nRUN apt-get update && apt-get install -y curl && rm -rf /tmp/* /var/lib/apt/*\n',
    [],
  ],
  [
    'deleted too early',
    'FROM debian:13\nRUN rm -rf /var/lib/apt/lists/* && apt-get update && apt-get install -y curl\n',
    [2],
  ],
  [
    'another folder',
    'FROM debian:13\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt-cacher /tmp/* && apt-get clean\n',
    [2],
  ],
  [
    'deleted by the next RUN',
    'FROM debian:13\nRUN apt-get update && apt-get install -y curl\nRUN rm -rf /var/lib/apt/lists/*\n',
    [2],
  ],
  [
    'deleted behind another shell',
    "FROM debian:13\nRUN bash -c 'apt-get update && apt-get install -y curl' && rm -rf /var/lib/apt/lists/*\n",
    [],
  ],
  [
    'deleted by sudo',
    'FROM debian:13\nRUN sudo apt-get update && apt-get install -y curl && sudo rm -rf /var/lib/apt/lists/*\n',
    [],
  ],
  ['distclean', 'FROM debian:13\nRUN apt-get update && apt-get install -y curl && apt-get distclean\n', []],
  [
    'a script that cleans',
    'FROM debian:13\nRUN apt-get update && apt-get install -y curl && /opt/clean-layer.sh\n',
    [],
  ],
  [
    'a cache mount',
    'FROM debian:13\nRUN --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update && apt-get install -y curl\n',
    [],
  ],
  [
    'a tmpfs mount',
    'FROM debian:13\nRUN --mount=type=tmpfs,target=/var/lib/apt/lists apt-get update && apt-get install -y curl\n',
    [],
  ],
  [
    'a cache mount elsewhere',
    'FROM debian:13\nRUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y curl\n',
    [2],
  ],
  ['no lists are fetched', 'FROM debian:13\nRUN apt-get install -y curl\n', []],
  [
    'a builder',
    'FROM debian:13 AS build\nRUN apt-get update && apt-get install -y curl\nFROM debian:13\nCOPY --from=build /a /a\n',
    [],
  ],
  [
    'a stage that the image is built on',
    'FROM debian:13 AS base\nRUN apt-get update && apt-get install -y curl\nFROM base\nRUN true\n',
    [2],
  ],
  ['a here-document', 'FROM debian:13\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\nEOF\n', [4]],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test.each([
  ['RUN INSTALL\n', 'RUN INSTALL && DELETE\n'],
  [
    'RUN apt-get update && \\\n    apt-get install -y a\n',
    'RUN apt-get update && \\\n    apt-get install -y a \\\n    && DELETE\n',
  ],
  [
    'RUN apt-get update \\\r\n\t&& apt-get install -y a\r\n',
    'RUN apt-get update \\\r\n\t&& apt-get install -y a \\\r\n\t&& DELETE\r\n',
  ],
  [
    'RUN sudo apt-get update && sudo apt-get install -y a\n',
    'RUN sudo apt-get update && sudo apt-get install -y a && sudo DELETE\n',
  ],
  ['RUN if true; then INSTALL; fi\n', 'RUN if true; then INSTALL; fi && DELETE\n'],
  ["RUN bash -c 'INSTALL'\n", "RUN bash -c 'INSTALL' && DELETE\n"],
  ['RUN INSTALL > /tmp/log', 'RUN INSTALL > /tmp/log && DELETE'],
])('the remedy of %j', (bad, good) => {
  expect(mended(withNames(bad))).toBe(withNames(good));
});

test.each([
  ['a comment at the end', 'RUN INSTALL # tools\n'],
  ['a separator at the end', 'RUN INSTALL;\n'],
  ['a process in the background', 'RUN INSTALL &\n'],
  ['a here-document', 'RUN <<EOF\nINSTALL\nEOF\n'],
  ['the JSON form', 'RUN ["sh", "-c", "INSTALL"]\n'],
  ['an end of the script', 'RUN INSTALL; exit 0\n'],
  ['another root', 'RUN chroot /target apt-get update && chroot /target apt-get install -y a\n'],
  ['a later RUN that needs the lists', 'RUN INSTALL\nRUN apt-get install -y git\n'],
  ['an update without an install', 'RUN apt-get update\n'],
])('a person mends %s', (_name, text) => {
  expect(mended(withNames(text))).toBe('by hand');
});

function withNames(text: string): string {
  const names = text
    .replaceAll('INSTALL', 'apt-get update && apt-get install -y curl')
    .replaceAll('DELETE', 'rm -rf /var/lib/apt/lists/*');
  return `FROM debian:13${text.includes('\r') ? '\r' : ''}\n${names}`;
}

function mended(text: string): string {
  const [remedy] = remediesOf(control, dockerfile(text));
  return remedy?.kind === 'text' ? applyEdits(text, remedy.edits) : 'by hand';
}
