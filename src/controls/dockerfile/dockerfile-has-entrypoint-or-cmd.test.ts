import { expect, test } from 'vitest';
import { dockerfile, failingLines, judgeText } from '../../../test/written.ts';
import { dockerfileHasEntrypointOrCmd as control } from './dockerfile-has-entrypoint-or-cmd.ts';

test.each<[string, number[]]>([
  ['FROM scratch\nCOPY web /web\n', [1]],
  ['FROM golang:1.25 AS build\nRUN go build\nCMD ["sh"]\nFROM scratch\nCOPY --from=build /web /web\nUSER 1000\n', [4]],
  ['FROM scratch AS first\nCOPY a /a\nFROM first AS web\nCOPY b /b\n', [3]],
  ['FROM scratch\nCOPY web /web\nCMD []\n', [1]],
  ['ARG BASE=scratch\nFROM $BASE\nCOPY web /web\n', [2]],
])('nothing to start: %j', (text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test.each([
  'FROM scratch\nCMD ["/web"]\n',
  'FROM scratch\nENTRYPOINT ["/web"]\n',
  'FROM scratch\nENTRYPOINT []\nCMD ["/web"]\n',
  'FROM scratch AS first\nENTRYPOINT ["/web"]\nFROM first\nCOPY b /b\n',
  'FROM debian:13\nCOPY web /web\n',
  'FROM debian:13 AS first\nCOPY a /a\nFROM first\nCOPY b /b\n',
  'ARG BASE\nFROM $BASE\nCOPY a /a\n',
  'FROM scratch\nONBUILD ENTRYPOINT ["/web"]\n',
])('passes: %j', (text) => {
  expect(judgeText(control, dockerfile(text))).toMatchObject([{ status: 'pass' }]);
});

test.each([
  'FROM scratch AS export\nCOPY --from=build /out /\n',
  'FROM scratch AS web-artifacts\nCOPY --from=build /out /\n',
  'FROM scratch\nLABEL operators.operatorframework.io.bundle.mediatype.v1=registry+v1\nCOPY manifests /manifests/\n',
  'FROM scratch\nLABEL com.docker.desktop.extension.api.version=0.3\nCOPY ui /ui\n',
])('only carries files: %j', (text) => {
  expect(judgeText(control, dockerfile(text))).toMatchObject([{ status: 'not-applicable' }]);
});

test('the stage that is chosen counts', () => {
  const text = 'FROM scratch AS bare\nCOPY web /web\nFROM bare AS web\nCMD ["/web"]\n';
  expect(failingLines(control, dockerfile(text))).toEqual([]);
  expect(failingLines(control, dockerfile(text, 'bare'))).toEqual([1]);
});

test('without a FROM nothing is asked', () => {
  expect(control.appliesTo?.(dockerfile('# nothing\n'))).toBe(false);
});
