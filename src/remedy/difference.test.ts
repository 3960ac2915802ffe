import { expect, test } from 'vitest';
import { compact, listDifference, objectDifference } from './difference.ts';

test('lists differ by what one has more of', () => {
  expect(listDifference(['a', 'b', 'b'], ['b', 'c'])).toEqual({ added: ['c'], removed: ['a', 'b'] });
});

test('objects differ by their innermost keys, lists whole', () => {
  const before = { keep: 1, gone: 1, list: ['a'], logging: { driver: 'x', options: { a: '1' } } };
  const after = { keep: 1, list: ['b'], logging: { driver: 'y' }, fresh: { a: 1 } };
  expect(objectDifference(before, after)).toEqual({
    changed: { list: ['b'], logging: { driver: 'y' }, fresh: { a: 1 } },
    removed: ['gone', 'logging.options'],
  });
});

test('keys that every object inherits are keys like any other', () => {
  const own = JSON.parse('{"__proto__":{"a":1},"constructor":"x"}') as object;
  expect(objectDifference({}, { ...own }).changed).toEqual({ ...own });
  expect(objectDifference({ constructor: 'x' }, {}).removed).toEqual(['constructor']);
});

test('what says nothing is left out, zero and false are kept', () => {
  expect(compact({ a: undefined, b: [], c: {}, d: { e: undefined }, f: 0, g: false, h: [{}] })).toEqual({
    f: 0,
    g: false,
    h: [{}],
  });
});
