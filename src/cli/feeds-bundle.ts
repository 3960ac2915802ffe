import { existsSync, realpathSync } from 'node:fs';
import { openAdvisoryDatabase } from '../feeds/advisory-database.ts';
import { bringAlong } from '../feeds/bring-along.ts';
import { openBundle } from '../feeds/bundle/open-bundle.ts';
import { passphraseVariable, readSigningKey, readVerifyingKey } from '../feeds/bundle/signing-key.ts';
import { noteOrigin } from '../feeds/bundle/store-origin.ts';
import { unpackStore } from '../feeds/bundle/unpack-store.ts';
import { writeBundle } from '../feeds/bundle/write-bundle.ts';
import { type FeedAge, feedAges } from '../feeds/going-back.ts';
import { replaceStore } from '../feeds/replace-store.ts';
import { storeFile } from '../feeds/store-file.ts';
import { PlimsollError } from '../model/error.ts';
import type { Language } from '../model/text.ts';
import { renderExported } from '../report/feeds-bundle.ts';
import { advisoryFolder } from './advisory-folder.ts';
import { type FeedsOptions, type ImportOptions, showStatus } from './feeds.ts';
import { refuseOlder } from './refuse-older.ts';
import { dataFolder } from './user-folders.ts';
import { version } from './version.ts';
import { makeWhole, writeDocument } from './write.ts';

export interface ExportOptions extends FeedsOptions {
  /** A file with a private key. */
  readonly signKey?: string;
}

/** `plimsoll feeds export FILE`: all advisories in one file, for other machines and other days. */
export async function exportTo(file: string, options: ExportOptions, localeLanguage: Language): Promise<0> {
  const folder = advisoryFolder(options);
  if (folder === undefined) throw nothingThere(dataFolder(options));
  if (existsSync(file) && realpathSync(file) === realpathSync(storeFile(folder))) throw ownStore(file);
  const key = options.signKey === undefined ? undefined : readSigningKey(options.signKey, passphrase());
  await bringAlong(folder);
  const { bytes, result } = await makeWhole(file, (target) =>
    writeBundle(storeFile(folder), target, {
      tool: { name: 'plimsoll', version },
      made: Math.floor(Date.now() / 1000),
      ...(key ? { key } : {}),
    }),
  );
  const { made, data, feeds } = result;
  const exported = { file, bytes, made, data, feeds: feeds.length, signedBy: key?.fingerprint ?? null };
  await writeDocument(renderExported(exported, options.format, options.lang ?? localeLanguage), options.output);
  return 0;
}

function passphrase(): string | undefined {
  return process.env[passphraseVariable];
}

/**
 * `plimsoll feeds import BUNDLE`: the store of a bundle takes the place of the one in use.
 *
 * @throws PlimsollError for a bundle that is not as it must be, or is older than what is in use; nothing is changed then
 */
export async function importBundle(file: string, options: ImportOptions, language: Language): Promise<0> {
  const key = options.verifyKey === undefined ? undefined : readVerifyingKey(options.verifyKey);
  const bundle = openBundle(file, key);
  try {
    const folder = dataFolder(options);
    await replaceStore(folder, async (copy) => {
      const before = existsSync(copy) ? agesIn(copy, storeFile(folder)) : [];
      await unpackStore(bundle, copy);
      if (!options.allowOlder) refuseOlder(before, agesIn(copy, file));
      const { manifest, verifiedBy } = bundle;
      noteOrigin(folder, manifest.data, { file: realpathSync(file), made: manifest.made, verifiedBy });
    });
    await showStatus(folder, options, language);
    return 0;
  } finally {
    bundle.close();
  }
}

/** @param named - what errors call the store */
function agesIn(copy: string, named: string): FeedAge[] {
  const database = openAdvisoryDatabase(copy, { writes: true, named });
  try {
    return feedAges(database);
  } finally {
    database.close();
  }
}

function nothingThere(folder: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `there are no advisories in ${folder}`, zh: `${folder} 中没有漏洞公告` },
    { en: 'Read some first: plimsoll feeds import FOLDER', zh: '请先导入：plimsoll feeds import FOLDER' },
  );
}

function ownStore(file: string): PlimsollError {
  return new PlimsollError(
    'usage',
    { en: `${file} is the store itself`, zh: `${file} 就是漏洞公告库本身` },
    { en: 'Name another file for the bundle.', zh: '请为离线包指定其他文件。' },
  );
}
