import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileCopyFromAlias as control } from './dockerfile-copy-from-alias.ts';

const digest = `sha256:${'a'.repeat(64)}`;

test.each([
  'COPY --from=bulid /a /a',
  'COPY --from=nginx /a /a',
  'COPY --from=shop/tools /a /a',
  'COPY --from=registry.example:5000/shop/tools /a /a',
  'COPY --from=later /a /a',
  'COPY --chown=1:1 --from=other ["/a", "/b"]',
  'RUN --mount=type=bind,from=bulid,target=/src make',
  'ONBUILD COPY --from=other /a /a',
])('found: %s', (line) => {
  const text = `FROM golang:1.25 AS build\nFROM debian:13\n${line}\nFROM debian:13 AS later\n`;
  expect(failingLines(control, dockerfile(text))).toEqual([3]);
});

test.each([
  'COPY --from=build /a /a',
  'COPY --from=BUILD /a /a',
  'COPY --from=0 /a /a',
  'COPY --from=7 /a /a',
  'COPY --from=nginx:1.29 /a /a',
  'COPY --from=registry.example:5000/shop/tools:2 /a /a',
  `COPY --from=nginx@${digest} /a /a`,
  'COPY --from=$IMAGE /a /a',
  'COPY --from=context /a /a',
  'COPY /a /a',
  'RUN --mount=type=bind,from=build,target=/src make',
  'RUN --mount=type=cache,target=/src make',
  'ONBUILD COPY --from=later /a /a',
])('left alone: %s', (line) => {
  const text = `FROM golang:1.25 AS build\nFROM debian:13\n${line}\nFROM debian:13 AS later\n`;
  expect(failingLines(control, dockerfile(text))).toEqual([]);
});

test('a build context is known where it is listed', () => {
  const file = dockerfile('FROM debian:13\nCOPY --from=assets / /srv/\nCOPY --from=others / /srv/\n');
  expect(failingLines(control, file, { parameters: { contexts: ['Assets'] } })).toEqual([3]);
});
