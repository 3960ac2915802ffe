import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { groupAliases } from '../advisories/aliases.ts';
import { readOsvRecord, RecordError } from '../advisories/osv.ts';
import { splitEcosystem } from '../advisories/package-name.ts';
import { textIn } from '../model/json.ts';
import type { FeedAside, ImportedFeed } from '../model/feed-status.ts';
import { advisoryStates } from './advisory-database.ts';
import { AdvisoryWriter } from './advisory-writer.ts';
import { isReadOtherwise, noteRead, type ReadPart } from './data-digest.ts';
import { writeExploited, writeFacts, writeProbabilities, type WrittenFacts } from './cve-facts.ts';
import { feedKey } from './feed-key.ts';
import type { AdvisoryPart, FeedPart } from './feed-part.ts';
import { digestOfStatuses, writeStatuses } from './vendor-statuses.ts';

export interface ImportOptions {
  /** Seconds since 1970. */
  readonly now: number;
  /** A record takes the place of a newer one, too. */
  readonly allowOlder?: boolean;
  readonly onProgress?: (name: string, records: number) => void;
}

/** Writes parts of feeds into a store, one after the other, all or nothing. */
export async function importFeeds(
  database: DatabaseSync,
  parts: readonly FeedPart[],
  options: ImportOptions,
): Promise<ImportedFeed[]> {
  const imported: ImportedFeed[] = [];
  database.exec('BEGIN');
  const feeds = feedsBefore(database);
  const readsAgain = isReadOtherwise(database);
  const hasStatuses = parts.some(({ kind }) => kind === 'status');
  const statuses = hasStatuses ? digestOfStatuses(database) : '';
  const writer = new AdvisoryWriter(database, options);
  const emptied = new Set<number>();
  for (const part of parts) imported.push(await importPart(database, writer, part, emptied, options));
  writer.flush();
  const areStatusesOthers = hasStatuses && digestOfStatuses(database) !== statuses;
  // What was read before can say something else now: meanwhile another file may have told of the same.
  const read = parts.map(readPart);
  const changing = read.filter((part, index) => {
    const { added = 0, changed = 0, removed = 0 } = imported[index] ?? {};
    const isNew = feeds.get(part.key)?.digest !== part.digest;
    return isNew || added + changed + removed > 0 || (part.kind === 'status' && areStatusesOthers);
  });
  noteRead(database, { before: [...feeds.values()], parts: read, changing, allowOlder: options.allowOlder ?? false });
  if (readsAgain || imported.some(({ added, changed, removed }) => added + changed + removed > 0)) {
    joinAliases(database);
  }
  database.exec('COMMIT');
  return imported;
}

/** What each feed was read from the last time. */
function feedsBefore(database: DatabaseSync): ReadonlyMap<string, ReadPart> {
  const rows = database.prepare('SELECT key, kind, digest FROM feed ORDER BY key').all() as unknown as ReadPart[];
  return new Map(rows.map((row) => [row.key, row]));
}

function readPart(part: FeedPart): ReadPart {
  return { key: feedKey(nameOf(part)), kind: part.kind, digest: part.digest };
}

function nameOf(part: FeedPart): string {
  if (part.kind === 'advisories') return part.name;
  return part.kind === 'status' ? fileStem(part.origin) : part.kind;
}

async function importPart(
  database: DatabaseSync,
  writer: AdvisoryWriter,
  part: FeedPart,
  emptied: Set<number>,
  options: ImportOptions,
): Promise<ImportedFeed> {
  const { kind } = part;
  if (kind === 'advisories') return importAdvisories(database, writer, part, options);
  const counts = await writePart(database, writer, part, emptied, options);
  const skipped = counts.odd + ('skipped' in part ? part.skipped() : 0);
  const aside = skipped > 0 ? [{ reason: 'not as it must be', count: skipped, example: part.origin }] : [];
  const name = nameOf(part);
  const { records, newest = null } = counts;
  noteFeed(database, part, name, { records, withdrawn: 0, newest, aside }, options);
  return { name, kind, records, added: 0, changed: 0, removed: 0, aside };
}

function writePart(
  database: DatabaseSync,
  writer: AdvisoryWriter,
  part: Exclude<FeedPart, AdvisoryPart>,
  emptied: Set<number>,
  { now }: ImportOptions,
): Promise<WrittenFacts> | WrittenFacts {
  switch (part.kind) {
    case 'cve':
      return writeFacts(database, part.lines());
    case 'epss':
      return writeProbabilities(database, part.lines(), now);
    case 'status':
      return writeStatuses(database, part.lines(), (name) => writer.ecosystem(name), emptied);
    default:
      return writeExploited(database, part.value, now);
  }
}

async function importAdvisories(
  database: DatabaseSync,
  writer: AdvisoryWriter,
  part: AdvisoryPart,
  { now, onProgress }: ImportOptions,
): Promise<ImportedFeed> {
  const { name } = part;
  const put = new Map<string, { count: number; readonly example: string }>();
  const putAside = (reason: string, example: string, count = 1) => {
    const known = put.get(reason);
    if (known) known.count += count;
    else put.set(reason, { count, example });
  };
  const seen = new Set<string>();
  const counts = { new: 0, changed: 0, same: 0, older: 0 };
  const ecosystems = new Set<string>();
  let good = 0;
  let withdrawn = 0;
  let newest = 0;
  let records = 0;
  for (const record of part.records()) {
    records += 1;
    if (records % recordsAtOnce === 0) {
      onProgress?.(name, records);
      await turn();
    }
    if (record.value === undefined) {
      putAside(record.problem ?? 'it cannot be read', record.name);
      seen.add(stemOf(record.name));
      continue;
    }
    try {
      const { advisory, skipped } = readOsvRecord(record.value);
      for (const [what, count] of Object.entries(skipped)) {
        if (count > 0) putAside(partReasons[what as keyof typeof partReasons], advisory.id, count);
      }
      if (seen.has(advisory.id)) {
        putAside('its id is that of another record of the same export', advisory.id);
        continue;
      }
      seen.add(advisory.id);
      good += 1;
      if (advisory.withdrawn !== undefined) withdrawn += 1;
      // What claims to be of the future says nothing about how fresh the rest is.
      if (advisory.modified <= now) newest = Math.max(newest, advisory.modified);
      counts[writer.write(advisory, feedKey(name), now)] += 1;
      for (const { ecosystem } of advisory.affected) ecosystems.add(splitEcosystem(ecosystem)[0]);
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      putAside(error.message, record.name);
      seen.add(stemOf(record.name)).add(textIn(record.value, 'id') ?? '');
    }
  }
  const aside = Array.from(put, ([reason, each]) => ({ reason, ...each }));
  // An export without a single record is a fault of who exported: what was there before stays, as old as it is.
  if (good === 0) return { name, kind: 'advisories', records: 0, added: 0, changed: 0, removed: 0, aside };
  const covered = coverageOf(name, ecosystems);
  const removed = removeGone(database, writer, name, seen, covered);
  noteCoverage(database, name, covered);
  noteFeed(database, part, name, { records: good, withdrawn, newest: newest === 0 ? null : newest, aside }, { now });
  return { name, kind: 'advisories', records: good, added: counts.new, changed: counts.changed, removed, aside };
}

/** What cannot be read is not gone: its file is called as the record is. */
function stemOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.json$/, '');
}

const recordsAtOnce = 500;

/** Reasons for which parts of a record say nothing. */
const partReasons = {
  package: 'a package without a name or an ecosystem',
  ecosystem: 'an ecosystem whose versions have no order',
  range: 'a range with a version that cannot be read',
  platform: 'a package of other systems than Linux',
} as const;

function fileStem(origin: string): string {
  return origin.slice(origin.lastIndexOf('/') + 1).replace(/\.jsonl(?:\.gz)?$/, '');
}

/**
 * The ecosystems of which an export is all that there is: the one that it is called by. A record may name packages of others too, of which it
 * tells only that. What is called by none has all that is in it.
 */
function coverageOf(name: string, ecosystems: ReadonlySet<string>): ReadonlySet<string> {
  const own = [...ecosystems].filter((each) => feedKey(each) === feedKey(name));
  return new Set(own.length > 0 ? own : ecosystems);
}

function noteCoverage(database: DatabaseSync, name: string, covered: ReadonlySet<string>): void {
  database.prepare('DELETE FROM covered WHERE feed = ?').run(feedKey(name));
  const insert = database.prepare('INSERT INTO covered (feed, ecosystem) VALUES (?, ?)');
  for (const each of covered) insert.run(feedKey(name), each);
}

/** A full export names everything of its ecosystems: what it has no more is gone. */
function removeGone(
  database: DatabaseSync,
  writer: AdvisoryWriter,
  feed: string,
  seen: ReadonlySet<string>,
  covered: ReadonlySet<string>,
): number {
  // Those of no feed: the export that had them has them no more, and this one may have had them too.
  const before = database.prepare("SELECT id, name FROM advisory WHERE feed IN (?, '') AND state <> ?");
  const rows = before.all(feedKey(feed), advisoryStates.gone) as { id: number; name: string }[];
  const unseen = rows.filter(({ name }) => !seen.has(name));
  return unseen.filter(({ id }) => writer.remove(id, (ecosystem) => covered.has(splitEcosystem(ecosystem)[0]))).length;
}

interface FeedCounts {
  readonly records: number;
  readonly withdrawn: number;
  readonly newest: number | null;
  readonly aside: readonly FeedAside[];
}

function noteFeed(
  database: DatabaseSync,
  { kind, origin, digest }: FeedPart,
  name: string,
  { records, withdrawn, newest, aside }: FeedCounts,
  { now }: ImportOptions,
): void {
  const count = aside.reduce((sum, each) => sum + each.count, 0);
  database
    .prepare(
      'INSERT OR REPLACE INTO feed (key, name, kind, origin, digest, read, newest, records, withdrawn, aside) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(feedKey(name), name, kind, origin, digest, now, newest, records, withdrawn, count);
  database.prepare('DELETE FROM aside WHERE feed = ?').run(feedKey(name));
  const insert = database.prepare('INSERT INTO aside (feed, reason, count, example) VALUES (?, ?, ?, ?)');
  for (const { reason, count: times, example } of aside)
    insert.run(feedKey(name), reason, times, example.slice(0, 300));
}

/** Under which name each advisory is told, where that is not its own. */
function joinAliases(database: DatabaseSync): void {
  const rows = database.prepare('SELECT id, name, aliases, canonical FROM advisory WHERE state = ?');
  const all = rows.all(advisoryStates.inForce) as {
    id: number;
    name: string;
    aliases: string | null;
    canonical: string | null;
  }[];
  const groups = groupAliases(
    all.flatMap(({ name, aliases }) => (aliases === null ? [] : [[name, JSON.parse(aliases) as string[]] as const])),
  );
  const update = database.prepare('UPDATE advisory SET canonical = ? WHERE id = ?');
  for (const { id, name, canonical } of all) {
    const now = groups.canonicalOf(name);
    const written = now === name ? null : now;
    if (written !== canonical) update.run(written, id);
  }
}
