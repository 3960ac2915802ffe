import { expect, test } from 'vitest';
import type { JsonValue } from '../../model/json.ts';
import { isEmptySelector, labelMapFits, selectorFits } from './label-selector.ts';

const labels = { app: 'web', tier: 'front', version: 2 };

test.each<[JsonValue | undefined, boolean]>([
  [undefined, true],
  [null, true],
  [{}, true],
  [{ matchLabels: {} }, true],
  [{ matchLabels: { app: 'web' } }, true],
  [{ matchLabels: { app: 'web', tier: 'back' } }, false],
  [{ matchLabels: { version: '2' } }, true],
  [{ matchLabels: { toString: 'x' } }, false],
  [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['api', 'web'] }] }, true],
  [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['api'] }] }, false],
  [{ matchExpressions: [{ key: 'app', operator: 'In' }] }, false],
  [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, false],
  [{ matchExpressions: [{ key: 'gone', operator: 'NotIn', values: ['web'] }] }, true],
  [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, true],
  [{ matchExpressions: [{ key: 'gone', operator: 'Exists' }] }, false],
  [{ matchExpressions: [{ key: 'gone', operator: 'DoesNotExist' }] }, true],
  [{ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, false],
  [{ matchExpressions: [{ key: 'app', operator: 'Like' }] }, false],
  [{ matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
])('%j fits: %s', (selector, fits) => {
  expect(selectorFits(selector, labels)).toBe(fits);
});

test('a map without entries fits nothing', () => {
  expect(labelMapFits({}, labels)).toBe(false);
  expect(labelMapFits({ app: 'web' }, labels)).toBe(true);
  expect(labelMapFits({ app: 'web', other: 'x' }, labels)).toBe(false);
});

test.each<[JsonValue | undefined, boolean]>([
  [undefined, true],
  [{ matchLabels: {}, matchExpressions: [] }, true],
  [{ matchLabels: { app: 'web' } }, false],
  [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, false],
])('%j is empty: %s', (selector, empty) => {
  expect(isEmptySelector(selector)).toBe(empty);
});
