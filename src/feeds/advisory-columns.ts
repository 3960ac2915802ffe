import type { DatabaseSync } from 'node:sqlite';
import type { Rating } from '../advisories/advisory.ts';

/** The columns of an advisory beside its name: what most have none of is `null`. */

export function packUpstream(upstream: readonly string[]): string | null {
  return upstream.length === 0 ? null : JSON.stringify(upstream);
}

export function unpackUpstream(packed: string | null): readonly string[] {
  return packed === null ? [] : (JSON.parse(packed) as readonly string[]);
}

export function packRatings(ratings: readonly Rating[]): string | null {
  return ratings.length === 0 ? null : JSON.stringify(ratings);
}

/** Gives each list of ratings a number: a hundred thousand advisories have seven thousand different ones. */
export function ratingNumbers(database: DatabaseSync): (packed: string | null) => number | null {
  const rows = database.prepare('SELECT id, ratings FROM rating').all() as unknown as RatingRow[];
  const numbers = new Map(rows.map(({ id, ratings }) => [ratings, id]));
  const insert = database.prepare('INSERT INTO rating (id, ratings) VALUES (?, ?)');
  let last = rows.reduce((highest, { id }) => Math.max(highest, id), 0);
  return (packed) => {
    if (packed === null) return null;
    const known = numbers.get(packed);
    if (known !== undefined) return known;
    last += 1;
    insert.run(last, packed);
    numbers.set(packed, last);
    return last;
  };
}

interface RatingRow {
  readonly id: number;
  readonly ratings: string;
}

/** Ratings by their number; each list is read once. */
export function ratingReader(database: DatabaseSync): (number: number | null) => readonly Rating[] {
  const select = database.prepare('SELECT ratings FROM rating WHERE id = ?');
  const known = new Map<number, readonly Rating[]>();
  return (number) => {
    if (number === null) return [];
    const before = known.get(number);
    if (before) return before;
    const row = select.get(number) as Pick<RatingRow, 'ratings'> | undefined;
    const ratings = row ? (JSON.parse(row.ratings) as readonly Rating[]) : [];
    known.set(number, ratings);
    return ratings;
  };
}
