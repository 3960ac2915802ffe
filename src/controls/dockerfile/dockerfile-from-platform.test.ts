import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import type { TextRemedy } from '../../model/remedy.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileFromPlatform as control } from './dockerfile-from-platform.ts';

test.each([
  ['FROM --platform=linux/amd64 debian:13', [1]],
  ['FROM --platform=linux debian:13', [1]],
  ['FROM --platform=$TARGETPLATFORM debian:13', [1]],
  ['FROM --platform=${TARGETPLATFORM} debian:13 AS web', [1]],
  ['FROM debian:13 AS a\nFROM --platform=linux/arm64 debian:13 AS web', [2]],
  ['FROM --platform=$BUILDPLATFORM debian:13', []],
  ['FROM --platform=${BUILDPLATFORM:-linux/amd64} debian:13', []],
  ['ARG P=linux/amd64\nFROM --platform=$P debian:13', []],
  ['FROM --platform=linux/$TARGETARCH debian:13', []],
  ['FROM --platform=linux/arm64 debian:13 AS web-arm64', []],
  ['FROM debian:13', []],
])('%j', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`))).toEqual(lines);
});

test('what holds anyway is left out; a constant is for a person', () => {
  const text = 'FROM --platform=$TARGETPLATFORM  debian:13 AS a\nFROM --platform=linux/amd64 debian:13\n';
  const [first, second] = remediesOf(control, dockerfile(text));
  expect(applyEdits(text, (first as TextRemedy).edits)).toMatch(/^FROM debian:13 AS a\n/);
  expect(second).toMatchObject({ kind: 'manual' });
});
