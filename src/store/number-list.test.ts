import { array, assert, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { packNumbers, unpackNumbers } from './number-list.ts';

test('gives back the numbers, wherever in the memory their bytes lie', () => {
  assert(
    property(array(nat(2 ** 32 - 1)), nat(7), (numbers, offset) => {
      const packed = packNumbers(numbers);
      const moved = new Uint8Array(packed.length + offset);
      moved.set(packed, offset);
      expect([...unpackNumbers(moved.subarray(offset))]).toEqual(numbers);
    }),
  );
});

test('the lowest byte comes first, and what is cut off is left out', () => {
  expect([...packNumbers([1, 0x01020304])]).toEqual([1, 0, 0, 0, 4, 3, 2, 1]);
  expect([...unpackNumbers(Uint8Array.of(1, 0, 0, 0, 4, 3))]).toEqual([1]);
});
