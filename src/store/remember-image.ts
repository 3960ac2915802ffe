import type { DatabaseSync } from 'node:sqlite';
import { forgetImages } from './forget-images.ts';
import { packNumbers, unpackNumbers } from './number-list.ts';
import { sharedTexts } from './shared-texts.ts';
import { stateMark } from './state-mark.ts';
import { inTransaction } from './transaction.ts';

/** An image as a scan found it. */
export interface ScannedImage {
  /** What names it wherever it is: `sha256:…` of its configuration. */
  readonly id: string;
  readonly names: readonly string[];
  readonly digests: readonly string[];
  readonly platform: string | null;
  /** Any text; the same for images of the same distribution. */
  readonly distribution: string | null;
  /** Everything in it could be read. */
  readonly complete: boolean;
  /** Ecosystems that its packages belong to, without their releases. */
  readonly ecosystems: readonly string[];
  readonly packages: readonly ScannedPackage[];
  /** Milliseconds since 1970. */
  readonly scanned: number;
  /** The advisories that it was held against; absent: there were none. */
  readonly against?: DataInUse;
}

export interface ScannedPackage {
  /** The package as a text, by which it is known again. */
  readonly content: string;
  /** What is known of it, as a text. */
  readonly state: string;
  /** A package of the system speaks for it. */
  readonly covered: boolean;
}

export interface DataInUse extends DataAge {
  readonly digest: string;
}

export interface DataAge {
  /** When the newest of the advisories was changed, milliseconds since 1970. */
  readonly newest: number | null;
  /** When they were read, the longest ago of them, milliseconds since 1970. */
  readonly read: number | null;
}

/**
 * Remembers an image. Of one that is remembered already, what was known of its packages stays as it was last told, so that whoever scans it
 * again takes no change away from those who wait to be told of it; and what was read of all of it is not replaced by what was
 * read of a part.
 *
 * @throws SQLite's errors; nothing was changed then
 */
export function rememberImage(database: DatabaseSync, image: ScannedImage): void {
  inTransaction(database, () => {
    const before = database
      .prepare('SELECT complete, data, packages, states FROM image WHERE id = ?')
      .get(image.id) as unknown as KeptRow | undefined;
    if (before && before.complete === 1 && !image.complete) touch(database, image);
    else keep(database, image, before);
    forgetImages(database, image.scanned);
  });
}

interface KeptRow {
  readonly complete: number;
  readonly data: string | null;
  readonly packages: Uint8Array;
  readonly states: Uint8Array;
}

function keep(database: DatabaseSync, image: ScannedImage, before: KeptRow | undefined): void {
  const packages = sharedTexts(database, 'package');
  const states = sharedTexts(database, 'state');
  // What was known without any advisories is nothing that anybody was told.
  const told = before && before.data !== null ? before : undefined;
  const marks = told ? marksByPackage(told) : new Map<number, number>();
  const numbers = image.packages.map(({ content }) => packages.numberOf(content));
  const kept = image.packages.map(
    ({ state, covered }, index) => marks.get(numbers[index] as number) ?? stateMark(states.numberOf(state), covered),
  );
  const { against } = image;
  const isMixed = told !== undefined && against?.digest !== told.data && numbers.some((number) => !marks.has(number));
  database
    .prepare(
      `INSERT OR REPLACE INTO image
         (number, id, names, digests, platform, distribution, complete, ecosystems, scanned, matched, newest, read, data, packages, states)
       VALUES ((SELECT number FROM image WHERE id = ?1), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)`,
    )
    .run(
      image.id,
      JSON.stringify(image.names),
      JSON.stringify(image.digests),
      image.platform,
      image.distribution,
      Number(image.complete),
      JSON.stringify(image.ecosystems),
      image.scanned,
      against ? image.scanned : null,
      against?.newest ?? null,
      against?.read ?? null,
      // What is new in it is known from other advisories, or from none: no advisories are those that all of it is known from.
      isMixed ? `${told.data} mixed` : (told?.data ?? against?.digest ?? null),
      packNumbers(numbers),
      packNumbers(kept),
    );
}

function marksByPackage({ packages, states }: KeptRow): Map<number, number> {
  const marks = unpackNumbers(states);
  return new Map(Array.from(unpackNumbers(packages), (number, index) => [number, marks[index] as number]));
}

function touch(database: DatabaseSync, { id, names, digests, scanned, against }: ScannedImage): void {
  database
    .prepare('UPDATE image SET names = ?, digests = ?, scanned = ? WHERE id = ?')
    .run(JSON.stringify(names), JSON.stringify(digests), scanned, id);
  if (!against) return;
  database
    .prepare('UPDATE image SET matched = ?, newest = ?, read = ? WHERE id = ?')
    .run(scanned, against.newest, against.read, id);
}
