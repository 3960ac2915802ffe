import { expect, test } from 'vitest';
import type { ExportedBundle } from '../model/feed-status.ts';
import { dataSourceLines, renderExported } from './feeds-bundle.ts';
import { renderFeedStatusJson } from './feeds.ts';

const made = Date.UTC(2026, 10, 22, 17, 30) / 1000;
const exported: ExportedBundle = {
  file: 'a\u001b.zip',
  bytes: 21_631_803,
  made,
  data: 'cd',
  feeds: 16,
  signedBy: 'ab',
};
const bundle = { file: '/media/\u202eb.zip', made, verifiedBy: null };

test('what was exported, for people and for programs', () => {
  expect(renderExported(exported, 'table', 'en')).toBe(
    String.raw`a\e.zip · 20.6 MiB · 16 feeds` + '\nData: cd\nSigned by key: ab\n',
  );
  expect(renderExported({ ...exported, feeds: 1, signedBy: null }, 'table', 'en')).toMatch(
    / · 1 feed\n.*\nNot signed\n$/,
  );
  expect(renderExported({ ...exported, signedBy: null }, 'table', 'zh')).toBe(
    String.raw`a\e.zip · 20.6 MiB · 16 个数据源` + '\n数据摘要：cd\n未签名\n',
  );
  expect(JSON.parse(renderExported(exported, 'json', 'zh'))).toEqual({
    schema: 'plimsoll.feeds/1',
    exported: { ...exported, made: '2026-11-22T17:30:00.000Z' },
  });
});

test('which data there is, and the bundle that it came in', () => {
  expect(dataSourceLines(undefined, 'en')).toEqual([]);
  expect(dataSourceLines({ data: null, bundle: null }, 'en')).toEqual([]);
  expect(dataSourceLines({ data: 'cd', bundle: null }, 'zh')).toEqual(['', '数据摘要：cd']);
  expect(dataSourceLines({ data: 'cd', bundle }, 'en')).toEqual([
    '',
    'Data: cd',
    String.raw`From the bundle: /media/\u{202e}b.zip, made 2026-11-22 17:30:00 UTC`,
    'Signature: not verified: no --verify-key was given',
  ]);
  expect(dataSourceLines({ data: 'cd', bundle: { ...bundle, verifiedBy: 'ab' } }, 'zh').slice(2)).toEqual([
    String.raw`来自离线包：/media/\u{202e}b.zip（2026-11-22 17:30:00 UTC 生成）`,
    '签名：已用密钥 ab 验证',
  ]);
});

test('the same for programs, beside the feeds', () => {
  expect(JSON.parse(renderFeedStatusJson([], { data: 'cd', bundle }))).toEqual({
    schema: 'plimsoll.feeds/1',
    data: 'cd',
    bundle: { ...bundle, made: '2026-11-22T17:30:00.000Z' },
    feeds: [],
  });
  expect(JSON.parse(renderFeedStatusJson([], { data: null, bundle: null }))).toMatchObject({
    data: null,
    bundle: null,
  });
});
