import { openAdvisoryDatabase } from '../feeds/advisory-database.ts';
import { bringAlong } from '../feeds/bring-along.ts';
import { isBundle } from '../feeds/bundle/open-bundle.ts';
import { readFeedFiles } from '../feeds/feed-files.ts';
import type { FeedPart } from '../feeds/feed-part.ts';
import { readDataSource, readFeedStatus } from '../feeds/feed-status.ts';
import { feedAges } from '../feeds/going-back.ts';
import { importFeeds } from '../feeds/import-feeds.ts';
import { type CurrentFeed, noteCurrent } from '../feeds/note-current.ts';
import { replaceStore } from '../feeds/replace-store.ts';
import { storeFile } from '../feeds/store-file.ts';
import { PlimsollError } from '../model/error.ts';
import type { ImportedFeed } from '../model/feed-status.ts';
import type { Language, Text } from '../model/text.ts';
import { renderFeedStatus, renderFeedStatusJson, renderImported } from '../report/feeds.ts';
import { dataFolder } from './user-folders.ts';
import type { SharedOptions } from './options.ts';
import { startProgress } from './progress.ts';
import { refuseOlder } from './refuse-older.ts';
import { writeDocument } from './write.ts';

export interface FeedsOptions extends SharedOptions {
  readonly format: 'table' | 'json';
  readonly dataFolder?: string;
}

export interface ImportOptions extends FeedsOptions {
  /** A file with the public key by which a bundle must be signed. */
  readonly verifyKey?: string;
  /** What is in use may be newer. */
  readonly allowOlder?: boolean;
}

export const readingFeeds: Text = { en: 'reading advisories', zh: '正在读取漏洞公告' };

export interface WriteOptions {
  /** Of the store. */
  readonly folder: string;
  readonly parts: readonly FeedPart[];
  /** What need not be read again. */
  readonly current?: readonly CurrentFeed[];
  /** What is in use may be newer. */
  readonly allowOlder?: boolean;
  readonly onProgress: (records: number) => void;
}

/**
 * Writes feeds into a copy of a store.
 *
 * @throws OlderFeedsError where a feed would become older; the copy is then to be thrown away
 */
export async function writeFeeds(
  copy: string,
  { folder, parts, current = [], allowOlder = false, onProgress }: WriteOptions,
): Promise<ImportedFeed[]> {
  const now = Math.floor(Date.now() / 1000);
  const database = openAdvisoryDatabase(copy, { writes: true, named: storeFile(folder) });
  try {
    const before = feedAges(database);
    noteCurrent(database, current, now);
    const imported = await importFeeds(database, parts, {
      now,
      allowOlder,
      onProgress: (_name, done) => onProgress(done),
    });
    if (!allowOlder) refuseOlder(before, feedAges(database));
    return imported;
  } finally {
    database.close();
  }
}

/** `plimsoll feeds import PATH`: advisories from files, for hosts without a network. */
export async function importFrom(path: string, options: ImportOptions, localeLanguage: Language): Promise<0> {
  const language = options.lang ?? localeLanguage;
  if (isBundle(path)) {
    const { importBundle } = await import('./feeds-bundle.ts');
    return importBundle(path, options, language);
  }
  if (options.verifyKey !== undefined) throw notSigned(path);
  const progress = startProgress(options.quiet ?? false, readingFeeds[language]);
  const files = readFeedFiles(path);
  try {
    const folder = dataFolder(options);
    const imported = await replaceStore(folder, (copy) =>
      writeFeeds(copy, {
        folder,
        parts: files.parts,
        allowOlder: options.allowOlder ?? false,
        onProgress: (done) => progress.update(done),
      }),
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
  const folder = dataFolder(options);
  await bringAlong(folder);
  await showStatus(folder, options, options.lang ?? localeLanguage);
  return 0;
}

/** What there is in a folder of advisories. */
export async function showStatus(folder: string, { format, output }: FeedsOptions, language: Language): Promise<void> {
  const feeds = readFeedStatus(folder);
  const source = readDataSource(folder);
  await writeDocument(
    format === 'json' ? renderFeedStatusJson(feeds, source) : renderFeedStatus(feeds, language, source),
    output,
  );
}

/** Nobody signs exports: whoever asks for a signature is not to be given what has none. */
function notSigned(path: string): PlimsollError {
  return new PlimsollError(
    'feeds-signature',
    {
      en: `${path} is no bundle of advisories, and only bundles are signed`,
      zh: `${path} 不是漏洞公告离线包，而只有离线包才有签名`,
    },
    {
      en: 'Name a bundle, or leave --verify-key out. Nothing was changed.',
      zh: '请指定离线包，或去掉 --verify-key。未作任何更改。',
    },
  );
}
