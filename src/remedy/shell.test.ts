import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { invisible } from './invisible.ts';
import { shellOperand, shellWord } from './shell.ts';

/** What a shell makes of a line: its words. */
function wordsOf(line: string): string[] {
  const output = execFileSync('bash', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
  return output.split('\0').slice(0, -1);
}

const hostileText = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...Array.from('\'"\\$`~=-#! \n\r\t\u001b\u202e{}*?中')) }),
  )
  .map((text) => text.toWellFormed().replaceAll('\0', ''));

test('a shell reads back every word as it was, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 1, maxLength: 50 }), (words) => {
      expect(wordsOf(words.map(shellWord).join(' '))).toEqual(words);
    }),
    { numRuns: 40 },
  );
});

test('a word stays on one line and hides nothing', () => {
  fc.assert(
    fc.property(hostileText, (word) => {
      expect(shellWord(word).search(invisible)).toBe(-1);
    }),
  );
});

test.each(['web', '/etc/x', 'type=bind,source=/a', '10001:10001', 'a@sha256:0f'])('%s needs no quotes', (word) => {
  expect(shellWord(word)).toBe(word);
});

test.each([
  ['', "''"],
  ['=ls', "'=ls'"],
  ['~root', "'~root'"],
  ["it's", String.raw`'it'\''s'`],
  ['a\u001b[31m', String.raw`$'a\033[31m'`],
])('%j is quoted', (word, quoted) => {
  expect(shellWord(word)).toBe(quoted);
});

test('a name is never taken for an option', () => {
  expect(shellOperand('web')).toBe('web');
  expect(shellOperand('--privileged')).toBe('-- --privileged');
});
