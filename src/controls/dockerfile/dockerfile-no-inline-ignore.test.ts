import { expect, test } from 'vitest';
import { dockerfile, failingLines, judgeText } from '../../../test/written.ts';
import { dockerfileNoInlineIgnore as control } from './dockerfile-no-inline-ignore.ts';

const forbidden = { parameters: { forbidden: true } };

test.each([
  '# plimsoll ignore=dockerfile-no-apt because',
  '# plimsoll ignore-file=DL3008 because',
  '# hadolint ignore=DL3008,DL3009',
  '#hadolint global ignore=DL3008',
  '#checkov:skip=CKV_DOCKER_2: because',
  '# trivy:ignore:DS-0026',
  'RUN a # hadolint ignore=DL3008',
  'RUN a \\\n  # hadolint ignore=DL3008\n  b',
])('found where they are forbidden: %j', (line) => {
  const file = dockerfile(`FROM debian:13\n${line}\n`);
  expect(failingLines(control, file, forbidden)).toEqual([line.includes('\n') ? 3 : 2]);
  expect(judgeText(control, file)).toMatchObject([{ status: 'not-applicable' }]);
});

test.each([
  '# hadolint shell=bash',
  '# we ignore=nothing',
  'RUN curl https://shop.example/#hadolint',
  'RUN a#hadolint ignore=b',
])('left alone: %s', (line) => {
  expect(judgeText(control, dockerfile(`FROM debian:13\n${line}\n`), forbidden)).toMatchObject([{ status: 'pass' }]);
});
