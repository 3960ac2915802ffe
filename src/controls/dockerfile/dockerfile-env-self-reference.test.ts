import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import type { TextRemedy } from '../../model/remedy.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileEnvSelfReference as control } from './dockerfile-env-self-reference.ts';

test.each([
  ['ENV A=1 B=$A', [2]],
  ['ENV A="1" B="${A}/b"', [2]],
  ['ENV A=1 \\\n  C=2 \\\n  B="$C/$A"', [4]],
  ['ENV B=$A A=1', [2]],
  ['ENV A=1 PATH=/x:$A:$PATH', [2]],
  ['ENV A=1 B=${A%/} C=$A', [2, 2]],
  ['ONBUILD ENV A=1 B=$A', [2]],
  ['ENV A=1\nENV B=$A', []],
  ['ENV A=0\nENV A=1 B=$A', []],
  ['ARG A\nENV A=$A B=$A', []],
  ['ENV PATH=/x:$PATH B=2', []],
  ['ENV PATH=/x:$PATH OLD=$PATH', []],
  ['ENV A=1 B=$AB', []],
  ['ENV A=1 B=\\$A', []],
  ["ENV A=1 B='$A'", []],
  ['ENV A=1 B="\'x\'"', []],
  ['ENV A=1 B=${A:-2}', []],
  ['ENV A 1 B=$A', []],
  ['ARG A=1 B=$A', []],
])('%j', (lines, expected) => {
  expect(failingLines(control, dockerfile(`FROM debian:13\n${lines}\n`))).toEqual(expected);
});

test('quotes inside of quotes do not hide a variable', () => {
  expect(failingLines(control, dockerfile('FROM debian:13\nENV A=1 B="\'$A\'"\n'))).toEqual([2]);
});

test('what a stage inherits was set before', () => {
  const text = 'FROM debian:13 AS a\nENV A=1\nFROM a\nENV A=2 B=$A\nFROM debian:13\nENV A=2 B=$A\n';
  expect(failingLines(control, dockerfile(text))).toEqual([6]);
});

test.each([
  ['ENV A=1 B=$A C=3', 'ENV A=1\nENV B=$A C=3'],
  ['env A=1 \\\n    B=$A \\\n    C=$B', 'env A=1\nenv B=$A\nenv C=$B'],
])('%j is parted', (lines, mended) => {
  const text = `FROM debian:13\n${lines}\n`;
  const file = dockerfile(text);
  const edits = remediesOf(control, file).flatMap((remedy) => (remedy as TextRemedy).edits);
  expect(applyEdits(text, edits)).toBe(`FROM debian:13\n${mended}\n`);
});

test.each([
  'ENV B=$A A=1',
  'ENV A=1 \\\n  # a comment\n  B=$A',
  'ENV PATH=/x:$PATH A=1 B=$A:$PATH',
  'ONBUILD ENV A=1 B=$A',
])('by hand: %j', (lines) => {
  expect(remediesOf(control, dockerfile(`FROM debian:13\n${lines}\n`))).toMatchObject([{ kind: 'manual' }]);
});
