import { assert, constantFrom, dictionary, oneof, property, string } from 'fast-check';
import { dump, load } from 'js-yaml';
import { expect, test } from 'vitest';
import { readIndented } from './indented-lines.ts';

function linesOf(text: string): string[] {
  return [...readIndented(text)].map(({ path, value }) => `${path.join(' > ')} = ${value}`);
}

test('tells keys with all that they stand in, and scalars as text', () => {
  const text = `# a comment
--- # and a document
version: 1.10
'quoted ''key''': "a \\"value\\""
/@scope/name@1.0.0(peer@2.0.0):
  resolution: {integrity: sha512-a==}
  'a: b': c
list:
  - one: 1
    two: 2
  - plain (1.0)
  - head (2.0):
    - inner
flat:
- a: x
  b: y
- c
after: end
`;
  expect(linesOf(text)).toEqual([
    'version = 1.10',
    'quoted \'key\' = a "value"',
    '/@scope/name@1.0.0(peer@2.0.0) = ',
    '/@scope/name@1.0.0(peer@2.0.0) > resolution = {integrity: sha512-a==}',
    '/@scope/name@1.0.0(peer@2.0.0) > a: b = c',
    'list = ',
    'list > - > one = 1',
    'list > - > two = 2',
    'list > - = plain (1.0)',
    'list > - > head (2.0) = ',
    'list > - > head (2.0) > - = inner',
    'flat = ',
    'flat > - > a = x',
    'flat > - > b = y',
    'flat > - = c',
    'after = end',
  ]);
});

test('keys that are too long for a line stand between a question mark and a colon', () => {
  expect(linesOf('a:\n  ? "long, key"\n  :\n    version: 1\n  ? other\n  : first: 2\n    second: 3\n')).toEqual([
    'a = ',
    'a > long, key = ',
    'a > long, key > version = 1',
    'a > other = ',
    'a > other > first = 2',
    'a > other > second = 3',
  ]);
});

test('nothing is nested without end, and no line is read that nobody writes', () => {
  expect(linesOf('- '.repeat(100_000))).toEqual([]);
  expect(linesOf(`a: 1\n${'b'.repeat(100_000)}: 2\nc: 3\n`)).toEqual(['a = 1', 'c = 3']);
});

interface Nested {
  readonly [key: string]: string | Nested;
}

/** Every text in it with the keys that lead there. */
function leavesOf(value: Nested, within: readonly string[] = []): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [`${[...within, key].join(' > ')} = ${inner}`] : leavesOf(inner, [...within, key]),
  );
}

test('reads what a writer of YAML wrote as a reader of all of YAML does', () => {
  const name = string({
    unit: constantFrom('a', 'b', '1', '.', '@', '/', ':', '-', "'", '"', ' ', '#', ',', '('),
    minLength: 1,
    maxLength: 12,
  });
  const leaf = constantFrom('x', '1.10', 'true', 'a: b', "it's");
  const inner = dictionary(name, leaf, { minKeys: 1, maxKeys: 3 });
  const middle = dictionary(name, oneof(leaf, inner), { minKeys: 1, maxKeys: 3 });
  const outer = dictionary(name, oneof(leaf, middle), { minKeys: 1, maxKeys: 3 });
  assert(
    property(outer, (value) => {
      const text = dump(value, { lineWidth: -1 });
      expect(load(text)).toEqual(value);
      const lines = [...readIndented(text)].filter((line) => line.value !== '');
      expect(lines.map(({ path, value: told }) => `${path.join(' > ')} = ${told}`)).toEqual(leavesOf(value));
    }),
  );
});
