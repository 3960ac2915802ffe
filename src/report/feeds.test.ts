import { expect, test } from 'vitest';
import { unreadable } from '../model/fact.ts';
import type { FeedStatus } from '../model/feed-status.ts';
import { renderFeedStatus, renderFeedStatusJson, renderImported } from './feeds.ts';

const day = Date.UTC(2024, 4, 1) / 1000;
const debian: FeedStatus = {
  name: 'Debian',
  kind: 'advisories',
  origin: '/media/Debian.zip',
  digest: 'ab',
  read: day,
  newest: day - 86_400,
  records: 8910,
  withdrawn: 3,
  aside: [{ reason: 'it is no JSON', count: 2, example: 'DSA-\u001b[31m.json' }],
};
const exploited: FeedStatus = { ...debian, name: 'exploited', kind: 'exploited', newest: null, aside: [] };

test('a table for people: how many, how fresh, from where, and what was not understood', () => {
  expect(renderFeedStatus([debian, exploited], 'en')).toBe(
    [
      'FEED            RECORDS  WITHDRAWN  NEWEST      READ        FROM',
      'Debian          8910     3          2024-04-30  2024-05-01  /media/Debian.zip',
      'exploited CVEs  8910     3                      2024-05-01  /media/Debian.zip',
      '',
      'Not understood:',
      String.raw`  Debian: 2 × it is no JSON (DSA-\e[31m.json)`,
      '',
    ].join('\n'),
  );
  expect(renderFeedStatus([exploited], 'zh')).toContain('已被利用的 CVE');
  const said = [{ reason: 'modified is missing or no date', count: 1, example: 'x' }];
  expect(renderFeedStatus([{ ...debian, aside: said }], 'zh')).toContain('缺少 modified 或不是日期');
  expect(renderFeedStatus([{ ...debian, kind: 'status', name: 'redhat-status' }], 'en')).toContain(
    'status of packages (redhat-status)',
  );
});

test('nothing yet says what to do', () => {
  expect(renderFeedStatus([], 'en')).toContain('plimsoll feeds import FOLDER');
});

test('the same for programs', () => {
  expect(JSON.parse(renderFeedStatusJson([exploited]))).toEqual({
    schema: 'plimsoll.feeds/1',
    feeds: [{ ...exploited, read: '2024-05-01T00:00:00.000Z', newest: null }],
  });
});

test('an update says also what is as it was, and what was not fetched', () => {
  const failed = { ...exploited, reason: { en: 'nobody there', zh: '无人应答' } };
  const rest = { unchanged: [debian], failed: [failed] };
  const said = 'Nothing new: Debian\n\nNot fetched, what was there before stays in use: exploited CVEs\n';
  expect(renderImported([], [], 'table', 'en', rest)).toBe(said);
  const imported = { ...debian, name: 'npm', aside: [], added: 5, changed: 1, removed: 2 };
  expect(renderImported([imported], [], 'table', 'en', rest)).toMatch(/^npm +8910 +5 +1 +2\n\nNothing new/m);
  expect(JSON.parse(renderImported([], [], 'json', 'zh', rest))).toMatchObject({
    imported: [],
    unchanged: [{ name: 'Debian' }],
    failed: [{ name: 'exploited', reason: '无人应答' }],
  });
});

test('an import says what it did, and what it left out', () => {
  const problem = unreadable('file', 'x.rar', { en: 'it is no feed', zh: '不是数据源' }, { en: '', zh: '' });
  const imported = { ...debian, added: 5, changed: 1, removed: 2 };
  const text = renderImported([imported], [problem], 'table', 'en');
  expect(text).toMatch(/^Debian +8910 +5 +1 +2$/m);
  expect(text).toContain('Not read:\n  x.rar: it is no feed');
  expect(JSON.parse(renderImported([imported], [problem], 'json', 'zh'))).toMatchObject({
    imported: [{ name: 'Debian', added: 5 }],
    unread: [{ path: 'x.rar', reason: '不是数据源' }],
  });
});
