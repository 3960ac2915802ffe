import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { packText, unpackText } from './packed-text.ts';

test('texts are the same after they were kept, short or long', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(unpackText(packText(text))).toBe(text);
    }),
  );
});

test('what advisories are full of takes little room', () => {
  const address = 'https://nvd.nist.gov/vuln/detail/CVE-2024-3094 https://github.com/advisories/GHSA-aaaa-bbbb-cccc';
  expect(packText(address).length).toBeLessThan(address.length / 2);
});

test('what is longer than any real one is not unpacked', () => {
  expect(() => unpackText(packText('a'.repeat(65 * 1024 ** 2)))).toThrow(RangeError);
});

test('rubbish is no text', () => {
  expect(() => unpackText(Buffer.from([1, 0xff, 0xff, 0xff]))).toThrow(Error);
});
