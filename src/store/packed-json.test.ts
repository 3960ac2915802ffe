import { assert, jsonValue, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '../model/json.ts';
import { packJson, unpackJson } from './packed-json.ts';

const limit = 2 ** 20;

test('gives back what JSON gives back, whatever it is', () => {
  assert(
    property(jsonValue({ maxDepth: 4 }), string({ unit: 'binary' }), (value, key) => {
      const kept = { [`_${key}`]: value as JsonValue };
      expect(unpackJson(packJson(kept), limit)).toEqual(JSON.parse(JSON.stringify(kept)));
    }),
    { numRuns: 300 },
  );
});

test('long lists and long texts are more than one piece', () => {
  const kept = {
    paths: Array.from({ length: 40_000 }, (_, index) => `usr/share/文件/${index}`),
    nested: { sizes: Array.from({ length: 513 }, (_, index) => index), none: [], empty: {}, left: undefined },
    text: 'é'.repeat(300_000),
  };
  const packed = packJson(kept);
  expect(packed.readUInt32LE(0)).toBeLessThan(packed.length - 4);
  expect(unpackJson(packed, 2 ** 24)).toEqual({ ...kept, nested: { sizes: kept.nested.sizes, none: [], empty: {} } });
});

test('no more than the limit is unpacked, however little it is packed', () => {
  const packed = packJson({ text: 'a'.repeat(10_000), more: Array.from({ length: 2000 }, () => 'b'.repeat(1000)) });
  expect(() => unpackJson(packed, limit)).toThrow(RangeError);
  expect(() => unpackJson(packed, 4 * limit)).not.toThrow();
});

test('what is cut off is no value', () => {
  const packed = packJson({ a: ['b'] });
  for (let length = 0; length < packed.length; length += 1) {
    expect(() => unpackJson(packed.subarray(0, length), limit)).toThrow(Error);
  }
});
