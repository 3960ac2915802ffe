import { expect, test } from 'vitest';
import { dockerfile, failingLines, judgeText } from '../../../test/written.ts';
import { dockerfileFromPinned as control } from './dockerfile-from-pinned.ts';

const digest = `sha256:${'a'.repeat(64)}`;

test.each([
  ['FROM debian', [1]],
  ['FROM debian:latest', [1]],
  ['FROM registry.example:5000/shop/web', [1]],
  ['FROM --platform=$BUILDPLATFORM node AS build\nFROM build', [1]],
  ['ARG VERSION=latest\nFROM debian:${VERSION}', [2]],
  ['ARG IMAGE=debian\nFROM $IMAGE', [2]],
  ['FROM debian:${VERSION:-latest}', [1]],
  ['FROM golang AS build\nFROM debian\nCOPY --from=build /web /web', [1, 2]],
  ['FROM debian:13', []],
  [`FROM debian@${digest}`, []],
  [`FROM debian:latest@${digest}`, []],
  ['ARG VERSION=13\nFROM debian:${VERSION}', []],
  ['FROM debian:13 AS base\nFROM Base', []],
  ['FROM scratch', []],
])('%s', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`))).toEqual(lines);
});

test('what a variable without a default stands for is unknown, but not where its version is written', () => {
  expect(judgeText(control, dockerfile('ARG VERSION\nFROM debian:${VERSION}\n'))).toMatchObject([
    { status: 'unknown' },
  ]);
  expect(judgeText(control, dockerfile('ARG VERSION\nFROM debian:${VERSION}\nFROM debian\n'))).toMatchObject([
    { status: 'fail', location: { line: 3 } },
  ]);
});

test('without a base image the question does not arise', () => {
  expect(judgeText(control, dockerfile('FROM scratch\n'))).toMatchObject([{ status: 'not-applicable' }]);
});

test('the tags that name no version can be set, and a digest demanded', () => {
  const file = dockerfile('FROM debian:stable\n');
  expect(failingLines(control, file)).toEqual([]);
  expect(failingLines(control, file, { parameters: { mutableTags: ['stable'] } })).toEqual([1]);
  expect(failingLines(control, file, { parameters: { requireDigest: true } })).toEqual([1]);
  expect(failingLines(control, dockerfile(`FROM debian@${digest}\n`), { parameters: { requireDigest: true } })).toEqual(
    [],
  );
});
