import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { AdvisoryLookup } from '../advisories/lookup.ts';
import type { ChangedImage, ChangeMessage } from '../model/image-change.ts';
import { forgetMessages, logMessage } from '../store/change-log.ts';
import { countImages, noteMatched, rememberedPackages, staleImages, stalePackages } from '../store/compared-images.ts';
import { forgetImages, forgetUnused } from '../store/forget-images.ts';
import type { DataAge } from '../store/remember-image.ts';
import { inTransaction } from '../store/transaction.ts';
import { type CompareTo, imageComparer } from './image-comparer.ts';
import { messagesOf } from './image-changes.ts';
import { matchRemembered } from './match-remembered.ts';
import { spareMemory } from './spare-memory.ts';

export interface CompareOptions extends CompareTo {
  /** Opens the advisories to ask: what one keeps in memory goes with it. */
  readonly openLookup: () => AdvisoryLookup;
  readonly ageOf: (ecosystems: readonly string[]) => DataAge;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Comparison {
  /** Images that are remembered. */
  readonly remembered: number;
  /** Those of them that were held against the advisories; the others had been before. */
  readonly compared: number;
  /** Those of them with changes, which are in the log. */
  readonly changed: number;
  /** Versions that were held against a range. */
  readonly comparisons: number;
  /** Messages that were forgotten before everybody had them. */
  readonly dropped: number;
}

/**
 * Holds remembered images against the advisories as they are now. Changes are put into the log together with what is known from then on, some
 * images at a time: whatever happens on the way, each change is there exactly once.
 *
 * @throws SQLite's errors
 */
export function compareImages(database: DatabaseSync, options: CompareOptions): Comparison {
  const { data, openLookup, ageOf, now } = options;
  const { all, stale } = countImages(database, data);
  let changed = 0;
  let comparisons = 0;
  if (stale > 0) {
    const answers = matchRemembered(stalePackages(database, data), rememberedPackages(database), openLookup);
    comparisons = answers.comparisons;
    const compare = imageComparer(database, answers, { ...options, nameOf: openLookup().canonical });
    const log = changeLogger(database, options);
    for (const images of staleImages(database, data)) {
      spareMemory();
      inTransaction(database, () => {
        // Read again: a scan may have remembered one of them anew.
        const found = images.flatMap((number) => compare(number) ?? []);
        changed += found.length;
        log(found);
      });
    }
  }
  const dropped = inTransaction(database, () => {
    noteMatched(database, data, ageOf, now);
    forgetImages(database, now);
    if (stale > 0) forgetUnused(database);
    return forgetMessages(database, now);
  });
  return { remembered: all, compared: stale, changed, comparisons, dropped };
}

/** Puts changes into the log, in parts that can be sent. */
function changeLogger(
  database: DatabaseSync,
  { data, now }: Pick<CompareOptions, 'data' | 'now'>,
): (images: readonly ChangedImage[]) => void {
  const set = digestOf([data, now]);
  const found = new Date(now).toISOString();
  let first = 1;
  return (images) => {
    const messages = messagesOf(images, { set, found, first });
    first += messages.length;
    for (const each of messages) logMessage(database, messageId(each), each);
  };
}

/** The same whenever the message is sent, and of no other one: its change set has the time in it. */
function messageId(message: ChangeMessage): string {
  return `msg_${digestOf(message).slice(0, 32)}`;
}

function digestOf(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
