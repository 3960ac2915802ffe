import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { dockerfileAptNoRecommends as control } from './dockerfile-apt-no-recommends.ts';

test.each<[string, string, number[]]>([
  ['install without it', 'FROM debian:13\nRUN apt-get install -y curl\n', [2]],
  [
    'with it, wherever',
    'FROM debian:13\nRUN apt-get install -y curl --no-install-recommends && apt-get --no-install-recommends install -y a\n',
    [],
  ],
  ['recommended on purpose', 'FROM debian:13\nRUN apt-get install -y --install-recommends curl\n', []],
  [
    'an option of apt',
    'FROM debian:13\nRUN apt-get install -y -o APT::Install-Recommends=false curl && apt-get -o APT::Install-Recommends=0 install -y a\n',
    [],
  ],
  ['an option of apt that says yes', 'FROM debian:13\nRUN apt-get install -y -o APT::Install-Recommends=1 curl\n', [2]],
  [
    'a configuration written earlier',
    'FROM debian:13\nRUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/90x\nRUN apt-get install -y curl\n',
    [],
  ],
  [
    'a configuration of a here-document',
    'FROM debian:13\nCOPY <<EOF /etc/apt/apt.conf.d/90x\nAPT::Install-Recommends "false";\nEOF\nRUN apt-get install -y curl\n',
    [],
  ],
  [
    'a here-document with another configuration',
    'FROM debian:13\nCOPY <<EOF /etc/apt/apt.conf.d/90x\nAcquire::Retries "3";\nEOF\nRUN apt-get install -y curl\n',
    [5],
  ],
  ['nothing is named', 'FROM debian:13\nRUN apt-get install -y -f\n', []],
  ['a builder', 'FROM debian:13 AS build\nRUN apt-get install -y gcc\nFROM debian:13\nCOPY --from=build /a /a\n', []],
  [
    'a stage that the image is built on',
    'FROM debian:13 AS base\nRUN apt-get install -y curl\nFROM base\nRUN true\n',
    [2],
  ],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('a person decides which packages are needed after all', () => {
  const file = dockerfile('FROM debian:13\nRUN apt-get install -y curl\n');
  expect(remediesOf(control, file)).toMatchObject([{ kind: 'manual' }]);
});
