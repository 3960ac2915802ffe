import { array, assert, constantFrom, property, shuffledSubarray, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupAliases } from './aliases.ts';

describe('a group goes by', () => {
  test.each([
    ['its only CVE', [['GHSA-a', ['CVE-2021-1']]], 'GHSA-a', 'CVE-2021-1'],
    [
      'the CVE that a further alias has',
      [
        ['PYSEC-1', ['GHSA-a']],
        ['GHSA-a', ['CVE-2021-1']],
      ],
      'PYSEC-1',
      'CVE-2021-1',
    ],
    ['its GHSA where it has no CVE', [['RUSTSEC-1', ['GHSA-b', 'GHSA-a']]], 'RUSTSEC-1', 'GHSA-a'],
    ['its GHSA where it has two CVEs', [['GO-1', ['CVE-2021-1', 'CVE-2021-2', 'GHSA-a']]], 'GO-1', 'GHSA-a'],
    [
      'each CVE of its own name, where it has two',
      [['GO-1', ['CVE-2021-1', 'CVE-2021-2']]],
      'CVE-2021-2',
      'CVE-2021-2',
    ],
    ['its own name', [['RUSTSEC-1', []]], 'RUSTSEC-1', 'RUSTSEC-1'],
    ['its own name, if nobody else has one', [], 'BIT-x', 'BIT-x'],
    [
      'one name though aliases go round in a circle',
      [
        ['GHSA-a', ['GHSA-b']],
        ['GHSA-b', ['GHSA-a', 'CVE-2021-1']],
      ],
      'GHSA-b',
      'CVE-2021-1',
    ],
  ] as const)('%s', (_, records, name, expected) => {
    expect(groupAliases(records as never).canonicalOf(name)).toBe(expected);
  });
});

test('the order in which records are met changes nothing', () => {
  const name = constantFrom('CVE-1', 'CVE-2', 'GHSA-1', 'GHSA-2', 'GO-1', 'PYSEC-1');
  const records = array(tuple(name, array(name, { maxLength: 3 })), { maxLength: 6 });
  const twice = records.chain((given) =>
    shuffledSubarray(given, { minLength: given.length }).map((shuffled) => [given, shuffled] as const),
  );
  assert(
    property(twice, ([given, shuffled]) => {
      const names = ['CVE-1', 'CVE-2', 'GHSA-1', 'GHSA-2', 'GO-1', 'PYSEC-1'];
      expect(names.map(groupAliases(shuffled).canonicalOf)).toEqual(names.map(groupAliases(given).canonicalOf));
    }),
  );
});

test('a chain of a hundred thousand aliases is one group', () => {
  const chain = Array.from({ length: 100_000 }, (_, index) => [`X-${index}`, [`X-${index + 1}`]] as const);
  expect(groupAliases([...chain, ['X-100000', ['CVE-2021-1']]]).canonicalOf('X-0')).toBe('CVE-2021-1');
});
