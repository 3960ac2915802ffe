import type { UnreadableFact } from '../model/fact.ts';
import type { DataSource, FeedStatus, ImportedFeed } from '../model/feed-status.ts';
import type { Language, Text } from '../model/text.ts';
import { dataSourceJson, dataSourceLines } from './feeds-bundle.ts';
import { feedReason } from './feed-reasons.ts';
import { padTo, widthOf } from './terminal/wrap.ts';
import { visible } from './visible.ts';

const words = {
  name: { en: 'FEED', zh: '数据源' },
  records: { en: 'RECORDS', zh: '记录数' },
  withdrawn: { en: 'WITHDRAWN', zh: '已撤回' },
  newest: { en: 'NEWEST', zh: '最新' },
  read: { en: 'READ', zh: '读取于' },
  origin: { en: 'FROM', zh: '来源' },
  added: { en: 'NEW', zh: '新增' },
  changed: { en: 'CHANGED', zh: '变更' },
  removed: { en: 'REMOVED', zh: '移除' },
  problems: { en: 'Not read:', zh: '未读取：' },
  aside: { en: 'Not understood:', zh: '未能理解：' },
  unchanged: { en: 'Nothing new:', zh: '没有更新：' },
  failed: { en: 'Not fetched, what was there before stays in use:', zh: '未能获取，原有数据继续使用：' },
  nothing: {
    en: 'No advisories yet. Fetch some: plimsoll feeds update; or read them from files: plimsoll feeds import FOLDER',
    zh: '尚无漏洞公告。可联网获取：plimsoll feeds update；或从文件导入：plimsoll feeds import FOLDER',
  },
} satisfies Record<string, Text>;

const kinds: Readonly<Record<FeedStatus['kind'], Text>> = {
  advisories: { en: 'advisories', zh: '漏洞公告' },
  cve: { en: 'facts of CVEs', zh: 'CVE 详情' },
  status: { en: 'status of packages', zh: '软件包状态' },
  epss: { en: 'probability of exploits', zh: '被利用概率' },
  exploited: { en: 'exploited CVEs', zh: '已被利用的 CVE' },
};

/** A table of all feeds, and below it what of them was not understood. */
export function renderFeedStatus(feeds: readonly FeedStatus[], language: Language, source?: DataSource): string {
  if (feeds.length === 0) return `${words.nothing[language]}\n`;
  const rows = [
    [words.name, words.records, words.withdrawn, words.newest, words.read, words.origin].map((each) => each[language]),
    ...feeds.map((feed) => [
      feedName(feed, language),
      String(feed.records),
      String(feed.withdrawn),
      feed.newest === null ? '' : dayOf(feed.newest),
      dayOf(feed.read),
      visible(feed.origin),
    ]),
  ];
  return `${[...tableLines(rows), ...asideLines(feeds, language), ...dataSourceLines(source, language)].join('\n')}\n`;
}

function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? '')))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => padTo(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** What people call a feed. */
export function feedName({ kind, name }: Pick<FeedStatus, 'kind' | 'name'>, language: Language): string {
  if (kind === 'advisories') return visible(name);
  return kind === 'status' ? `${kinds.status[language]} (${visible(name)})` : kinds[kind][language];
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function asideLines(feeds: readonly Pick<FeedStatus, 'kind' | 'name' | 'aside'>[], language: Language): string[] {
  const lines = feeds.flatMap((feed) =>
    feed.aside.map(
      ({ reason, count, example }) =>
        `  ${feedName(feed, language)}: ${count} × ${visible(feedReason(reason, language))} (${visible(example)})`,
    ),
  );
  return lines.length === 0 ? [] : ['', words.aside[language], ...lines];
}

/** The same for programs: `plimsoll.feeds/1`. */
export function renderFeedStatusJson(feeds: readonly FeedStatus[], source?: DataSource): string {
  const document = {
    schema: 'plimsoll.feeds/1',
    ...(source ? dataSourceJson(source) : {}),
    feeds: feeds.map(({ read, newest, ...feed }) => ({
      ...feed,
      read: new Date(read * 1000).toISOString(),
      newest: newest === null ? null : new Date(newest * 1000).toISOString(),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What became of feeds that were asked for over the network, and of which nothing was imported. */
export interface NotImported {
  readonly unchanged: readonly NamedFeed[];
  readonly failed: readonly (NamedFeed & { readonly origin: string; readonly reason: Text })[];
}

type NamedFeed = Pick<FeedStatus, 'kind' | 'name'>;

/** What an import did, feed by feed, and what it left out. */
export function renderImported(
  feeds: readonly ImportedFeed[],
  problems: readonly UnreadableFact[],
  format: 'table' | 'json',
  language: Language,
  rest?: NotImported,
): string {
  if (format === 'json') {
    const unread = problems.map(({ path, reason }) => ({ path, reason: reason[language] }));
    const failed = rest?.failed.map(({ reason, ...feed }) => ({ ...feed, reason: reason[language] }));
    const more = rest && { unchanged: rest.unchanged, failed };
    return `${JSON.stringify({ schema: 'plimsoll.feeds/1', imported: feeds, unread, ...more }, null, 2)}\n`;
  }
  const rows = [
    [words.name, words.records, words.added, words.changed, words.removed].map((each) => each[language]),
    ...feeds.map((feed) => [
      feedName(feed, language),
      ...[feed.records, feed.added, feed.changed, feed.removed].map(String),
    ]),
  ];
  const unread = problems.map(({ path, reason }) => `  ${visible(path)}: ${reason[language]}`);
  const blocks = [
    feeds.length > 0 || !rest ? [...tableLines(rows), ...asideLines(feeds, language)] : [],
    unread.length > 0 ? [words.problems[language], ...unread] : [],
    namesLine(words.unchanged, rest?.unchanged, language),
    namesLine(words.failed, rest?.failed, language),
  ];
  const shown = blocks.filter(({ length }) => length > 0);
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function namesLine(label: Text, feeds: readonly NamedFeed[] = [], language: Language): string[] {
  if (feeds.length === 0) return [];
  const names = feeds.map((feed) => feedName(feed, language));
  return language === 'zh' ? [`${label.zh}${names.join('、')}`] : [`${label.en} ${names.join(', ')}`];
}
