import { expect, test } from 'vitest';
import { readableBytes } from './readable-bytes.ts';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KiB'],
  [256 * 1024 ** 2, '256 MiB'],
  [1.5 * 1024 ** 3, '1.5 GiB'],
  [1024 ** 6, '1024 PiB'],
])('%s bytes are %s', (bytes, text) => {
  expect(readableBytes(bytes)).toBe(text);
});
