import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfilePinApk as control } from './dockerfile-pin-apk.ts';

test.each<[string, string, number[]]>([
  ['no version', 'FROM alpine:3.22\nRUN apk add --no-cache \\\n  curl\n', [3]],
  [
    'versions',
    "FROM alpine:3.22\nRUN apk add curl=8.14.1-r1 git~2.49 'nginx>1.28' 'jq<2' a~=1 ./shop.apk !busybox\n",
    [],
  ],
  [
    'a name of a group is no package',
    'FROM alpine:3.22\nRUN apk add --virtual .build gcc=14 && apk add -t .x make=4\n',
    [],
  ],
  ['a tag of a repository is no version', 'FROM alpine:3.22\nRUN apk add curl@edge\n', [2]],
  ['removals', 'FROM alpine:3.22\nRUN apk del curl\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
