import { mostEntries } from './tar-telling.ts';
import { cleanPath } from './tar-name.ts';
import type { TarMember } from './tar-walk.ts';

/** Paths with the same hash are tried, so many of them: a million can be made to have the same one. */
const mostTries = 64;

/** Where each path of an archive stands. Paths themselves are not kept: a million of them would take more room than all else. */
export class TarIndex {
  #hashes = new Uint32Array(1024);
  #starts = new Float64Array(1024);
  #count = 0;

  static of(members: Iterable<TarMember>): TarIndex {
    const index = new TarIndex();
    for (const { path, refused, start } of members) {
      const clean = refused ? undefined : cleanPath(path);
      if (clean !== undefined) index.#add(hashOf(clean), start);
      if (index.#count === mostEntries) break;
    }
    return index;
  }

  /** Places that may be of this path, the last first; `before`: only those in front of that place. */
  *placesOf(path: string, before = this.#count): Generator<number> {
    const hash = hashOf(path);
    let place = before;
    for (let tries = 0; place > 0 && tries < mostTries; tries += 1) {
      place = this.#hashes.lastIndexOf(hash, place - 1);
      if (place < 0) return;
      yield place;
    }
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

/** FNV-1a. Who makes paths of the same value only makes looking them up slower. */
function hashOf(path: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < path.length; index += 1) {
    hash = Math.imul(hash ^ path.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
