import { expect, test } from 'vitest';
import { dockerfile, failingLines, judgeText } from '../../../test/written.ts';
import { dockerfileExposeMinimal as control } from './dockerfile-expose-minimal.ts';

const bad = ['EXPOSE 23', 'EXPOSE 8080 3389/tcp', 'EXPOSE 2375', 'EXPOSE 20-30', 'ONBUILD EXPOSE 23'];

const good = ['EXPOSE 80 443 8080/tcp 53/udp', 'EXPOSE 9000-9100', 'EXPOSE 22', 'RUN echo EXPOSE 23'];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('with a list only its ports are accepted, by protocol and range', () => {
  const parameters = { accepted: ['8080', '53/udp', '9000-9100'] };
  const lines = (words: string) =>
    failingLines(control, dockerfile(`FROM debian:13\nEXPOSE ${words}\n`), { parameters });
  expect(lines('8080 53/udp 9001 9000-9100')).toEqual([]);
  expect(lines('8081 53 9050-9200 8080/udp')).toEqual([2, 2, 2, 2]);
});

test('a variable counts by its value, and is unknown without one', () => {
  expect(failingLines(control, dockerfile('FROM debian:13\nARG P=23\nEXPOSE $P\n'))).toEqual([3]);
  expect(judgeText(control, dockerfile('FROM debian:13\nARG P\nEXPOSE $P\n'))).toMatchObject([{ status: 'unknown' }]);
});

test('the ports of a builder are not those of the image', () => {
  expect(failingLines(control, dockerfile('FROM debian:13 AS build\nEXPOSE 23\nFROM debian:13\n'))).toEqual([]);
});
