import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { dockerfilePortRange as control } from './dockerfile-port-range.ts';

test.each([
  'EXPOSE 65536',
  'EXPOSE 80800/tcp',
  'EXPOSE 40000-80000/tcp',
  'EXPOSE 9000-8000',
  'EXPOSE http',
  'EXPOSE 80,443',
  'EXPOSE 80/http',
  'EXPOSE -80',
  'EXPOSE 8080 # the service of the shop',
  'EXPOSE 8080:80',
  'ONBUILD EXPOSE 123456',
])('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each([
  'EXPOSE 80 443/tcp 53/udp 132/SCTP',
  'EXPOSE 0 65535',
  'EXPOSE 8000-9000/tcp',
  'EXPOSE 8000-8000',
  'EXPOSE $PORT ${PORT}/udp',
  'ARG PORT=8080\nEXPOSE $PORT',
  'ARG PORTS="80 443"\nEXPOSE $PORTS',
  'EXPOSE "8080"',
])('left alone: %j', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('a variable counts by its value', () => {
  expect(failingLines(control, dockerfile('FROM debian:13\nARG PORT=70000\nEXPOSE 80 $PORT\n'))).toEqual([3]);
});

test.each([
  ['8080:80', '80'],
  ['127.0.0.1:8080:80/tcp', '80/tcp'],
  ['8000-8001:9000-9001', '9000-9001'],
])('%s keeps the port of the container', (written, text) => {
  const start = 'FROM debian:13\nEXPOSE 22 '.length;
  expect(remediesOf(control, dockerfile(`FROM debian:13\nEXPOSE 22 ${written}\n`))).toMatchObject([
    { kind: 'text', edits: [{ start, end: start + written.length, text }] },
  ]);
});

test.each(['8080:80800', '80800', '$P'])('%s is for a person', (written) => {
  expect(remediesOf(control, dockerfile(`FROM debian:13\nARG P=1:2\nEXPOSE ${written}\n`))).toMatchObject([
    { kind: 'manual' },
  ]);
});
