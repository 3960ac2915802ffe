import { describe, expect, test } from 'vitest';
import { type FeedAge, setBacks } from './going-back.ts';

const day = 86_400;
const npm: FeedAge = { key: 'npm', name: 'npm', kind: 'advisories', digest: 'a', newest: 100 * day, read: 101 * day };
const facts: FeedAge = { ...npm, key: 'cve', name: 'cve', kind: 'cve', newest: null };

function change(feed: FeedAge, to: Partial<FeedAge>): FeedAge[] {
  return [{ ...feed, digest: 'b', ...to }];
}

describe('is older', () => {
  test.each<[string, FeedAge, Partial<FeedAge>, string]>([
    ['by a second, and read earlier', npm, { newest: 100 * day - 1, read: 101 * day - 1 }, 'newest'],
    ['by a day, though read later', npm, { newest: 99 * day, read: 200 * day }, 'newest'],
    ['by a day, read at the same time', npm, { newest: 99 * day }, 'newest'],
    ['without dates, read earlier', facts, { read: 101 * day - 1 }, 'read'],
    ['with dates that nobody knows any more, read earlier', npm, { newest: null, read: 100 * day }, 'read'],
  ])('%s', (_, before, to, by) => {
    const [after] = change(before, to);
    const [times, was] = by === 'newest' ? [after?.newest, before.newest] : [after?.read, before.read];
    const { name, kind } = before;
    expect(setBacks([before], change(before, to))).toEqual([{ name, kind, by, before: was, after: times }]);
  });

  test('what is not there any more', () => {
    const [missing, fresh] = setBacks([npm, facts], []);
    expect(missing).toEqual({ name: 'npm', kind: 'advisories', by: 'missing', before: npm.newest });
    expect(fresh).toMatchObject({ name: 'cve', by: 'missing', before: facts.read });
  });
});

describe('is not older', () => {
  test.each<[string, FeedAge, Partial<FeedAge>]>([
    ['newer', npm, { newest: 100 * day + 1, read: 102 * day }],
    ['newer, though read earlier', npm, { newest: 100 * day + 1, read: 1 }],
    ['as new, read earlier', npm, { read: 1 }],
    ['a little older, but read later: the newest was deleted where it came from', npm, { newest: 99 * day + 1 }],
    ['the same, read earlier', facts, { digest: 'a', read: 1 }],
    ['the same, by whatever dates', npm, { digest: 'a', newest: 1, read: 1 }],
    ['without dates, read later', facts, { read: 102 * day }],
  ])('%s', (_, before, to) => {
    expect(setBacks([before], change(before, to))).toEqual([]);
  });

  test('what was not there before', () => {
    expect(setBacks([], [npm])).toEqual([]);
    expect(setBacks([npm], [npm, facts])).toEqual([]);
  });
});

test('a feed is known again however it is written', () => {
  const saved = { ...npm, key: 'rockylinux', name: 'Rocky Linux' };
  expect(setBacks([saved], change(saved, { name: 'RockyLinux', newest: 101 * day }))).toEqual([]);
});
