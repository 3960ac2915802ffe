import type { DatabaseSync } from 'node:sqlite';
import { packNumbers, unpackNumbers } from './number-list.ts';
import type { DataAge } from './remember-image.ts';

/** An image that is remembered. Lists of numbers are in the same order. */
export interface RememberedImage {
  readonly number: number;
  readonly id: string;
  readonly names: readonly string[];
  readonly digests: readonly string[];
  readonly platform: string | null;
  readonly distribution: string | null;
  readonly complete: boolean;
  /** What names the advisories that `states` come from. */
  readonly data: string | null;
  readonly packages: Uint32Array;
  readonly states: Uint32Array;
}

interface ImageRow {
  readonly number: number;
  readonly id: string;
  readonly names: string;
  readonly digests: string;
  readonly platform: string | null;
  readonly distribution: string | null;
  readonly complete: number;
  readonly data: string | null;
  readonly packages: Uint8Array;
  readonly states: Uint8Array;
}

const columns = 'number, id, names, digests, platform, distribution, complete, data, packages, states';

/** Images that are looked at together: what is written while they are is short, and others wait for it. */
const atOnce = 200;

/** How many images there are, and what is known of how many comes from other advisories than these. */
export function countImages(database: DatabaseSync, data: string): { readonly all: number; readonly stale: number } {
  return database
    .prepare('SELECT count(*) AS "all", coalesce(sum(data IS NOT ?), 0) AS stale FROM image')
    .get(data) as unknown as { all: number; stale: number };
}

/** Numbers of the images of which what is known comes from other advisories than these, some at a time. Each list is read when it is asked for. */
export function* staleImages(database: DatabaseSync, data: string): Generator<readonly number[]> {
  const select = database.prepare(
    `SELECT number FROM image WHERE number > ? AND data IS NOT ? ORDER BY number LIMIT ${atOnce}`,
  );
  for (let last = 0; ;) {
    const rows = select.all(last, data) as { number: number }[];
    if (rows.length === 0) return;
    last = rows.at(-1)?.number ?? last;
    yield rows.map(({ number }) => number);
  }
}

/** Which packages the same images have, and in which distribution. */
export function* stalePackages(
  database: DatabaseSync,
  data: string,
): Generator<Pick<RememberedImage, 'distribution' | 'packages'>> {
  const rows = database.prepare('SELECT distribution, packages FROM image WHERE data IS NOT ?').iterate(data);
  for (const row of rows as Iterable<unknown> as Iterable<Pick<ImageRow, 'distribution' | 'packages'>>)
    yield { distribution: row.distribution, packages: unpackNumbers(row.packages) };
}

/** `undefined` where it was forgotten. */
export function imageAt(database: DatabaseSync, number: number): RememberedImage | undefined {
  const row = database.prepare(`SELECT ${columns} FROM image WHERE number = ?`).get(number);
  return row && imageOf(row as unknown as ImageRow);
}

function imageOf(row: ImageRow): RememberedImage {
  return {
    ...row,
    names: JSON.parse(row.names) as string[],
    digests: JSON.parse(row.digests) as string[],
    complete: row.complete === 1,
    packages: unpackNumbers(row.packages),
    states: unpackNumbers(row.states),
  };
}

/** Every package that is remembered, by its number. */
export function* rememberedPackages(
  database: DatabaseSync,
): Generator<{ readonly number: number; readonly content: string }> {
  const rows = database.prepare('SELECT number, content FROM package ORDER BY number').iterate();
  yield* rows as Iterable<unknown> as Iterable<{ number: number; content: string }>;
}

/** Notes what is known of an image's packages now. Within a transaction that may write. */
export function noteStates(database: DatabaseSync, image: number, states: ArrayLike<number>, data: string): void {
  database.prepare('UPDATE image SET states = ?, data = ? WHERE number = ?').run(packNumbers(states), data, image);
}

/**
 * Notes that images of which these advisories are known were held against them. Within a transaction that may write.
 *
 * @param ageOf - how old the advisories of some ecosystems are
 * @param now - milliseconds since 1970
 */
export function noteMatched(
  database: DatabaseSync,
  data: string,
  ageOf: (ecosystems: readonly string[]) => DataAge,
  now: number,
): void {
  const rows = database.prepare('SELECT DISTINCT ecosystems FROM image WHERE data = ?').all(data);
  const update = database.prepare(
    'UPDATE image SET matched = ?, newest = ?, read = ? WHERE data = ? AND ecosystems = ?',
  );
  for (const { ecosystems } of rows as { ecosystems: string }[]) {
    const { newest, read } = ageOf(JSON.parse(ecosystems) as string[]);
    update.run(now, newest, read, data, ecosystems);
  }
}

/** Ecosystems, without their releases, of all remembered images: those that advisories are needed of. */
export function ecosystemsOfImages(database: DatabaseSync): string[] {
  const rows = database.prepare('SELECT DISTINCT ecosystems FROM image').all() as { ecosystems: string }[];
  return [...new Set(rows.flatMap(({ ecosystems }) => JSON.parse(ecosystems) as string[]))].toSorted();
}
