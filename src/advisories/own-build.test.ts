import { expect, test } from 'vitest';
import { dpkgOrdering } from '../versions/dpkg.ts';
import { rpmOrdering } from '../versions/rpm.ts';
import type { AdvisoryEntry } from './entry.ts';
import { ownBuilds } from './own-build.ts';

function entry(fixed: string, advisory = 1): AdvisoryEntry {
  return { advisory, ranges: [{ fixed }], versions: [], ratings: [] };
}

/** As ALSA-2021:0735 has them. */
const builds = [
  entry('1:10.24.0-1.module_el8.5.0+81+7dbe79d3'),
  entry('1:10.24.0-1.module_el8.3.0+2047+b07ac28e'),
  entry('1:10.24.0-1.module_el8.4.0+2224+b07ac28e'),
];

test.each([
  ['its own minor release', '1:10.23.1-1.module_el8.4.0+2000+aaaa', 2],
  ['its own, though it has the repair', '1:10.24.0-1.module_el8.3.0+2047+b07ac28e', 1],
  ['the oldest, where none is for its minor release', '1:10.19.0-1.module_el8.2.0+100+aaaa', 1],
  ['the oldest, where it says of none', '1:10.19.0-1', 1],
])('of several builds of one repair counts that for %s', (_, version, expected) => {
  expect(ownBuilds(builds, version, rpmOrdering)).toEqual([builds[expected]]);
});

test('repairs of several advisories all count', () => {
  const two = [entry('1.0-1.el8_4'), entry('1.0-1.el8_6', 2)];
  expect(ownBuilds(two, '0.9-1.el8_4', rpmOrdering)).toEqual(two);
});

test('what is no repair from the beginning on is left as it is', () => {
  const ranges = [entry('2.0-1'), { ...entry('3.0-1'), ranges: [{ introduced: '2.5-1', fixed: '3.0-1' }] }];
  expect(ownBuilds(ranges, '1.0-1', rpmOrdering)).toEqual(ranges);
  expect(ownBuilds([entry('2.0'), entry('3.0')], '2.5', dpkgOrdering)).toHaveLength(2);
});
