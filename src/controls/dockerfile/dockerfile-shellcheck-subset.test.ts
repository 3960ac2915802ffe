import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileShellcheckSubset as control } from './dockerfile-shellcheck-subset.ts';

test.each<[string, string, number[]]>([
  ['what cannot be read', 'FROM debian:13\nRUN if true; then echo a\n', [2]],
  ['cd without a check', 'FROM debian:13\nRUN cd /opt; make\n', [2]],
  ['cd in a here-document', 'FROM debian:13\nRUN <<EOF\ncd /opt\nmake\nEOF\n', [3]],
  ['cd with a check', 'FROM debian:13\nRUN cd /opt && make; cd /tmp || exit 1; ls; cd /srv\n', []],
  ['cd that cannot fail', 'FROM debian:13\nRUN cd /; ls; cd; ls; cd ..; ls\n', []],
  ['cd under errexit', 'FROM debian:13\nRUN set -ex; cd /opt; make\n', []],
  [
    'cd under errexit of the shell',
    'FROM debian:13\nSHELL ["/bin/bash", "-euo", "pipefail", "-c"]\nRUN cd /opt; make\n',
    [],
  ],
  ['cd in another shell under errexit', "FROM debian:13\nRUN sh -ec 'cd /opt; make'\n", []],
  ['cd in another shell outside of errexit', "FROM debian:13\nRUN set -e; sh -c 'cd /opt; make'\n", [2]],
  ['cd at the end of a group', 'FROM debian:13\nRUN (make; cd /opt); ls\n', []],
  ['rm of what may be the root', 'FROM debian:13\nRUN rm -rf $DIR/*\nRUN rm -r "${DIR}/"\n', [2, 3]],
  ['rm of a folder', 'FROM debian:13\nRUN rm -rf $DIR/cache ${DIR:?}/* && rm -f $DIR/* && rm -rf $HOME/*\n', []],
  [
    'rm of a variable that is set',
    'FROM debian:13\nENV DIR=/opt/shop\nRUN rm -rf $DIR/* && OTHER=$(mktemp -d) && rm -rf $OTHER/*\n',
    [],
  ],
  ['rm of a variable that is set to nothing', 'FROM debian:13\nENV DIR=\nRUN rm -rf $DIR/*\n', [3]],
  ['export of a command', 'FROM debian:13\nRUN export A=$(curl a) && echo $A\nRUN export B=`curl b`\n', [2, 3]],
  ['export of a value', "FROM debian:13\nRUN export A=b C=$D E=$((1+1)) F='$(g)' && A=$(b) && export A\n", []],
  ['brackets', 'FROM debian:13\nRUN [-f a ] && b\nRUN [ -f a] && b\nRUN [ -f a ] && [ "$b" = "c]" ]\n', [2, 3]],
  [
    'assignments that are none',
    'FROM debian:13\nRUN A = b\nRUN $A=b\nRUN test = b; [ a = b ]; expr 1 = 1; A=b c\n',
    [2, 3],
  ],
  ['== under dash', 'FROM debian:13\nRUN [ "$a" == b ] || c\nRUN [ "$a" = b ] || c\n', [2]],
  ['== under dash by the tag', 'FROM python:3.13-slim-bookworm\nRUN test "$a" == b || c\n', [2]],
  [
    '== under other shells',
    'FROM debian:13\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN [ a == b ] || c\nFROM alpine:3.22\nRUN [ a == b ] || c\nFROM rockylinux:9\nRUN [ a == b ] || c\n',
    [],
  ],
  ['== where sh is another one', 'FROM debian:13\nRUN ln -sf bash /bin/sh\nRUN [ a == b ] || c\n', []],
  [
    'good code',
    'FROM debian:13\nRUN set -eu; for f in /opt/*; do if [ -d "$f" ]; then rm -rf "$f"; fi; done && A=$(date) && echo "$A" | tee /a\n',
    [],
  ],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
