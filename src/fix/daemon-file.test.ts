import { expect, test } from 'vitest';
import { mergedSettings } from './daemon-file.ts';

test.each([
  ['objects are merged', [{ features: { a: true } }, { features: { b: true } }], { features: { a: true, b: true } }],
  ['lists are joined', [{ labels: ['a'] }, { labels: ['b', 'a'] }], { labels: ['a', 'b'] }],
  ['the first of other values stands', [{ 'log-level': 'info' }, { 'log-level': 'warn' }], { 'log-level': 'info' }],
  ['fewer listeners win', [{ hosts: ['fd://', 'tcp://127.0.0.1:2376'] }, { hosts: ['fd://'] }], { hosts: ['fd://'] }],
  ['none at all win over some', [{ hosts: null }, { hosts: ['tcp://127.0.0.1:2376'] }], { hosts: null }],
])('%s', (_, all, expected) => {
  expect(mergedSettings(all)).toEqual(expected);
});

test('which of two wants is heard first does not matter to listeners', () => {
  const [few, many] = [{ hosts: ['fd://'] }, { hosts: ['fd://', 'tcp://127.0.0.1:2376'] }];
  expect(mergedSettings([few, many])).toEqual(mergedSettings([many, few]));
});
