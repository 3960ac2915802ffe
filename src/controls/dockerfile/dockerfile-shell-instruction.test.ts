import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileShellInstruction as control } from './dockerfile-shell-instruction.ts';

test.each<[string, string, number[]]>([
  [
    'a link',
    'FROM debian:13\nRUN ln -sf /bin/bash /bin/sh\nRUN rm /bin/sh && \\\n  ln -s /bin/bash /bin/sh\nRUN ln -snf bash /usr/bin/sh\n',
    [2, 4, 5],
  ],
  ['a link to it', 'FROM debian:13\nRUN ln -s /bin/sh /opt/shop/sh && ln -s /bin/sh\n', []],
  ['another command', 'FROM debian:13\nRUN ls -l /bin/sh && echo ln -s /bin/bash /bin/sh\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
