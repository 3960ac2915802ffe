import type { DatabaseSync } from 'node:sqlite';
import { type AdvisoryEntry, unpackEntries } from '../advisories/entry.ts';
import { splitEcosystem } from '../advisories/package-name.ts';
import type { AdvisoryLookup, KnownAdvisory } from '../advisories/lookup.ts';
import { readingStore } from './advisory-database.ts';
import { ratingReader, unpackUpstream } from './advisory-columns.ts';
import { textsOf } from './advisory-texts.ts';
import { cveReader } from './cve-facts.ts';
import { unpackText } from './packed-text.ts';
import { statusReader } from './vendor-statuses.ts';

type AdvisoryRow = readonly [
  name: string,
  aliases: string | null,
  canonical: string | null,
  upstream: string | null,
  ratings: number | null,
];

/**
 * Answers from a store. What was asked once is not read again.
 *
 * @throws PlimsollError, also later with any answer, where the store is damaged
 */
export function advisoryReader(database: DatabaseSync): AdvisoryLookup {
  const file = database.location() ?? '';
  const reader = readingStore(file, () => plainReader(database));
  return {
    hasEcosystem: (ecosystem) => readingStore(file, () => reader.hasEcosystem(ecosystem)),
    entriesOf: (ecosystem, name) => readingStore(file, () => reader.entriesOf(ecosystem, name)),
    advisory: (number) => readingStore(file, () => reader.advisory(number)),
    canonical: (name) => readingStore(file, () => reader.canonical(name)),
    cve: (name) => readingStore(file, () => reader.cve(name)),
    texts: (asked) => readingStore(file, () => reader.texts(asked)),
    vendorStatus: (ecosystem, name, cve) => readingStore(file, () => reader.vendorStatus(ecosystem, name, cve)),
  };
}

function plainReader(database: DatabaseSync): AdvisoryLookup {
  const rows = database.prepare('SELECT id, name FROM ecosystem').all() as { id: number; name: string }[];
  const ecosystems = new Map(rows.map(({ id, name }) => [name, id]));
  const entries = database.prepare('SELECT entries FROM package WHERE ecosystem = ? AND name = ?');
  const advisories = database.prepare('SELECT name, aliases, canonical, upstream, ratings FROM advisory WHERE id = ?');
  advisories.setReturnArrays(true);
  const known = new Map<number, KnownAdvisory>();
  const said = new Map<string, readonly AdvisoryEntry[]>();
  const answered = new Map<string, boolean>();
  const anyPackage = database.prepare('SELECT 1 FROM package WHERE ecosystem = ? LIMIT 1');
  const canonical = database.prepare('SELECT canonical FROM advisory WHERE name = ?');
  const covered = new Set(
    (database.prepare('SELECT ecosystem FROM covered').all() as { ecosystem: string }[]).map((each) => each.ecosystem),
  );
  const statuses = statusReader(database);
  const ratingsOf = ratingReader(database);

  function readEntries(ecosystem: string, name: string): readonly AdvisoryEntry[] {
    const number = ecosystems.get(ecosystem);
    if (number === undefined) return [];
    const row = entries.get(number, name) as { entries: Uint8Array } | undefined;
    return row ? unpackEntries(unpackText(row.entries)) : [];
  }

  function readAdvisory(number: number): KnownAdvisory {
    const row = advisories.get(number) as unknown as AdvisoryRow | undefined;
    if (!row) throw new Error(`a package names the advisory ${number}, which is not there`);
    const [name, aliases, canonicalName, upstream, ratings] = row;
    return {
      id: name,
      canonical: canonicalName ?? name,
      aliases: aliases === null ? [] : (JSON.parse(aliases) as string[]),
      upstream: unpackUpstream(upstream),
      ratings: ratingsOf(ratings),
    };
  }

  return {
    hasEcosystem(ecosystem) {
      const before = answered.get(ecosystem);
      if (before !== undefined) return before;
      const number = ecosystems.get(ecosystem);
      const [base] = splitEcosystem(ecosystem);
      // A record of another export may name it too: that is not all that is known of it.
      const answer = number !== undefined && covered.has(base) && anyPackage.get(number) !== undefined;
      answered.set(ecosystem, answer);
      return answer;
    },
    entriesOf(ecosystem, name) {
      const key = `${ecosystem}\0${name}`;
      const before = said.get(key);
      if (before) return before;
      const read = readEntries(ecosystem, name);
      said.set(key, read);
      return read;
    },
    canonical: (name) => (canonical.get(name) as { canonical: string | null } | undefined)?.canonical ?? name,
    advisory(number) {
      const before = known.get(number);
      if (before) return before;
      const advisory = readAdvisory(number);
      known.set(number, advisory);
      return advisory;
    },
    cve: cveReader(database),
    texts: (asked) => textsOf(database, asked),
    vendorStatus(ecosystem, name, cve) {
      const number = ecosystems.get(ecosystem);
      return number === undefined ? undefined : statuses(number, name, cve);
    },
  };
}
