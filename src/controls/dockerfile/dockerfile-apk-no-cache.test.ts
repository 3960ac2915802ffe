import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileApkNoCache as control } from './dockerfile-apk-no-cache.ts';

test.each<[string, string, number[]]>([
  ['without it', 'FROM alpine:3.22\nRUN apk update && \\\n  apk add curl\n', [3]],
  [
    'with it, wherever',
    'FROM alpine:3.22\nRUN apk add --no-cache curl && apk --no-cache add a && apk add b --no-cache\n',
    [],
  ],
  ['without a network there is nothing to keep', 'FROM alpine:3.22\nRUN apk add --no-network ./shop.apk\n', []],
  ['each call', 'FROM alpine:3.22\nRUN apk add a && apk add --no-cache b && apk add c\n', [2, 2]],
  ['emptied behind', 'FROM alpine:3.22\nRUN apk add --update curl && rm -rf /var/cache/apk/*\n', []],
  ['emptied from above', 'FROM alpine:3.22\nRUN apk add curl && rm -rf /var/cache/*\n', []],
  ['emptied too early', 'FROM alpine:3.22\nRUN rm -rf /var/cache/apk/* && apk add curl\n', [2]],
  [
    'cache mounts',
    'FROM alpine:3.22\nRUN --mount=type=cache,target=/var/cache/apk apk add a\nRUN --mount=type=cache,dst=/etc/apk/cache/ apk add b\n',
    [],
  ],
  ['a cache mount elsewhere', 'FROM alpine:3.22\nRUN --mount=type=cache,target=/var/cache/apt apk add a\n', [2]],
  ['other actions', 'FROM alpine:3.22\nRUN apk del curl && apk info\n', []],
  ['options in a variable', 'FROM alpine:3.22\nARG APK_OPTIONS=--no-cache\nRUN apk add $APK_OPTIONS curl\n', []],
  ['a builder', 'FROM alpine:3.22 AS build\nRUN apk add gcc\nFROM scratch\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('the remedy adds the option', () => {
  expect(mended('FROM alpine:3.22\nRUN apk add \\\n  curl\n')).toBe(
    'FROM alpine:3.22\nRUN apk add --no-cache \\\n  curl\n',
  );
});

function mended(text: string): string {
  const [remedy] = remediesOf(control, dockerfile(text));
  return remedy?.kind === 'text' ? applyEdits(text, remedy.edits) : 'by hand';
}
