import type { JsonObject, JsonValue, KeyPath } from '../model/json.ts';

/**
 * An entry for every part of a value, in the order of a walk over it: its offset, and how many entries it takes
 * together with all that is in it. A tree of nodes is thirty times as large.
 */
export class PlaceRecord {
  readonly #numbers: number[] = [];

  get length(): number {
    return this.#numbers.length / 2;
  }

  /** Begins a part, and returns the entry to close behind all that is in it. */
  open(offset: number): number {
    this.#numbers.push(offset, 0);
    return this.length - 1;
  }

  close(index: number): void {
    this.#numbers[2 * index + 1] = this.length - index;
  }

  /** The same entries once more: sizes are all that they say of each other. */
  repeat(from: number, to: number): void {
    for (let index = 2 * from; index < 2 * to; index += 1) this.#numbers.push(this.#numbers[index] ?? 0);
  }

  /** Ends the record, and finds in it: the offset of what stands at a path of the value, or of what is nearest around it. */
  finderIn(root: JsonValue): (path: KeyPath) => number {
    const numbers = Uint32Array.from(this.#numbers);
    return (path) => {
      let [value, entry] = [root, 0];
      for (const step of path) {
        const position = positionOf(value, step);
        if (position < 0) break;
        entry += 1;
        for (let skipped = 0; skipped < position; skipped += 1) entry += numbers[2 * entry + 1] ?? 0;
        value = (value as JsonObject)[step] ?? null;
      }
      return numbers[2 * entry] ?? 0;
    };
  }
}

/** How many entries of a list or fields of an object come before this one; -1 where it is not there. */
function positionOf(value: JsonValue, step: string | number): number {
  if (Array.isArray(value)) return typeof step === 'number' && step < value.length ? step : -1;
  return typeof value === 'object' && value !== null ? Object.keys(value).indexOf(String(step)) : -1;
}
