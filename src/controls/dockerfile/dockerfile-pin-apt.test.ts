import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfilePinApt as control } from './dockerfile-pin-apt.ts';

test.each<[string, string, number[]]>([
  ['no version', 'FROM debian:13\nRUN apt-get install -y \\\n  curl=8.* \\\n  git\n', [4]],
  [
    'versions',
    'FROM debian:13\nRUN apt-get install -y curl=8.14.1-2 git=1:2.* nginx/trixie-backports ./shop.deb /tmp/*.deb\n',
    [],
  ],
  ['a version in a variable', 'FROM debian:13\nARG V\nRUN apt-get install -y curl=$V linux-headers-$(uname -r)\n', []],
  ['a list in a variable', 'FROM debian:13\nENV PACKAGES="curl=8.* git"\nRUN apt-get install -y $PACKAGES\n', [3]],
  ['a list that is not known', 'FROM debian:13\nRUN apt-get install -y $(cat packages)\n', []],
  [
    'a snapshot',
    'FROM debian:13\nRUN echo deb http://snapshot.debian.org/archive/debian/20260601T000000Z trixie main > /etc/apt/sources.list\nRUN apt-get install -y curl\n',
    [],
  ],
  ['a pattern', "FROM debian:13\nRUN apt-get install -y 'libssl*'\n", [2]],
  ['a removal', 'FROM debian:13\nRUN apt-get install -y nano- && apt-get remove -y vim\n', []],
  ['a value of an option', 'FROM debian:13\nRUN apt-get install -y -t trixie-backports curl=8.*\n', []],
  ['a builder too', 'FROM debian:13 AS build\nRUN apt-get install -y gcc\nFROM scratch\n', [2]],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('the failure names every such package', () => {
  const file = dockerfile('FROM debian:13\nRUN apt-get install -y a=1 b c\n');
  expect(control.judge(file, {} as never)).toMatchObject([{ evidence: [{ value: 'b c' }] }]);
});
