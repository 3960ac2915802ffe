import type { DatabaseSync } from 'node:sqlite';
import { openAdvisoryDatabase, readingStore } from '../feeds/advisory-database.ts';
import { advisoryReader } from '../feeds/advisory-reader.ts';
import { bringAlong } from '../feeds/bring-along.ts';
import { dataDigestOf } from '../feeds/data-digest.ts';
import { freshnessOf } from '../feeds/feed-status.ts';
import { storeFile } from '../feeds/store-file.ts';
import { PlimsollError } from '../model/error.ts';
import { imageDigits } from '../model/image-reference.ts';
import type { Text } from '../model/text.ts';
import type { EngineAddress } from '../sources/engine/address.ts';
import { runningContainers } from '../sources/engine/running-containers.ts';
import { countImages } from '../store/compared-images.ts';
import { compareImages, type Comparison } from './compare-images.ts';
import { dataAges, stateOfData } from './data-age.ts';

export interface FindChangesOptions {
  /** The folder of the advisories, of which there are some. */
  readonly dataFolder: string;
  /** Only asked where there is something to compare. */
  readonly engine: () => EngineAddress;
  /** Milliseconds that one answer of the engine may take. */
  readonly timeout?: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface FoundChanges extends Comparison {
  /** SHA-256 of the advisories, hexadecimal; `null`: none. */
  readonly data: string | null;
  /** Why it is not known which containers run, where that was asked. */
  readonly containers?: Text;
}

/**
 * Holds remembered images against the advisories that there are now, and puts what became of them into the log.
 *
 * @throws PlimsollError for a store of advisories that cannot be read; SQLite's errors for what is remembered
 */
export async function findChanges(database: DatabaseSync, options: FindChangesOptions): Promise<FoundChanges> {
  const { dataFolder, now } = options;
  await bringAlong(dataFolder);
  const advisories = openAdvisoryDatabase(storeFile(dataFolder), { writes: false });
  try {
    const file = storeFile(dataFolder);
    const digest = readingStore(file, () => dataDigestOf(advisories));
    const data = stateOfData(digest);
    const running = countImages(database, data).stale === 0 ? undefined : await containersOf(options);
    const known = running && 'containers' in running ? running.containers : null;
    const compared = compareImages(database, {
      data,
      openLookup: () => advisoryReader(advisories),
      ageOf: dataAges(readingStore(file, () => freshnessOf(advisories))),
      containersOf: ({ id, digests }) => known && namesIn(known, id, digests),
      now,
    });
    return { ...compared, data: digest, ...(running && 'why' in running ? { containers: running.why } : {}) };
  } finally {
    advisories.close();
  }
}

type Running = { readonly containers: ReadonlyMap<string, readonly string[]> } | { readonly why: Text };

async function containersOf({ engine, timeout }: FindChangesOptions): Promise<Running> {
  try {
    return { containers: await runningContainers(engine(), timeout === undefined ? {} : { timeout }) };
  } catch (error) {
    if (error instanceof PlimsollError) return { why: error.text };
    throw error;
  }
}

/** An engine with containerd's store calls an image by the digest of its manifest. */
function namesIn(
  running: ReadonlyMap<string, readonly string[]>,
  id: string,
  digests: readonly string[],
): readonly string[] {
  const ids = new Set([id, ...digests.map((each) => each.slice(each.lastIndexOf('@') + 1))].map(imageDigits));
  return [...ids].flatMap((each) => running.get(each) ?? []);
}
