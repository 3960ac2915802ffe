import { expect, test } from 'vitest';
import { dockerfile, failingLines, judgeText } from '../../../test/written.ts';
import { dockerfileFromTrusted as control } from './dockerfile-from-trusted.ts';

const registries = ['registry.example', 'docker.io/library/', '*.mirror.example/shop'];

test.each([
  ['FROM debian:13', []],
  ['FROM docker.io/library/debian:13', []],
  ['FROM registry.example/any/thing:1', []],
  ['FROM eu.mirror.example/shop/web:1', []],
  ['FROM scratch', []],
  ['FROM debian:13 AS base\nFROM base\nCOPY --from=base /a /a\nCOPY --from=0 /a /a', []],
  ['FROM debian:13\nCOPY --from=assets /a /a', []],
  ['FROM somebody/debian:13', [1]],
  ['FROM eu.mirror.example/other/web:1', [1]],
  ['FROM registry.example.org/web:1', [1]],
  ['ARG REGISTRY=other.example\nFROM ${REGISTRY}/web:1', [2]],
  ['FROM debian:13\nCOPY --from=other.example/tool:1 /tool /tool', [2]],
])('%s', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`), { parameters: { registries } })).toEqual(lines);
});

test('without a list nothing is asked; a variable without a value is unknown', () => {
  expect(judgeText(control, dockerfile('FROM somebody/debian\n'))).toMatchObject([{ status: 'not-applicable' }]);
  expect(judgeText(control, dockerfile('ARG R\nFROM ${R}/web:1\n'), { parameters: { registries } })).toMatchObject([
    { status: 'unknown' },
  ]);
});
