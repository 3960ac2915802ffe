import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfilePipefail as control } from './dockerfile-pipefail.ts';

test.each<[string, string, number[]]>([
  ['a pipe', 'FROM debian:13\nRUN true && \\\n  curl a | tar -xz\n', [3]],
  ['once for each RUN', 'FROM debian:13\nRUN curl a | tar -xz && curl b | tar -xz\nRUN curl c | sh\n', [2, 3]],
  ['by SHELL', 'FROM debian:13\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl a | sh\n', []],
  [
    'by SHELL, letters together',
    'FROM alpine:3.22\nSHELL ["/bin/ash", "-eo", "pipefail", "-c"]\nRUN curl a | sh\n',
    [],
  ],
  [
    'SHELL ends with its stage',
    'FROM debian:13\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM debian:13\nRUN curl a | sh\n',
    [4],
  ],
  [
    'SHELL is taken back',
    'FROM debian:13\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nSHELL ["/bin/sh", "-c"]\nRUN curl a | sh\n',
    [4],
  ],
  ['by set', 'FROM debian:13\nRUN set -o pipefail && curl a | sh\nRUN set -euxo pipefail; curl a | sh\n', []],
  ['by set behind it', 'FROM debian:13\nRUN curl a | sh && set -o pipefail\n', [2]],
  ['taken back by set', 'FROM debian:13\nRUN set -o pipefail && set +o pipefail && curl a | sh\n', [2]],
  [
    'in a here-document',
    'FROM debian:13\nRUN <<EOF\n#!/bin/bash\nset -o pipefail\ncurl a | sh\nEOF\nRUN <<EOF\ncurl a | sh\nEOF\n',
    [8],
  ],
  [
    'in another shell',
    "FROM debian:13\nRUN bash -o pipefail -c 'curl a | sh'\nRUN bash -c 'set -o pipefail; curl a | sh'\n",
    [],
  ],
  ['another shell does not inherit it', "FROM debian:13\nRUN set -o pipefail && bash -c 'curl a | sh'\n", [2]],
  [
    'the JSON form',
    'FROM debian:13\nRUN ["/bin/bash", "-o", "pipefail", "-c", "curl a | sh"]\nRUN ["/bin/sh", "-c", "curl a | sh"]\n',
    [3],
  ],
  ['nothing to lose', 'FROM debian:13\nRUN echo a | sha256sum -c - && yes | ./install && printf a | tee b\n', []],
  ['what is lost with pipefail too', 'FROM debian:13\nRUN echo "deb $(lsb_release -cs)" | tee b\n', []],
  ['a pipe in a substitution', 'FROM debian:13\nRUN echo "$(curl a | cut -c1)" | tee b\n', [2]],
  ['something to lose in the middle', 'FROM debian:13\nRUN echo a | curl -d @- b | tee c\n', [2]],
  ['a condition', 'FROM debian:13\nRUN if ls | grep -q a; then true; fi\n', []],
  ['meant', 'FROM debian:13\nRUN ls | grep a || true\n', []],
  ['not meant', 'FROM debian:13\nRUN curl a | sh || exit 1\n', [2]],
  ['a group in front of the pipe', 'FROM debian:13\nRUN (curl a; curl b) | sh\n', [2]],
  ['no pipe', "FROM debian:13\nRUN curl a || curl b && echo 'a | b'\n", []],
  [
    'PowerShell',
    'FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL ["powershell", "-Command"]\nRUN Get-Item a | Remove-Item\n',
    [],
  ],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
