import { openAdvisoryDatabase } from '../feeds/advisory-database.ts';
import { bringAlong } from '../feeds/bring-along.ts';
import { readFeedFiles } from '../feeds/feed-files.ts';
import { readFeedStatus } from '../feeds/feed-status.ts';
import { importFeeds } from '../feeds/import-feeds.ts';
import { replaceStore } from '../feeds/replace-store.ts';
import { storeFile } from '../feeds/store-file.ts';
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

const reading: Text = { en: 'reading advisories', zh: '正在读取漏洞公告' };

/** `plimsoll feeds import PATH`: advisories from files, for hosts without a network. */
export async function importFrom(path: string, options: FeedsOptions, localeLanguage: Language): Promise<0> {
  const language = options.lang ?? localeLanguage;
  const progress = startProgress(options.quiet ?? false, reading[language]);
  const files = readFeedFiles(path);
  try {
    const folder = dataFolder(options);
    const imported = await replaceStore(folder, async (copy) => {
      const database = openAdvisoryDatabase(copy, { writes: true, named: storeFile(folder) });
      try {
        return await importFeeds(database, files.parts, {
          now: Math.floor(Date.now() / 1000),
          onProgress: (_name, done) => progress.update(done),
        });
      } finally {
        database.close();
      }
    });
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
