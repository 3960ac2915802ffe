import { expect, test } from 'vitest';
import { answered } from '../answered.fixture.ts';
import { judgePulling, testOwnRegistries } from './registry.fixture.ts';
import { registryStaleImages as control } from './registry-stale-images.ts';

test.each([
  [true, 'pass'],
  [false, 'fail'],
])('a person answers %s', (holds, status) => {
  expect(judgePulling(control, ['registry.example/shop/web'], answered(holds)).status).toBe(status);
});

testOwnRegistries(control);
