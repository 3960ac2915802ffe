import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { dockerfileCopyNotAdd as control } from './dockerfile-copy-not-add.ts';

const bad = [
  'ADD . /srv/',
  'ADD web.jar web.txt /srv/',
  'ADD --chown=app:app src/ /srv/',
  'ADD ["a b.txt", "/srv/"]',
  'ADD docs.zip /srv/',
  'ADD package*.json /srv/',
  'ADD lib* /srv/',
  'ADD ${JAR_FILE} app.jar',
  'ONBUILD ADD . /srv/',
  'ADD <<EOF /srv/a\nhello\nEOF',
];

const good = [
  'COPY . /srv/',
  'ADD rootfs.tar.xz /',
  'ADD web-$VERSION.tgz /srv/',
  'ADD https://shop.example/a /srv/',
  'ADD git@git.example:shop/web.git /src',
  'ADD https://git.example/shop/web.git /src',
  'ADD $SOURCE /srv/',
  'ADD a.txt b.tar /srv/',
  'ADD --unpack=true layer /srv/',
  'ADD a.txt',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test.each([
  ['ADD . /srv/', 'COPY'],
  ['add --chown=1:1 a.txt /srv/', 'copy'],
  ['ONBUILD ADD a.txt /srv/', 'COPY'],
])('%s is mended', (line, keyword) => {
  const start = `FROM debian:13\n${line}`.search(/ADD|add/);
  expect(remediesOf(control, dockerfile(`FROM debian:13\n${line}\n`))).toMatchObject([
    { kind: 'text', edits: [{ start, end: start + 3, text: keyword }] },
  ]);
});

test.each(['ADD rootfs /', 'ADD lib* /srv/', 'ARG F=x\nADD ${F}.txt /srv/'])('%s may be an archive', (line) => {
  expect(remediesOf(control, dockerfile(`FROM debian:13\n${line}\n`))).toMatchObject([{ kind: 'manual' }]);
});
