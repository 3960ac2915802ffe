import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileAptYes as control } from './dockerfile-apt-yes.ts';

test.each<[string, string, number[]]>([
  ['install without -y', 'FROM debian:13\nRUN apt-get update && \\\n    apt-get install curl\n', [3]],
  ['-y in front of install', 'FROM debian:13\nRUN apt-get -y install curl\n', []],
  ['-y at the end', 'FROM debian:13\nRUN apt-get install curl -y\n', []],
  ['long options', 'FROM debian:13\nRUN apt-get install --yes curl && apt-get --assume-yes remove curl\n', []],
  ['letters together', 'FROM debian:13\nRUN apt-get -qqy install curl\n', []],
  [
    'twice quiet implies it',
    'FROM debian:13\nRUN apt-get -qq install curl && apt-get -q -q install b && apt-get -q=2 install c\n',
    [],
  ],
  ['once quiet does not', 'FROM debian:13\nRUN apt-get -q install curl\n', [2]],
  [
    'DEBIAN_FRONTEND is no answer',
    'FROM debian:13\nENV DEBIAN_FRONTEND=noninteractive\nRUN DEBIAN_FRONTEND=noninteractive apt-get install curl\n',
    [3],
  ],
  ['an option of apt', 'FROM debian:13\nRUN apt-get -o APT::Get::Assume-Yes=true install curl\n', []],
  ['an option of apt that says no', 'FROM debian:13\nRUN apt-get -o APT::Get::Assume-Yes=false install curl\n', [2]],
  [
    'a configuration written earlier',
    'FROM debian:13\nRUN echo \'APT::Get::Assume-Yes "true";\' > /etc/apt/apt.conf.d/90yes\nRUN apt-get install curl\n',
    [],
  ],
  [
    'a configuration in a stage below',
    'FROM debian:13 AS base\nRUN echo \'APT::Get::Assume-Yes "true";\' > /etc/apt/apt.conf.d/90yes\nFROM base\nRUN apt-get install curl\n',
    [],
  ],
  [
    'a configuration in another stage',
    'FROM debian:13 AS other\nRUN echo \'APT::Get::Assume-Yes "true";\' > /etc/apt/apt.conf.d/90yes\nFROM debian:13\nRUN apt-get install curl\n',
    [4],
  ],
  ['a configuration that is copied', 'FROM debian:13\nCOPY 90yes /etc/apt/apt.conf.d/\nRUN apt-get install curl\n', []],
  ['yes in front of a pipe', 'FROM debian:13\nRUN yes | apt-get install curl\n', []],
  [
    'actions that do not ask',
    'FROM debian:13\nRUN apt-get update && apt-get clean && apt-get -s install curl && apt-cache show curl\n',
    [],
  ],
  [
    'actions that ask',
    'FROM debian:13\nRUN apt-get upgrade\nRUN apt-get purge curl\nRUN apt install curl\n',
    [2, 3, 4],
  ],
  ['options in a variable of the file', 'FROM debian:13\nARG OPTIONS="-y -q"\nRUN apt-get install $OPTIONS curl\n', []],
  [
    'options in a variable of the file that lack it',
    'FROM debian:13\nARG OPTIONS="-q"\nRUN apt-get $OPTIONS install curl\n',
    [3],
  ],
  [
    'options in a variable of the script',
    'FROM debian:13\nRUN OPTIONS=$(cat options) && apt-get $OPTIONS install curl\n',
    [],
  ],
  [
    'packages in a variable of the script',
    'FROM debian:13\nRUN PACKAGES=$(cat packages) && apt-get install $PACKAGES\n',
    [2],
  ],
  [
    'behind sudo, in sh -c and in a condition',
    "FROM debian:13\nRUN sudo apt-get install a\nRUN sh -c 'apt-get install b'\nRUN if true; then apt-get install c; fi\n",
    [2, 3, 4],
  ],
  ['a here-document', 'FROM debian:13\nRUN <<EOF\napt-get update\napt-get install curl\nEOF\n', [4]],
  ['the JSON form', 'FROM debian:13\nRUN ["apt-get", "install", "curl"]\n', [2]],
  ['ONBUILD', 'FROM debian:13\nONBUILD RUN apt-get install curl\n', [2]],
  ['words of other commands', 'FROM debian:13\nRUN echo apt-get install curl\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test.each([
  ['RUN apt-get install curl', 'RUN apt-get install -y curl'],
  ["RUN bash -c 'apt-get install curl'", "RUN bash -c 'apt-get install -y curl'"],
  ['RUN ["sh", "-c", "apt-get install curl"]', 'RUN ["sh", "-c", "apt-get install -y curl"]'],
  ['RUN ["apt-get", "install", "curl"]', 'RUN ["apt-get", "install", "-y", "curl"]'],
])('the remedy of %s', (bad, good) => {
  expect(mended(`FROM debian:13\n${bad}\n`)).toBe(`FROM debian:13\n${good}\n`);
});

function mended(text: string): string {
  const [remedy] = remediesOf(control, dockerfile(text));
  return remedy?.kind === 'text' ? applyEdits(text, remedy.edits) : 'by hand';
}
