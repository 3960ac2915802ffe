import { expect, test } from 'vitest';
import { dockerfile, failingLines, remediesOf } from '../../../test/written.ts';
import { applyEdits } from '../../model/source-text.ts';
import { dockerfileUseraddHighUid as control } from './dockerfile-useradd-high-uid.ts';

test.each<[string, string, number[]]>([
  [
    'high',
    'FROM debian:13\nRUN useradd -u 100000 a\nRUN useradd --uid 1234567 b\nRUN useradd --uid=1234567 c\nRUN useradd -mu1234567 d\n',
    [2, 3, 4, 5],
  ],
  ['low', 'FROM debian:13\nRUN useradd -u 99999 a && useradd b\n', []],
  [
    'with the option',
    'FROM debian:13\nRUN useradd -l -u 1234567 a && useradd -mlu 1234567 b && useradd --no-log-init -u 1234567 c\n',
    [],
  ],
  ['a letter in a value', 'FROM debian:13\nRUN useradd -d /l -c -l -u 1234567 a\n', [2]],
  ['a variable with a value', 'FROM debian:13\nARG ID=1234567\nRUN useradd -u ${ID} a\n', [3]],
  ['a variable without one', 'FROM debian:13\nARG ID\nRUN useradd -u $ID a && useradd -u $(id -u) b\n', []],
  ['another program', 'FROM debian:13\nRUN adduser -u 1234567 a && groupadd -g 1234567 b\n', []],
  ['a builder', 'FROM debian:13 AS build\nRUN useradd -u 1234567 a\nFROM scratch\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});

test('the remedy adds the option', () => {
  expect(mended('FROM debian:13\nRUN useradd -u 1234567 a\n')).toBe('FROM debian:13\nRUN useradd -l -u 1234567 a\n');
});

function mended(text: string): string {
  const [remedy] = remediesOf(control, dockerfile(text));
  return remedy?.kind === 'text' ? applyEdits(text, remedy.edits) : 'by hand';
}
