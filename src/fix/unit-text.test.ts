import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readUnitText, splitWords } from './unit-text.ts';

const valueOf = (text: string) => readUnitText(text).map(({ value }) => value);
const textsOf = (text: string, escapes?: 'c' | 'plain') => splitWords(text, escapes)?.map((word) => word.text);

describe('a unit file', () => {
  test('assignments come with their section and the line that they begin on', () => {
    expect(readUnitText('[Unit]\nAfter=a\n\n[Service]\n Type = notify \n')).toEqual([
      { section: 'Unit', key: 'After', value: 'a', line: 2 },
      { section: 'Service', key: 'Type', value: 'notify', line: 5 },
    ]);
  });

  test('what stands before the first section, and lines without =, count for nothing', () => {
    expect(readUnitText('Type=notify\n[Service]\nnothing\n')).toEqual([]);
  });

  test('a line that ends in a backslash goes on after a space, comments between its parts left out', () => {
    const text = '[Service]\nExecStart=/usr/bin/dockerd \\\n   -H fd:// \\\n# why\n; and why\n\t--debug\nType=notify\n';
    expect(readUnitText(text)).toEqual([
      { section: 'Service', key: 'ExecStart', value: '/usr/bin/dockerd     -H fd://  \t--debug', line: 2 },
      { section: 'Service', key: 'Type', value: 'notify', line: 7 },
    ]);
  });

  test('an escaped backslash at the end of a line does not join the next one to it', () => {
    expect(valueOf('[Service]\nA=x\\\\\nB=y\n')).toEqual([String.raw`x\\`, 'y']);
  });

  test('the last line may be cut short, lines may end in CR LF, and a byte order mark may come first', () => {
    expect(valueOf('\uFEFF[Service]\r\nA=x \\\r\n y\r\nB=z\\')).toEqual(['x   y', 'z']);
  });

  test('an empty value is there, as it resets', () => {
    expect(valueOf('[Service]\nExecStart=\n')).toEqual(['']);
  });
});

describe('words', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['  a\tb  ', ['a', 'b']],
    [`"a b" 'c d'`, ['a b', 'c d']],
    [`--x="a b"c`, ['--x=a bc']],
    [`"it's" '"'`, ["it's", '"']],
    [`""`, ['']],
    [String.raw`a\x20b \s \101 \u00e9 \U0001F433`, ['a b', ' ', 'A', 'é', '🐳']],
    [String.raw`"a\"b" 'a\'b'`, ['a"b', "a'b"]],
    [String.raw`a\qb \x0`, [String.raw`a\qb`, String.raw`\x0`]],
    [String.raw`\x00 \414`, [String.raw`\x00`, String.raw`\414`]],
    ['%H $A ${B} $$', ['%H', '$A', '${B}', '$$']],
  ])('%s', (text, words) => {
    expect(textsOf(text)).toEqual(words);
  });

  test('in the value of a variable a backslash only quotes', () => {
    expect(textsOf(String.raw`a\ b \n "\""`, 'plain')).toEqual(['a b', 'n', '"']);
  });

  test('a quote that is not closed cannot be read', () => {
    expect(splitWords('a "b c')).toBeUndefined();
  });

  test('a word knows how it is written and where', () => {
    expect(splitWords(` a  "b c"`)).toEqual([
      { raw: 'a', text: 'a', start: 1, end: 2 },
      { raw: '"b c"', text: 'b c', start: 4, end: 9 },
    ]);
  });

  test('words as they were written, joined by spaces, are the same words', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '-', '=', ' ', '\\', '"', "'", '%', '$', 'x', '2') }),
        (text) => {
          const words = splitWords(text);
          fc.pre(words !== undefined);
          expect(textsOf(words.map(({ raw }) => raw).join(' '))).toEqual(words.map((word) => word.text));
        },
      ),
    );
  });
});
