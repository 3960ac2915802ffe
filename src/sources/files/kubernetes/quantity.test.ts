import { expect, test } from 'vitest';
import { quantityOf } from './quantity.ts';

test.each([
  ['128', 128],
  [2, 2],
  [0.5, 0.5],
  ['500m', 0.5],
  ['100m', 0.1],
  ['1500u', 0.0015],
  ['5n', 5e-9],
  ['.5', 0.5],
  ['1.', 1],
  ['+3', 3],
  ['-3', -3],
  ['64Ki', 65_536],
  ['256Mi', 268_435_456],
  ['1.5Gi', 1_610_612_736],
  ['1Ti', 1024 ** 4],
  ['1Pi', 1024 ** 5],
  ['1Ei', 1024 ** 6],
  ['1k', 1000],
  ['512M', 512_000_000],
  ['1G', 1e9],
  ['1T', 1e12],
  ['1P', 1e15],
  ['1E', 1e18],
  ['1e3', 1000],
  ['12E2', 1200],
  ['5e-1', 0.5],
])('%s is %d', (written, amount) => {
  expect(quantityOf(written)).toBe(amount);
});

test.each([['512MB'], ['1 Gi'], ['256mi'], ['1K'], ['Mi'], [''], ['1e'], ['1.2.3'], [true], [null], [undefined], [{}]])(
  '%s is no amount',
  (written) => {
    expect(quantityOf(written)).toBeUndefined();
  },
);
