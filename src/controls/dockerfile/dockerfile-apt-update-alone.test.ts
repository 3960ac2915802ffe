import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileAptUpdateAlone as control } from './dockerfile-apt-update-alone.ts';

test.each<[string, string, number[]]>([
  ['alone', 'FROM debian:13\nRUN apt-get update\nRUN apt-get install -y curl\n', [2]],
  ['with a clean-up only', 'FROM debian:13\nRUN apt-get update && apt-get clean && rm -rf /tmp/*\n', [2]],
  ['with an install', 'FROM debian:13\nRUN apt-get update && apt-get install -y curl\n', []],
  ['with an upgrade', 'FROM debian:13\nRUN apt-get update && apt-get -y upgrade\n', []],
  ['install in front of update', 'FROM debian:13\nRUN apt-get install -y curl && apt-get update\n', [2]],
  [
    'a second update behind the install',
    'FROM debian:13\nRUN apt-get update && apt-get install -y ca-certificates && apt-get update\n',
    [2],
  ],
  ['a script may install', 'FROM debian:13\nRUN apt-get update && ./install.sh\n', []],
  ['apk', 'FROM alpine:3.22\nRUN apk update\nRUN apk update && apk add curl\n', [2]],
  ['yum update is an upgrade', 'FROM centos:7\nRUN yum -y update\n', []],
  ['behind sudo', 'FROM debian:13\nRUN sudo apt-get update\n', [2]],
  ['a builder too', 'FROM debian:13 AS build\nRUN apt-get update\nFROM scratch\n', [2]],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('a plain RUN and the plain one below it become one', () => {
  expect(mended('FROM debian:13\nRUN apt-get update\nRUN apt-get install -y \\\n    curl\n')).toBe(
    'FROM debian:13\nRUN apt-get update \\\n    && apt-get install -y \\\n    curl\n',
  );
});

test.each([
  ['another instruction is between', 'RUN apt-get update\nENV A=b\nRUN apt-get install -y a\n'],
  ['a comment is between', 'RUN apt-get update\n# tools\nRUN apt-get install -y a\n'],
  ['the next one has flags', 'RUN apt-get update\nRUN --network=host apt-get install -y a\n'],
  ['the next one is a here-document', 'RUN apt-get update\nRUN <<EOF\napt-get install -y a\nEOF\n'],
  ['the next one is no chain', 'RUN apt-get update\nRUN apt-get install -y a; make\n'],
  ['this one does more', 'RUN apt-get update && cd /tmp\nRUN apt-get install -y a\n'],
])('a person joins them where %s', (_name, text) => {
  expect(mended(`FROM debian:13\n${text}`)).toBe('by hand');
});

function mended(text: string): string {
  const [remedy] = remediesOf(control, dockerfile(text));
  return remedy?.kind === 'text' ? applyEdits(text, remedy.edits) : 'by hand';
}
