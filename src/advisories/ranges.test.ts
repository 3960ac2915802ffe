import { array, assert, constantFrom, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { dpkgOrdering } from '../versions/dpkg.ts';
import { compareVersions } from '../versions/ordering.ts';
import { semverOrdering } from '../versions/semver.ts';
import { isInRange, rangesOfEvents } from './ranges.ts';

function rangesOf(...events: JsonObject[]) {
  return rangesOfEvents({ type: 'SEMVER', events }, semverOrdering);
}

describe('events become ranges', () => {
  test.each([
    ['from the beginning', [{ introduced: '0' }, { fixed: '1.2.0' }], [{ fixed: '1.2.0' }]],
    ['without an end', [{ introduced: '0' }], [{}]],
    [
      'with a last one',
      [{ introduced: '1.0.0' }, { last_affected: '1.2.0' }],
      [{ introduced: '1.0.0', lastAffected: '1.2.0' }],
    ],
    [
      'in any order, in pairs',
      [{ fixed: '2.3.0' }, { introduced: '2.0.0' }, { fixed: '1.4.0' }, { introduced: '1.0.0' }],
      [
        { introduced: '1.0.0', fixed: '1.4.0' },
        { introduced: '2.0.0', fixed: '2.3.0' },
      ],
    ],
    [
      'introduced again at the end',
      [{ introduced: '0' }, { fixed: '1.0.0' }, { introduced: '1.5.0' }],
      [{ fixed: '1.0.0' }, { introduced: '1.5.0' }],
    ],
    ['fixed twice', [{ introduced: '0' }, { fixed: '1.0.0' }, { fixed: '2.0.0' }], [{ fixed: '1.0.0' }]],
    [
      'introduced twice',
      [{ introduced: '1.0.0' }, { introduced: '1.1.0' }, { fixed: '2.0.0' }],
      [{ introduced: '1.0.0', fixed: '2.0.0' }],
    ],
    ['introduced and fixed in one', [{ introduced: '1.0.0' }, { fixed: '1.0.0' }], []],
    [
      'up to a limit, which promises no repair',
      [{ introduced: '1.0.0' }, { limit: '2.0.0' }],
      [{ introduced: '1.0.0', before: '2.0.0' }],
    ],
    [
      'a limit that nothing reaches',
      [{ introduced: '1.0.0' }, { fixed: '1.5.0' }, { limit: '2.0.0' }],
      [{ introduced: '1.0.0', fixed: '1.5.0' }],
    ],
    ['no limit', [{ introduced: '1.0.0' }, { limit: '*' }], [{ introduced: '1.0.0' }]],
    ['beyond the limit', [{ introduced: '3.0.0' }, { limit: '2.0.0' }], []],
  ])('%s', (_, events, expected) => {
    expect(rangesOf(...events)).toEqual(expected);
  });

  test('what was never affected: fixed in 0', () => {
    expect(rangesOfEvents({ events: [{ introduced: '0' }, { fixed: '0' }] }, dpkgOrdering)).toEqual([]);
  });

  test.each([
    ['a version that is none', [{ introduced: '0' }, { fixed: 'now or later' }]],
    ['an event that is none', [{ introduced: '0' }, { repaired: '1.0.0' }]],
    ['nothing', []],
  ])('nothing is said of %s', (_, events) => {
    expect(rangesOf(...(events as JsonObject[]))).toBeUndefined();
  });
});

const versions = ['0.0.0-0', '0.9.0', '1.0.0-rc.1', '1.0.0', '1.1.0', '2.0.0', '3.0.0'];

test('a version lies in the ranges exactly when walking over the sorted events says so', () => {
  const event = record({
    kind: constantFrom('introduced', 'fixed', 'last_affected'),
    version: constantFrom('0', ...versions.slice(1)),
  });
  assert(
    property(array(event, { minLength: 1, maxLength: 6 }), constantFrom(...versions), (written, version) => {
      const events = written
        .filter(({ kind, version: at }) => kind === 'introduced' || at !== '0')
        .map(({ kind, version: at }) => ({ [kind]: at }));
      if (events.length === 0) return;
      const ranges = rangesOf(...events) ?? [];
      const parsed = semverOrdering.parse(version);
      expect(parsed !== undefined && ranges.some((range) => isInRange(parsed, range, semverOrdering))).toBe(
        walked(events, version),
      );
    }),
    { numRuns: 2000 },
  );
});

type Written = Readonly<Record<string, string>>;

function versionOf(event: Written): string {
  return Object.values(event)[0] ?? '';
}

/** What `introduced: 0` says is before everything. */
function order(left: string, right: string): number {
  if (left === '0' || right === '0') return Number(left !== '0') - Number(right !== '0');
  return compareVersions(semverOrdering, left, right) ?? Number.NaN;
}

/** As the specification of OSV writes it. */
function walked(events: readonly Written[], version: string): boolean {
  let isAffected = false;
  for (const event of events.toSorted((left, right) => order(versionOf(left), versionOf(right)))) {
    const at = versionOf(event);
    if ('introduced' in event && order(version, at) >= 0) isAffected = true;
    if ('fixed' in event && order(version, at) >= 0) isAffected = false;
    if ('last_affected' in event && order(version, at) > 0) isAffected = false;
  }
  return isAffected;
}
