import { openAdvisoryDatabase } from '../feeds/advisory-database.ts';
import { bringAlong } from '../feeds/bring-along.ts';
import { readFeedFiles } from '../feeds/feed-files.ts';
import type { FeedPart } from '../feeds/feed-part.ts';
import { readFeedStatus } from '../feeds/feed-status.ts';
import { importFeeds } from '../feeds/import-feeds.ts';
import { type CurrentFeed, noteCurrent } from '../feeds/note-current.ts';
import { replaceStore } from '../feeds/replace-store.ts';
import { storeFile } from '../feeds/store-file.ts';
import type { ImportedFeed } from '../model/feed-status.ts';
import type { Language, Text } from '../model/text.ts';
import { renderFeedStatus, renderFeedStatusJson, renderImported } from '../report/feeds.ts';
import { dataFolder } from './user-folders.ts';
import type { SharedOptions } from './options.ts';
import { startProgress } from './progress.ts';
import { writeDocument } from './write.ts';

export interface FeedsOptions extends SharedOptions {
  readonly format: 'table' | 'json';
  readonly dataFolder?: string;
}

export const readingFeeds: Text = { en: 'reading advisories', zh: '正在读取漏洞公告' };

/**
 * Writes feeds into a copy of a store.
 *
 * @param current - what need not be read again
 */
export async function writeFeeds(
  copy: string,
  folder: string,
  parts: readonly FeedPart[],
  onProgress: (records: number) => void,
  current: readonly CurrentFeed[] = [],
): Promise<ImportedFeed[]> {
  const now = Math.floor(Date.now() / 1000);
  const database = openAdvisoryDatabase(copy, { writes: true, named: storeFile(folder) });
  try {
    noteCurrent(database, current, now);
    return await importFeeds(database, parts, { now, onProgress: (_name, done) => onProgress(done) });
  } finally {
    database.close();
  }
}

/** `plimsoll feeds import PATH`: advisories from files, for hosts without a network. */
export async function importFrom(path: string, options: FeedsOptions, localeLanguage: Language): Promise<0> {
  const language = options.lang ?? localeLanguage;
  const progress = startProgress(options.quiet ?? false, readingFeeds[language]);
  const files = readFeedFiles(path);
  try {
    const folder = dataFolder(options);
    const imported = await replaceStore(folder, (copy) =>
      writeFeeds(copy, folder, files.parts, (done) => progress.update(done)),
    );
    progress.end();
    await writeDocument(renderImported(imported, files.problems, options.format, language), options.output);
    return 0;
  } finally {
    progress.end();
    files.close();
  }
}

/** `plimsoll feeds status`: what is known, how fresh, from where. */
export async function feedStatus(options: FeedsOptions, localeLanguage: Language): Promise<0> {
  const language = options.lang ?? localeLanguage;
  const folder = dataFolder(options);
  await bringAlong(folder);
  const feeds = readFeedStatus(folder);
  await writeDocument(
    options.format === 'json' ? renderFeedStatusJson(feeds) : renderFeedStatus(feeds, language),
    options.output,
  );
  return 0;
}
