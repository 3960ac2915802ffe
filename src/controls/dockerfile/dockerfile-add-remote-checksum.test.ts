import { expect, test } from 'vitest';
import { dockerfile, failingLines, judgeText } from '../../../test/written.ts';
import { dockerfileAddRemoteChecksum as control } from './dockerfile-add-remote-checksum.ts';

const bad = [
  'ADD https://shop.example/web.bin /usr/local/bin/web',
  'ADD --chmod=755 http://shop.example/web.tar.gz /tmp/',
  'ADD a.txt https://shop.example/b.txt /srv/',
  'ADD ["https://shop.example/web.bin", "/web"]',
  'ONBUILD ADD https://shop.example/web.bin /web',
];

const good = [
  `ADD --checksum=sha256:${'0'.repeat(64)} https://shop.example/web.bin /web`,
  'ADD https://git.example/shop/web.git#v1.2.3 /src',
  'ADD git@git.example:shop/web.git /src',
  'ADD . /srv/',
  'ADD web.tar.gz /srv/',
  'COPY https /srv/',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('a URL in a variable counts by its value, and a login in it is not shown', () => {
  const text = 'FROM debian:13\nARG URL=https://shop.example/web\nADD ${URL} /web\n';
  expect(failingLines(control, dockerfile(text))).toEqual([3]);
  const login = 'FROM debian:13\nADD https://app:hunter2@shop.example/web /web\n';
  const verdicts = judgeText(control, dockerfile(login));
  expect(verdicts).toHaveLength(1);
  expect(JSON.stringify(verdicts)).not.toContain('hunter2');
});
