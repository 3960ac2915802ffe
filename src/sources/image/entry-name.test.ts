import { assert, property, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryName, namedBytes } from './entry-name.ts';

describe('names that are bytes', () => {
  test('UTF-8 stays what it is', () => {
    expect(entryName(Buffer.from('usr/bin/é你😀'))).toBe('usr/bin/é你😀');
    expect(namedBytes('usr/bin/é你😀')).toBe('usr/bin/é你😀');
  });

  test('stray bytes are kept apart', () => {
    const [one, other] = [entryName(Buffer.from('a\xfe', 'latin1')), entryName(Buffer.from('a\xff', 'latin1'))];
    expect(one).toBe('a\udcfe');
    expect(other).toBe('a\udcff');
    expect(namedBytes(one)).toEqual(Buffer.from('a\xfe', 'latin1'));
  });

  test('a surrogate, an overlong and a cut character are stray bytes', () => {
    for (const hexadecimal of ['eda080', 'c0af', 'f09f98', 'f8888080']) {
      const bytes = Buffer.from(hexadecimal, 'hex');
      expect(entryName(bytes)).toMatch(/^[\uDC80-\uDCFF]+$/);
      expect(namedBytes(entryName(bytes))).toEqual(bytes);
    }
  });

  test('whatever the bytes are, they come back', () => {
    assert(
      property(uint8Array({ maxLength: 40 }), (bytes) => {
        const back = namedBytes(entryName(Buffer.from(bytes)));
        return Buffer.from(back as string).equals(bytes);
      }),
    );
  });
});
