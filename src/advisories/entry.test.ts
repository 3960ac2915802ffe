import { array, assert, constantFrom, option, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { packEntry, unpackEntries } from './entry.ts';

const range = constantFrom(
  {},
  { introduced: '1.0' },
  { fixed: '2.0' },
  { introduced: '1.0', fixed: '2.0-1~deb12u1' },
  { introduced: '1.0', lastAffected: '1.9' },
  { before: '3.0' },
);
const rating = record({ source: constantFrom('ubuntu', 'record'), word: string({ maxLength: 8 }) });

test('entries are the same after they were kept', () => {
  const entry = record({
    advisory: constantFrom(1, 88_000),
    ranges: array(range),
    versions: array(string({ unit: 'binary', maxLength: 8 })),
    status: option(constantFrom('affected', 'end-of-life'), { nil: undefined }),
    module: option(constantFrom('nodejs:18'), { nil: undefined }),
    ratings: array(rating, { maxLength: 2 }),
  });
  assert(
    property(array(entry), (entries) => {
      const given = entries.map(({ status, module, ...each }) => ({
        ...each,
        ...(status === undefined ? {} : { status }),
        ...(module === undefined ? {} : { module }),
      }));
      expect(unpackEntries(given.map(packEntry).join(','))).toEqual(given);
    }),
  );
});

test('what most entries do not have takes no room', () => {
  expect(packEntry({ advisory: 7, ranges: [{ fixed: '1.2-3' }], versions: [], ratings: [] })).toBe(
    '[7,[["","f","1.2-3"]]]',
  );
});
