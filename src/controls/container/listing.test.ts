import { expect, test } from 'vitest';
import { listed } from './listing.ts';

test('items are listed in the order and with the separators of each language', () => {
  expect(listed(['a', { en: 'b', zh: '乙' }])).toEqual({ en: 'a, b', zh: 'a、乙' });
  expect(listed([])).toEqual({ en: '', zh: '' });
});

test('of a long list the first are named and the others counted', () => {
  expect(listed(['a', 'b', 'c', 'd'], 2)).toEqual({ en: 'a, b and 2 more', zh: 'a、b 等 4 项' });
  expect(listed(['a', 'b'], 2).en).toBe('a, b');
});
