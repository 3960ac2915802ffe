import type { DatabaseSync } from 'node:sqlite';
import type { Advisory } from '../advisories/advisory.ts';
import { type AdvisoryEntry, packEntry, unpackEntries } from '../advisories/entry.ts';
import { packRatings, packUpstream, ratingNumbers } from './advisory-columns.ts';
import { advisoryStates } from './advisory-database.ts';
import { isReadOtherwise } from './data-digest.ts';
import { packText, unpackText } from './packed-text.ts';

/** What became of a record. */
export type WriteResult = 'new' | 'changed' | 'same' | 'older';

/** What a store keeps of an advisory to be read by people. A list, so that it is short. */
export type PackedTexts = readonly [summary: string, link: string];

/** The packages in whose entries an advisory stands: number of the ecosystem, and name. */
type PackedPackages = readonly (readonly [ecosystem: number, name: string])[];

interface Row {
  readonly id: number;
  readonly modified: number;
  readonly state: number;
}

/** Packages whose entries wait to be written; each has some hundred bytes. */
const mostWaiting = 12_000;
/** A package's name cannot have it, since no record's may. */
const separator = '\0';

/** Writes advisories into a store. Packages' entries are gathered, for most packages stand in many advisories. */
export class AdvisoryWriter {
  readonly #statements;
  readonly #ecosystems = new Map<string, number>();
  readonly #ratingNumber: ReturnType<typeof ratingNumbers>;
  /** What is the same is written again all the same. */
  readonly #readsAgain: boolean;
  readonly #allowOlder: boolean;
  /** Entries by advisory, by package. */
  readonly #waiting = new Map<string, Map<number, string>>();
  /** Nothing was there before, so that no package need be looked up to be changed. */
  readonly #isFresh: boolean;
  readonly #written = new Set<string>();

  /** @param allowOlder - a record takes the place of a newer one, too */
  constructor(database: DatabaseSync, { allowOlder = false }: { readonly allowOlder?: boolean } = {}) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#statements = {
      find: prepare('SELECT id, modified, state FROM advisory WHERE name = ?'),
      insert: prepare(
        "INSERT INTO advisory (name, feed, modified, state, texts, packages) VALUES (?, ?, ?, 0, x'', x'') RETURNING id",
      ),
      update: prepare(
        'UPDATE advisory SET feed = ?, modified = ?, state = ?, aliases = ?, upstream = ?, ratings = ?, texts = ?, packages = ? WHERE id = ?',
      ),
      leave: prepare('UPDATE advisory SET state = ?, aliases = NULL, canonical = NULL WHERE id = ?'),
      keep: prepare("UPDATE advisory SET feed = '', packages = ? WHERE id = ?"),
      packages: prepare('SELECT packages FROM advisory WHERE id = ?'),
      addEcosystem: prepare('INSERT INTO ecosystem (name) VALUES (?) RETURNING id'),
      entries: prepare('SELECT entries FROM package WHERE ecosystem = ? AND name = ?'),
      setEntries: prepare('INSERT OR REPLACE INTO package (ecosystem, name, entries) VALUES (?, ?, ?)'),
      removePackage: prepare('DELETE FROM package WHERE ecosystem = ? AND name = ?'),
    };
    const known = prepare('SELECT id, name FROM ecosystem').all() as { id: number; name: string }[];
    for (const { id, name } of known) this.#ecosystems.set(name, id);
    this.#isFresh = known.length === 0;
    this.#ratingNumber = ratingNumbers(database);
    this.#readsAgain = isReadOtherwise(database);
    this.#allowOlder = allowOlder;
  }

  /**
   * A record that is older than what is there, or the same, changes nothing. What says it is from later than `now` (seconds since 1970) is in
   * nobody's way.
   */
  write(advisory: Advisory, feed: string, now: number): WriteResult {
    const row = this.#find(advisory.id);
    const isWithdrawn = advisory.withdrawn !== undefined;
    const state = isWithdrawn ? advisoryStates.withdrawn : advisoryStates.inForce;
    const isSame = row?.modified === advisory.modified && row.state === state;
    if (row && row.state !== advisoryStates.gone) {
      if (!this.#allowOlder && advisory.modified < row.modified && row.modified <= now) return 'older';
      if (isSame && !this.#readsAgain) return 'same';
    }
    if (row) this.#forget(row.id);
    const entries = isWithdrawn ? new Map<string, AdvisoryEntry[]>() : this.#byPackage(advisory);
    const texts = packText(JSON.stringify([advisory.summary, advisory.link] satisfies PackedTexts));
    const packages = packText(JSON.stringify(Array.from(entries.keys(), partsOf)));
    const aliases = advisory.aliases.length > 0 && !isWithdrawn ? JSON.stringify(advisory.aliases) : null;
    const id = row?.id ?? this.#insert(advisory, feed);
    const upstream = packUpstream(advisory.upstream);
    const ratings = this.#ratingNumber(packRatings(advisory.ratings));
    const { update } = this.#statements;
    update.run(feed, advisory.modified, state, aliases, upstream, ratings, texts, packages, id);
    for (const [key, each] of entries) {
      const packed = each.map((entry) => packEntry({ ...entry, advisory: id })).join(',');
      this.#entriesOf(key).set(id, packed);
    }
    if (this.#waiting.size > mostWaiting) this.flush();
    return row ? (isSame ? 'same' : 'changed') : 'new';
  }

  /**
   * What a full export does not have any more: nothing of its ecosystems is matched against it, and it stays known by its name. What it says of other
   * ecosystems is for their exports to take back.
   *
   * @returns whether it said anything of them, or of anything at all
   */
  remove(id: number, isOfFeed: (ecosystem: string) => boolean): boolean {
    const names = new Map([...this.#ecosystems].map(([name, number]) => [number, name]));
    const packages = this.#packagesOf(id);
    const others = packages.filter(([ecosystem]) => !isOfFeed(names.get(ecosystem) ?? ''));
    for (const [ecosystem, name] of packages) {
      if (isOfFeed(names.get(ecosystem) ?? '')) this.#entriesOf(`${ecosystem}${separator}${name}`).delete(id);
    }
    if (others.length === 0) this.#statements.leave.run(advisoryStates.gone, id);
    else this.#statements.keep.run(packText(JSON.stringify(others)), id);
    return others.length === 0 || others.length < packages.length;
  }

  /** Writes what waits. */
  flush(): void {
    for (const [key, entries] of this.#waiting) {
      const [ecosystem, name] = partsOf(key);
      if (entries.size === 0) this.#statements.removePackage.run(ecosystem, name);
      else this.#statements.setEntries.run(ecosystem, name, packText(bounded(entries)));
      this.#written.add(key);
    }
    this.#waiting.clear();
  }

  /** The number of an ecosystem; a new one where it is not known. */
  ecosystem(name: string): number {
    const known = this.#ecosystems.get(name);
    if (known !== undefined) return known;
    const { id } = this.#statements.addEcosystem.get(name) as { id: number };
    this.#ecosystems.set(name, id);
    return id;
  }

  #find(name: string): Row | undefined {
    return this.#statements.find.get(name) as Row | undefined;
  }

  #insert({ id, modified }: Advisory, feed: string): number {
    const row = this.#statements.insert.get(id, feed, modified) as { id: number };
    return row.id;
  }

  #byPackage({ affected }: Advisory): Map<string, AdvisoryEntry[]> {
    const entries = new Map<string, AdvisoryEntry[]>();
    for (const { ecosystem, name, ...entry } of affected) {
      const key = `${this.ecosystem(ecosystem)}${separator}${name}`;
      const others = entries.get(key);
      if (others) others.push({ ...entry, advisory: 0 });
      else entries.set(key, [{ ...entry, advisory: 0 }]);
    }
    return entries;
  }

  /** Takes an advisory out of the entries of all packages. */
  #forget(id: number): void {
    for (const [ecosystem, name] of this.#packagesOf(id)) this.#entriesOf(`${ecosystem}${separator}${name}`).delete(id);
  }

  #packagesOf(id: number): PackedPackages {
    const { packages } = this.#statements.packages.get(id) as { packages: Uint8Array };
    return JSON.parse(unpackText(packages)) as PackedPackages;
  }

  #entriesOf(key: string): Map<number, string> {
    const waiting = this.#waiting.get(key);
    if (waiting) return waiting;
    const entries = this.#isFresh && !this.#written.has(key) ? new Map<number, string>() : this.#readEntries(key);
    this.#waiting.set(key, entries);
    return entries;
  }

  #readEntries(key: string): Map<number, string> {
    const row = this.#statements.entries.get(...partsOf(key)) as { entries: Uint8Array } | undefined;
    const packed = row ? unpackEntries(unpackText(row.entries)) : [];
    const entries = new Map<number, string>();
    for (const each of packed) {
      const before = entries.get(each.advisory);
      entries.set(each.advisory, before === undefined ? packEntry(each) : `${before},${packEntry(each)}`);
    }
    return entries;
  }
}

/** Characters of all that is said of one package: a kernel has half a million. */
const longestEntries = 16 * 1024 ** 2;

/** What goes beyond the bound is kept as something that was not read: the package is then not known to be clean. */
function bounded(entries: ReadonlyMap<number, string>): string {
  let length = 0;
  return Array.from(entries, ([advisory, text]) => {
    length += text.length;
    return length <= longestEntries ? text : packEntry({ advisory, ranges: [], versions: [], ratings: [] });
  }).join(',');
}

function partsOf(key: string): [ecosystem: number, name: string] {
  const at = key.indexOf(separator);
  return [Number(key.slice(0, at)), key.slice(at + 1)];
}
