import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandWord, type Lookup } from './expand.ts';

const values: Readonly<Record<string, string | null>> = {
  x: 'abcabc',
  empty: '',
  path: '/usr/local/lib.tar.gz',
  later: null,
};
const lookup: Lookup = (name) => values[name];

function valueOf(word: string, escape = '\\') {
  return expandWord(word, lookup, escape).value;
}

test.each([
  ['plain', 'plain'],
  ['$x', 'abcabc'],
  ['${x}y', 'abcabcy'],
  ['$x$empty.', 'abcabc.'],
  ['"a $x"', 'a abcabc'],
  ["'a $x'", 'a $x'],
  ['\\$x', '$x'],
  ['"\\$x \\n \\""', '$x \\n "'],
  ['a\'b\'"c"', 'abc'],
  ['a\\ b', 'a b'],
  ['$', '$'],
  ['a$.', 'a$.'],
  ['end\\', 'end'],
  ['""', ''],
])('%s is %j', (word, expected) => {
  expect(valueOf(word)).toBe(expected);
});

test.each([
  ['${none:-d}', 'd'],
  ['${none-d}', 'd'],
  ['${empty:-d}', 'd'],
  ['${empty-d}', ''],
  ['${x:-d}', 'abcabc'],
  ['${none:+d}', ''],
  ['${empty:+d}', ''],
  ['${empty+d}', 'd'],
  ['${x:+d}', 'd'],
  ['${later+d}', 'd'],
  ['${x:?must}', 'abcabc'],
  ['${none:-$x}', 'abcabc'],
  ['${none:-${none:-${x}}}', 'abcabc'],
  ['${none:-"a}b"}', 'a}b'],
  ['${x:-$none}', 'abcabc'],
  ['${none:+$none}', ''],
])('the choice %s is %j', (word, expected) => {
  expect(valueOf(word)).toBe(expected);
});

test.each([
  ['${x#a}', 'bcabc'],
  ['${x#a*b}', 'cabc'],
  ['${x##a*b}', 'c'],
  ['${x#z}', 'abcabc'],
  ['${x%c}', 'abcab'],
  ['${x%b*}', 'abca'],
  ['${x%%b*}', 'a'],
  ['${x%??}', 'abca'],
  ['${path##*/}', 'lib.tar.gz'],
  ['${path%.*}', '/usr/local/lib.tar'],
  ['${path%%.*}', '/usr/local/lib'],
  ['${x/b/z}', 'azcabc'],
  ['${x//b/z}', 'azcazc'],
  ['${x//b/}', 'acac'],
  ['${x/a*c/z}', 'z'],
  ['${x//?b/z}', 'zczc'],
  ['${path//\\//_}', '_usr_local_lib.tar.gz'],
  ['${x/a/$path}', '/usr/local/lib.tar.gzbcabc'],
])('the pattern %s gives %j', (word, expected) => {
  expect(valueOf(word)).toBe(expected);
});

test.each([
  '$none',
  '${none}',
  'a$later',
  '${later:-d}',
  '${none:?must}',
  '${empty:?must}',
  '${none#a}',
  '${x/$none/y}',
  '$1',
  '$@',
])('%s has no value, and is no mistake', (word) => {
  expect(expandWord(word, lookup, '\\')).toEqual({ variable: true });
});

test.each(['${', '${x', '${}', '${x:1}', '${x^^}', '${x@Q}', '${x/b}', "'a", '"a', '"$x'])('%s is refused', (word) => {
  const { value, error } = expandWord(word, lookup, '\\');
  expect(value).toBeUndefined();
  expect(error?.en).not.toBe('');
});

test('another escape character', () => {
  expect(valueOf('C:\\$x`$x', '`')).toBe('C:\\abcabc$x');
});

test('a variable is told apart from a dollar sign', () => {
  expect(expandWord("'$x'", lookup, '\\').variable).toBe(false);
  expect(expandWord('$x', lookup, '\\').variable).toBe(true);
});

describe('what is made to take long', () => {
  test.each(['${x:-'.repeat(10_000), `${'${x:-'.repeat(90)}y${'}'.repeat(90)}`])('is read at once', (word) => {
    expect(() => expandWord(word, lookup, '\\')).not.toThrow();
  });

  test('a pattern in a value that is too long has no value', () => {
    expect(expandWord('${y//a*b/c}', () => 'a'.repeat(100_000), '\\')).toEqual({ variable: true });
    expect(expandWord('${y#*b}', () => 'a'.repeat(100_000), '\\')).toEqual({ variable: true });
  });
});

test('any word is read', () => {
  const part = fc.constantFrom(
    '$',
    '{',
    '}',
    'x',
    'none',
    ':',
    '-',
    '+',
    '?',
    '#',
    '%',
    '/',
    '*',
    "'",
    '"',
    '\\',
    ' ',
    'é',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const { value, error, variable } = expandWord(parts.join(''), lookup, '\\');
      expect(value === undefined || error === undefined).toBe(true);
      expect(value !== undefined || error !== undefined || variable).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
