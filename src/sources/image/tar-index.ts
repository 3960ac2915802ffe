import { randomInt } from 'node:crypto';
import { mostEntries } from './tar-telling.ts';
import { cleanPath } from './tar-name.ts';
import type { TarMember } from './tar-walk.ts';

/** Paths with the same hash are tried, so many of them: a million can be made to have the same one. */
const mostTries = 64;
/** Places that are passed over on the way; there are hardly ever more than three. */
const mostSteps = 4096;

/** Where each path of an archive stands. Paths themselves are not kept: a million of them would take more room than all else. */
export class TarIndex {
  #hashes = new Uint32Array(1024);
  #starts = new Float64Array(1024);
  #count = 0;
  /** The last place of each bucket, and the one before each place in its bucket; made when the first path is asked for. */
  #buckets: { readonly last: Int32Array; readonly before: Int32Array } | undefined;

  static of(members: Iterable<TarMember>): TarIndex {
    const index = new TarIndex();
    for (const member of members) if (!index.take(member)) break;
    return index;
  }

  /** Whether there is room for more; to be called before the index is asked. */
  take({ path, refused, start }: TarMember): boolean {
    if (this.#count === mostEntries) return false;
    const clean = refused ? undefined : cleanPath(path);
    if (clean !== undefined) this.#add(hashOf(clean), start);
    return this.#count < mostEntries;
  }

  /** Places that may be of this path, the last first; `before`: only those in front of that place. */
  *placesOf(path: string, before = this.#count): Generator<number> {
    const hash = hashOf(path);
    const { last, before: earlier } = (this.#buckets ??= this.#intoBuckets());
    let place = last[hash % last.length] ?? -1;
    for (let [steps, tries] = [0, 0]; place >= 0 && steps < mostSteps && tries < mostTries; steps += 1) {
      if (place < before && this.#hashes[place] === hash) {
        tries += 1;
        yield place;
      }
      place = earlier[place] ?? -1;
    }
  }

  #intoBuckets() {
    const last = new Int32Array(Math.max(1, this.#count)).fill(-1);
    const before = new Int32Array(this.#count);
    for (let place = 0; place < this.#count; place += 1) {
      const bucket = (this.#hashes[place] ?? 0) % last.length;
      before[place] = last[bucket] ?? -1;
      last[bucket] = place;
    }
    return { last, before };
  }

  /** Where the first header of the member at a place stands, in bytes. */
  startAt(place: number): number {
    return this.#starts[place] ?? 0;
  }

  #add(hash: number, start: number): void {
    if (this.#count === this.#hashes.length) {
      const [hashes, starts] = [new Uint32Array(this.#count * 2), new Float64Array(this.#count * 2)];
      hashes.set(this.#hashes);
      starts.set(this.#starts);
      [this.#hashes, this.#starts] = [hashes, starts];
    }
    this.#hashes[this.#count] = hash;
    this.#starts[this.#count] = start;
    this.#count += 1;
  }
}

/** Another one in every process, so that nobody can make paths of one hash beforehand. */
const seed = randomInt(2 ** 32);

/** FNV-1a. */
function hashOf(path: string): number {
  let hash = seed;
  for (let index = 0; index < path.length; index += 1) {
    hash = Math.imul(hash ^ path.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
