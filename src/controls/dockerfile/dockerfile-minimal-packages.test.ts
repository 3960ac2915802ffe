import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileMinimalPackages as control } from './dockerfile-minimal-packages.ts';

const bad = [
  'RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev',
  'RUN apt-get install -y gcc-12=12.2.0-14',
  'RUN apt-get install -y g++:amd64',
  'RUN apk add --no-cache vim',
  'RUN apk add --virtual .deps gcc',
  'RUN dnf -y groupinstall "Development Tools"',
  'RUN dnf -y group install development-tools',
  'RUN yum install -y gcc-12.2.1-7.el9.x86_64',
  'RUN zypper -n in tcpdump',
  'RUN deps="gcc libc6-dev" && apt-get install -y $deps && make',
  'RUN apt-get install -y gcc && apt-get purge -y make',
];

const good = [
  'RUN apt-get install -y curl libgcc-s1 vim-common',
  'RUN apk add --no-cache --virtual .deps gcc make && make && apk del .deps',
  'RUN apt-get install -y gcc make && make && apt-get purge -y --auto-remove gcc make',
  'RUN apt-get install -y gcc-12 && make && apt-get remove -y gcc*',
  'RUN deps="gcc make" && apt-get install -y $deps && apt-get purge -y $deps',
  "RUN saved=$(apt-mark showmanual) && apt-get install -y gcc && make && apt-mark auto '.*' >/dev/null && apt-mark manual $saved && apt-get purge -y --auto-remove",
  'RUN yum install -y gcc && make && yum history -y undo last',
  'RUN apt-get install -y gcc\nRUN apt-get remove -y gcc',
  'RUN pip install gcc',
  'RUN apt-get install -y gcc-',
  'RUN make && gcc -o a a.c',
];

test.each(bad)('found: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([2]);
});

test.each(good)('left alone: %s', (line) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${line}\n`))).toEqual([]);
});

test('what a builder installs is not in the image', () => {
  const builder = 'FROM debian:13 AS build\nRUN apt-get install -y gcc\n';
  expect(failingLines(control, dockerfile(`${builder}FROM debian:13\nCOPY --from=build /web /web\n`))).toEqual([]);
  expect(failingLines(control, dockerfile(`${builder}FROM build\n`))).toEqual([2]);
  expect(failingLines(control, dockerfile(`${builder}FROM debian:13\n`, 'build'))).toEqual([2]);
});

test('each package is a place of its own, and the list can be set', () => {
  const file = dockerfile('FROM debian:13\nRUN apt-get install -y gcc \\\n    curl \\\n    make\n');
  expect(failingLines(control, file)).toEqual([2, 4]);
  expect(failingLines(control, file, { parameters: { packages: ['curl'] } })).toEqual([3]);
});
