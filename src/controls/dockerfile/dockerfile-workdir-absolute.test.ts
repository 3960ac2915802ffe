import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import type { TextRemedy } from '../../model/remedy.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileWorkdirAbsolute as control } from './dockerfile-workdir-absolute.ts';

test.each([
  ['WORKDIR app', [2]],
  ['WORKDIR ./app', [2]],
  ['WORKDIR "usr/src/app"', [2]],
  ['WORKDIR ~/app', [2]],
  ['WORKDIR src/$UNKNOWN', [2]],
  ['ARG D=app\nWORKDIR $D', [3]],
  ['ONBUILD WORKDIR app', [2]],
  ['WORKDIR /srv\nWORKDIR web', [3]],
  ['WORKDIR /srv/my app', []],
  ['WORKDIR "/srv/web"', []],
  ["WORKDIR '/srv/web'", []],
  ['WORKDIR $UNKNOWN', []],
  ['WORKDIR ${UNKNOWN}/web', []],
  ['WORKDIR ${UNKNOWN:-/srv}', []],
  ['WORKDIR ${UNKNOWN:-srv}', [2]],
  ['ARG D=/srv\nWORKDIR $D/web', []],
  ['WORKDIR C:\\\\web', []],
  ['WORKDIR c:/web', []],
  ['WORKDIR \\web', []],
])('%j', (lines, expected) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${lines}\n`))).toEqual(expected);
});

function mended(text: string): string {
  const edits = remediesOf(control, dockerfile(text)).flatMap((remedy) => (remedy as TextRemedy).edits ?? []);
  return applyEdits(text, edits);
}

test('the folder is written out where this file decides it', () => {
  const text = 'FROM debian:13 AS a\nWORKDIR /srv/\nWORKDIR "web"\nWORKDIR ../shop\nFROM a\nWORKDIR x\n';
  expect(mended(text)).toBe(
    'FROM debian:13 AS a\nWORKDIR /srv/\nWORKDIR /srv/web\nWORKDIR /srv/shop\nFROM a\nWORKDIR /srv/shop/x\n',
  );
});

test.each([
  'WORKDIR web',
  'ENV D=/srv\nWORKDIR $D\nWORKDIR web',
  'WORKDIR /srv\nARG D=web\nWORKDIR $D',
  'WORKDIR /srv\nONBUILD WORKDIR web',
])('by hand: %j', (lines) => {
  expect(remediesOf(control, dockerfile(`FROM debian:13\n${lines}\n`))).toMatchObject([{ kind: 'manual' }]);
});
