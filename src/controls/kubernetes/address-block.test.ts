import { expect, test } from 'vitest';
import { blockHolds } from './address-block.ts';

test.each([
  ['0.0.0.0/0', '169.254.169.254', true],
  ['169.254.169.254/32', '169.254.169.254', true],
  ['169.254.169.252/31', '169.254.169.254', false],
  ['128.0.0.0/1', '169.254.169.254', true],
  ['0.0.0.0/1', '169.254.169.254', false],
  ['169.254.169.254', '169.254.169.254', false],
  ['169.254.169.254/33', '169.254.169.254', false],
  ['1.2.3.256/0', '1.2.3.4', false],
  ['::/0', '1.2.3.4', false],
])('%s holds %s: %s', (block, address, holds) => {
  expect(blockHolds(block, address)).toBe(holds);
});
