import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../model/json.ts';
import { parseYaml } from './yaml.ts';
import { offsetOf, placeAt, valueOf, type YamlVersion } from './yaml-value.ts';

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
    const root = parseYaml(text)[0]?.root;
    if (!root) throw new Error('no root');
    expect(text.slice(0, offsetOf(placeAt(root, ['a', 'x']))).split('\n')).toHaveLength(2);
    expect(text.slice(0, offsetOf(placeAt(root, ['a', 'y']))).split('\n')).toHaveLength(7);
  });

  test('a quoted key of this name is a name', () => {
    expect(read('a: { "<<": 1 }', '1.2')).toEqual({ a: { '<<': 1 } });
  });
});

test('a field that is absent stands where the nearest one around it does', () => {
  const root = parseYaml('a:\n  b:\n    c: 1\n')[0]?.root;
  if (!root) throw new Error('no root');
  expect(placeAt(root, ['a', 'b', 'x', 'y'])).toMatchObject({ key: { text: 'b' }, depth: 2 });
});

test('what every object has is no key', () => {
  expect(read('constructor: 1\n__proto__: 2\n', '1.2')).toHaveProperty('constructor', 1);
});
