import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfileInstructionOrder as control } from './dockerfile-instruction-order.ts';

test.each([
  ['LABEL a=b\nFROM debian:13', [1]],
  ['ARG A=1\nRUN a\nENV b=c\nFROM debian:13', [2, 3]],
  ['# escape=`\n# a comment\n\nARG A=1\nFROM debian:13', []],
  ['FROM debian:13\nARG A\nRUN a\nFROM debian:13\nRUN b', []],
  ['ARG A\nRUN a\nCMD b', [2]],
  ['ARG A', []],
  ['Something else\nFROM debian:13', []],
])('%j', (text, lines) => {
  expect(failingLines(control, dockerfile(`${text}\n`))).toEqual(lines);
});
