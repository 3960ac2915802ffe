import { describe, expect, test } from 'vitest';
import type { JsonValue, KeyPath } from '../model/json.ts';
import { parseYaml } from './yaml.ts';
import { type PlacedValue, placedValueOf, valueOf, type YamlVersion } from './yaml-value.ts';

function placed(text: string): PlacedValue {
  const root = parseYaml(text)[0]?.root;
  if (!root) throw new Error('no root');
  return placedValueOf(root, '1.2');
}

function read(text: string, version: YamlVersion): JsonValue | undefined {
  const root = parseYaml(text)[0]?.root;
  return root && valueOf(root, version);
}

test.each<[string, JsonValue, JsonValue]>([
  // written, in 1.1, in 1.2
  ['yes', true, 'yes'],
  ['No', false, 'No'],
  ['off', false, 'off'],
  ['y', true, 'y'],
  ['TRUE', true, true],
  ['"true"', 'true', 'true'],
  ["'yes'", 'yes', 'yes'],
  ['!!str true', 'true', 'true'],
  ['0644', 0o644, 644],
  ['0o644', 0o644, 0o644],
  ['0x1F', 31, 31],
  ['1_000', 1000, '1_000'],
  ['-1', -1, -1],
  ['+.5', 0.5, 0.5],
  ['1e3', 1000, 1000],
  ['12:30', '12:30', '12:30'],
  ['1.2.3', '1.2.3', '1.2.3'],
  ['2026-01-01', '2026-01-01', '2026-01-01'],
  ['~', null, null],
  ['Null', null, null],
  ['100m', '100m', '100m'],
  ['-', '-', '-'],
])('%s', (written, older, newer) => {
  expect(read(`a: ${written === '-' ? '"-"' : written}`, '1.1')).toEqual({ a: older });
  expect(read(`a: ${written === '-' ? '"-"' : written}`, '1.2')).toEqual({ a: newer });
});

describe('merge keys', () => {
  const text = `base: &base
  x: 1
  y: 2
more: &more { y: 3, z: 4 }
a:
  <<: *base
  y: 20
b:
  <<: [*more, *base]
`;

  test('own keys win, and the first of several sources', () => {
    expect(read(text, '1.2')).toMatchObject({ a: { x: 1, y: 20 }, b: { x: 1, y: 3, z: 4 } });
  });

  test('a merged field stands where it was written', () => {
    const { offsetAt } = placed(text);
    expect(text.slice(0, offsetAt(['a', 'x'])).split('\n')).toHaveLength(2);
    expect(text.slice(0, offsetAt(['a', 'y'])).split('\n')).toHaveLength(7);
    expect(text.slice(0, offsetAt(['b', 'z'])).split('\n')).toHaveLength(4);
  });

  test('a quoted key of this name is a name', () => {
    expect(read('a: { "<<": 1 }', '1.2')).toEqual({ a: { '<<': 1 } });
  });
});

describe('places', () => {
  test('a field stands where its key does, an entry of a list where it begins itself', () => {
    const text = 'a: [1, {b: 2, c: [3]}]\nd: 4\n';
    const { offsetAt } = placed(text);
    const at = (...path: KeyPath) => text.slice(offsetAt(path)).slice(0, 2);
    expect([at(), at('a'), at('a', 0), at('a', 1), at('a', 1, 'c'), at('a', 1, 'c', 0), at('d')]).toEqual([
      'a:',
      'a:',
      '1,',
      '{b',
      'c:',
      '3]',
      'd:',
    ]);
  });

  test('a field that is absent stands where the nearest one around it does', () => {
    const text = 'a:\n  b:\n    c: 1\n';
    const { offsetAt } = placed(text);
    expect(offsetAt(['a', 'b', 'x', 'y'])).toBe(text.indexOf('b:'));
    expect(offsetAt(['a', 'b', 0])).toBe(text.indexOf('b:'));
  });

  test('what an alias stands for has the places of the anchor, in every place', () => {
    const text = 'a: &list [{b: 1}, {c: 2}]\nd: *list\ne: [*list, {f: *list}]\ng: 3\n';
    const { offsetAt } = placed(text);
    const paths: KeyPath[] = [['a'], ['d'], ['e', 0], ['e', 1, 'f']];
    for (const path of paths) expect(offsetAt([...path, 1, 'c'])).toBe(text.indexOf('c:'));
    expect(offsetAt(['e', 1, 'f'])).toBe(text.indexOf('f:'));
    expect(offsetAt(['g'])).toBe(text.indexOf('g:'));
  });

  test.each([
    ['whole numbers as keys', 'b: {x: 1}\n"10": {x: 2}\n9: {x: 3}\na: {x: 4}\n'],
    ['a key that is there twice', 'b: {y: 1, z: 2}\na: {x: 1}\nb: {x: 4}\nc: {x: 3}\n'],
    ['names that every object has', '__proto__: {x: 1}\nconstructor: {x: 2}\na: {x: 3}\n'],
  ])('%s do not confuse them', (_, text) => {
    const { value, offsetAt } = placed(text);
    for (const [key, inner] of Object.entries(value as Record<string, { x: number }>)) {
      expect(text.slice(offsetAt([key, 'x']))).toMatch(new RegExp(`^x: ${inner.x}`));
    }
  });
});

test('what every object has is no key', () => {
  expect(read('constructor: 1\n__proto__: 2\n', '1.2')).toHaveProperty('constructor', 1);
});
