import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileWorkdirNotCd as control } from './dockerfile-workdir-not-cd.ts';

test.each<[string, string, number[]]>([
  ['in front', 'FROM debian:13\nRUN cd /opt && make\n', [2]],
  ['alone and at the end', 'FROM debian:13\nRUN cd /opt\nRUN make && \\\n  cd /tmp\n', [2, 4]],
  ['once for each RUN', 'FROM debian:13\nRUN cd /a && make && cd /b && make\n', [2]],
  [
    'in a subshell, a condition and a loop',
    'FROM debian:13\nRUN (cd /a && make) && if true; then cd /b; fi && for i in a; do cd $i; done\n',
    [],
  ],
  ['in a here-document', 'FROM debian:13\nRUN <<EOF\ncd /opt\nmake\nEOF\n', []],
  ['other words', 'FROM debian:13\nRUN echo cd /opt && cdparanoia\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
