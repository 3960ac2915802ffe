import { expect, test } from 'vitest';
import { failureOf } from '../../test/failure.ts';
import type { FeedAge } from '../feeds/going-back.ts';
import { refuseOlder } from './refuse-older.ts';

const time = Date.UTC(2026, 10, 22, 17, 30) / 1000;
const npm: FeedAge = { key: 'npm', name: 'npm', kind: 'advisories', digest: 'a', newest: time, read: time };
const facts: FeedAge = { ...npm, key: 'cve', name: 'cve', kind: 'cve', newest: null };
const exploited: FeedAge = { ...npm, key: 'exploited', name: 'exploited', kind: 'exploited' };

test('says which feeds, and how old they are', async () => {
  const before = [npm, facts, exploited];
  const earlier = { digest: 'b', newest: time - 90_000, read: time - 60 };
  const error = await failureOf(() =>
    refuseOlder(
      before,
      [npm, facts].map((each) => ({ ...each, ...earlier })),
    ),
  );
  expect(error.code).toBe('feeds-older');
  expect(error.text).toEqual({
    en: [
      'this is older than what is in use: npm: its newest record is of 2026-11-21 16:30:00 UTC, the one in use of 2026-11-22 17:30:00 UTC',
      'facts of CVEs: it was read at 2026-11-22 17:29:00 UTC, what is in use at 2026-11-22 17:30:00 UTC',
      'exploited CVEs is not in it',
    ].join('; '),
    zh: [
      '所给数据比正在使用的更旧：npm：最新记录为 2026-11-21 16:30:00 UTC，而正在使用的为 2026-11-22 17:30:00 UTC',
      'CVE 详情：读取于 2026-11-22 17:29:00 UTC，而正在使用的读取于 2026-11-22 17:30:00 UTC',
      '已被利用的 CVE：其中没有',
    ].join('；'),
  });
  expect(error.advice?.en).toContain('--allow-older');
});

test('of many feeds some are named', async () => {
  const many = Array.from({ length: 8 }, (_, index) => ({ ...npm, key: `${index}`, name: `eco${index}` }));
  const { text } = await failureOf(() => refuseOlder(many, []));
  expect(text.en).toMatch(/eco4 is not in it; and 3 more$/);
  expect(text.zh).toMatch(/eco4：其中没有；以及另外 3 个$/);
});

test('nothing is said of what is as new', () => {
  expect(refuseOlder([npm], [npm, facts])).toBeUndefined();
});
