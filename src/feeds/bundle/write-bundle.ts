import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { isDamagedDatabase } from '../../model/damaged-database.ts';
import { PlimsollError } from '../../model/error.ts';
import type { OpenedContent } from '../../model/file-tree.ts';
import { layoutVersion, openAdvisoryDatabase, readingStore, unreadableStore } from '../advisory-database.ts';
import { dataDigestOf } from '../data-digest.ts';
import { openFileContent, piecesOf, sumsOf } from '../file-content.ts';
import { bundledFeeds } from './bundled-feeds.ts';
import { type BundleManifest, bundleNames, largestStore, manifestBytes } from './manifest.ts';
import type { SigningKey } from './signing-key.ts';
import { zipWriter } from './zip-writer.ts';

export interface BundleOptions {
  /** Who makes it. */
  readonly tool: BundleManifest['tool'];
  /** Seconds since 1970. */
  readonly made: number;
  readonly key?: SigningKey;
}

/**
 * Writes all of a store into a bundle: a zip archive with `manifest.json`, the store, and the signature of the manifest where there is a key.
 *
 * @param store - of this Plimsoll's layout; it is only read
 * @param target - a new file. For a time there is another one beside it, with the store
 * @throws PlimsollError for a store that cannot be read or has nothing in it; errors of the file system and of SQLite where it cannot be written
 */
export async function writeBundle(store: string, target: string, options: BundleOptions): Promise<BundleManifest> {
  const copy = `${target}.sqlite`;
  try {
    const facts = copyStore(store, copy);
    const content = openFileContent(copy);
    try {
      return await packStore(content, target, facts, options);
    } finally {
      content.close();
    }
  } finally {
    // SQLite leaves its journal where there was no room left to end it.
    for (const file of [copy, `${copy}-journal`]) rmSync(file, { force: true });
  }
}

type StoreFacts = Pick<BundleManifest, 'data' | 'feeds'>;

/** Without what SQLite keeps of rows that were deleted. */
function copyStore(store: string, copy: string): StoreFacts {
  const database = openAdvisoryDatabase(store, { writes: false });
  try {
    const [data, feeds] = readingStore(store, () => [dataDigestOf(database), bundledFeeds(database)] as const);
    if (data === null || feeds.length === 0) throw nothingToPack(store);
    // It is open for questions, and no copy can be made between them.
    database.exec('COMMIT');
    database.prepare('VACUUM INTO ?').run(copy);
    return { data, feeds };
  } catch (error) {
    // It reads all of the store, where nobody may have looked for a long time.
    throw isDamagedDatabase(error) ? unreadableStore(store, error) : error;
  } finally {
    database.close();
  }
}

async function packStore(
  store: OpenedContent,
  target: string,
  facts: StoreFacts,
  { tool, made, key }: BundleOptions,
): Promise<BundleManifest> {
  if (store.size > largestStore) throw tooLarge(store.size);
  const { digest: sha256 } = sumsOf(store, target);
  const manifest = { tool, made, layout: layoutVersion, store: { size: store.size, sha256 }, ...facts };
  const bytes = manifestBytes(manifest);
  const descriptor = openSync(target, 'wx', 0o666);
  try {
    const archive = zipWriter(descriptor, new Date(made * 1000));
    await archive.add(bundleNames.manifest, [bytes], 'stored');
    if (key) await archive.add(bundleNames.signature, [key.sign(bytes)], 'stored');
    await archive.add(bundleNames.store, hashed(store, sha256), 'deflated');
    archive.end();
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return manifest;
}

/** What is packed must be what the manifest says, whatever happens to the file meanwhile. */
function* hashed(store: OpenedContent, sha256: string): Generator<Buffer> {
  const hash = createHash('sha256');
  for (const piece of piecesOf(store)) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== sha256) throw new Error('the copy of the store was changed while it was packed');
}

function nothingToPack(store: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    {
      en: `the store of advisories ${store} has no digest of its data: nothing was read into it by this Plimsoll`,
      zh: `漏洞公告库 ${store} 没有数据摘要：当前版本的 Plimsoll 尚未向其导入数据`,
    },
    {
      en: 'Import the advisories first, once more if an older Plimsoll did: plimsoll feeds import FOLDER',
      zh: '请先导入公告（旧版本导入过的需再次导入）：plimsoll feeds import FOLDER',
    },
  );
}

function tooLarge(size: number): PlimsollError {
  return new PlimsollError('file-unreadable', {
    en: `the store of advisories has ${size} bytes, and a bundle holds ${largestStore} at most`,
    zh: `漏洞公告库有 ${size} 字节，而离线包最多容纳 ${largestStore} 字节`,
  });
}
