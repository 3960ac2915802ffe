import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileAddForArchives as control } from './dockerfile-add-for-archives.ts';

test.each([
  'COPY web.tar /tmp/\nRUN tar -xf /tmp/web.tar',
  'COPY dist/web.tar.gz /tmp/\nRUN cd /srv && tar xzf /tmp/web.tar.gz && rm /tmp/web.tar.gz',
  'COPY web.tgz /tmp/w.tgz\nRUN tar -C /srv -zxvf /tmp/w.tgz',
  'COPY web.tar.xz .\nRUN tar --extract --file=web.tar.xz --directory /srv',
  'COPY web-*.tar.gz /tmp/\nRUN tar xf /tmp/web-1.4.tar.gz -C /srv',
  'COPY web.tar.gz /tmp/\nRUN tar xf /tmp/*.tar.gz -C /srv',
  'COPY web.tar.gz /tmp/\nRUN gunzip -c /tmp/web.tar.gz | tar x',
  'COPY a.txt web.tar.zst /tmp/\nRUN true\nRUN bsdtar -xf /tmp/web.tar.zst',
])('found: %j', (lines) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${lines}\n`))).toEqual([2]);
});

test.each([
  'ADD web.tar.gz /srv/',
  'COPY web.tar.gz /srv/',
  'COPY web.tar.gz /tmp/\nRUN tar -tzf /tmp/web.tar.gz',
  'COPY web.tar.gz /tmp/\nRUN tar -xzf /tmp/web.tar.gz --strip-components=1 -C /srv',
  'COPY web.tar.gz /tmp/\nRUN tar -xzf /tmp/web.tar.gz bin/web',
  'COPY web.tar.gz /tmp/\nRUN curl -fsSL https://shop.example/x.tar.gz -o x.tar.gz && tar xzf x.tar.gz',
  'COPY web.zip /tmp/\nRUN unzip /tmp/web.zip',
  'COPY dump.sql.gz /tmp/\nRUN gunzip /tmp/dump.sql.gz',
  'COPY web.conf /tmp/\nRUN tar czf /tmp/web.tar.gz /srv',
  'COPY --from=build /web.tar.gz /tmp/\nRUN tar xzf /tmp/web.tar.gz',
  'RUN tar xzf /tmp/web.tar.gz\nCOPY web.tar.gz /tmp/',
  'COPY web.tar.gz /tmp/\nFROM debian:13\nRUN tar xzf /tmp/web.tar.gz',
])('left alone: %j', (lines) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${lines}\n`))).toEqual([]);
});
