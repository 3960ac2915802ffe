import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlimsollError } from '../../model/error.ts';
import { isFullDisk } from '../../model/full-disk.ts';
import { isOwnFolder } from '../../store/own-folder.ts';
import { layoutVersion } from '../advisory-database.ts';
import { codeOf } from '../file-content.ts';
import { storeFile } from '../store-file.ts';
import { layoutOf } from '../store-layout.ts';
import { type Bundle, openBundle } from './open-bundle.ts';
import { readVerifyingKey } from './signing-key.ts';
import { unpackStore } from './unpack-store.ts';

/** A folder with the store of a bundle, as a data folder is. */
export interface UnpackedBundle {
  readonly folder: string;
  /** To be called when the store was closed: what is not kept goes away. */
  readonly close: () => void;
}

/** So many bundles are kept unpacked: a bundle is used again and again, until there is a newer one. */
const mostKept = 3;
/** Milliseconds since a bundle was asked for last, in which whoever asked has certainly opened it. */
const spared = 10 * 60_000;
/** Milliseconds after which nobody is at work any more on what was never finished. */
const abandoned = 3_600_000;

export interface UnpackOptions {
  /** A file with the public key by which the bundle must be signed. */
  readonly verifyKey?: string;
  /** The folder of what can be done without; where there is none, or it is not to be used, nothing is kept. */
  readonly cache?: string;
}

/**
 * Unpacks the store of a bundle and checks it; one that was unpacked before is used again. Runs at the same time do not disturb each other.
 *
 * @throws PlimsollError for a bundle that is not as it must be, or where there is no room for it
 */
export async function unpackedBundle(file: string, { verifyKey, cache }: UnpackOptions): Promise<UnpackedBundle> {
  const bundle = openBundle(file, verifyKey === undefined ? undefined : readVerifyingKey(verifyKey));
  try {
    return await unpacked(bundle, cache);
  } finally {
    bundle.close();
  }
}

async function unpacked(bundle: Bundle, cache: string | undefined): Promise<UnpackedBundle> {
  const kept = cache === undefined ? undefined : preparedFolder(cache);
  if (kept === undefined) return unpackedForOnce(bundle);
  const folder = join(kept, `${bundle.id}-${layoutVersion}`);
  if (!isUsable(folder, bundle)) await unpackOnce(bundle, kept, folder);
  makeRoom(kept, folder);
  return { folder, close: () => {} };
}

/**
 * Forgets all bundles that were unpacked.
 *
 * @throws PlimsollError where they cannot be removed
 */
export function clearBundles(cache: string): void {
  try {
    rmSync(folderIn(cache), { recursive: true, force: true });
  } catch (error) {
    const code = codeOf(error);
    throw new PlimsollError('file-unreadable', {
      en: `the cache ${cache} cannot be cleared: ${code}`,
      zh: `缓存文件夹 ${cache} 无法清除：${code}`,
    });
  }
}

function folderIn(cache: string): string {
  return join(cache, 'bundles');
}

/** What lies in a folder that others may write to was perhaps put there by them. */
function preparedFolder(cache: string): string | undefined {
  const folder = folderIn(cache);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOwnFolder(cache) && isOwnFolder(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Was checked when it was unpacked; only somebody who clears up may have been at it since. Notes that it is used. */
function isUsable(folder: string, { manifest }: Bundle): boolean {
  const store = storeFile(folder);
  if (layoutOf(store) !== layoutVersion) return false;
  try {
    const now = new Date();
    utimesSync(folder, now, now);
    // One of an older layout has grown since.
    return manifest.layout !== layoutVersion || statSync(store).size === manifest.store.size;
  } catch {
    return false;
  }
}

/** Beside its place first: who looks there finds all of it or nothing. */
async function unpackOnce(bundle: Bundle, kept: string, folder: string): Promise<void> {
  const part = await unpackedIn(bundle, join(kept, 'part-'));
  try {
    // Of somebody else who was quicker, if it is there now: the same.
    if (!isUsable(folder, bundle)) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(part, folder);
    }
  } catch (error) {
    if (!isUsable(folder, bundle)) throw error;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

async function unpackedForOnce(bundle: Bundle): Promise<UnpackedBundle> {
  const folder = await unpackedIn(bundle, join(tmpdir(), 'plimsoll-bundle-'));
  return { folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}

async function unpackedIn(bundle: Bundle, prefix: string): Promise<string> {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(prefix);
    await unpackStore(bundle, storeFile(folder));
    return folder;
  } catch (error) {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    throw error instanceof PlimsollError ? error : notUnpacked(bundle.file, folder ?? prefix, error);
  }
}

function makeRoom(kept: string, inUse: string): void {
  const now = Date.now();
  const entries = readdirSync(kept).flatMap((name) => {
    const path = join(kept, name);
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    return used === undefined || path === inUse ? [] : [{ path, age: now - used, isPart: name.startsWith('part-') }];
  });
  const whole = entries.filter(({ isPart }) => !isPart).toSorted((left, right) => left.age - right.age);
  const leaving = [
    ...whole.slice(mostKept - 1).filter(({ age }) => age > spared),
    ...entries.filter(({ isPart, age }) => isPart && age > abandoned),
  ];
  for (const { path } of leaving) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another run clears up as well, or the next one will.
    }
  }
}

function notUnpacked(file: string, folder: string, error: unknown): PlimsollError {
  const why = isFullDisk(error)
    ? { en: 'no room is left', zh: '磁盘空间不足' }
    : { en: codeOf(error), zh: codeOf(error) };
  return new PlimsollError(
    'file-unreadable',
    {
      en: `${file} cannot be unpacked to ${folder}: ${why.en}`,
      zh: `无法将 ${file} 解包到 ${folder}：${why.zh}`,
    },
    {
      en: 'Make room there, or have another folder used: XDG_CACHE_HOME, and TMPDIR where nothing is kept.',
      zh: '请在该处腾出空间，或改用其他文件夹：XDG_CACHE_HOME；不保留缓存时为 TMPDIR。',
    },
  );
}
