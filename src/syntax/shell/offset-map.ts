import type { Span } from '../../model/source-text.ts';

/**
 * Where the characters of a text that was put together (joined lines, a string without its quotes) stand in the text
 * that it was made from.
 */
export interface OffsetMap {
  /** The offset in the original of the character at `offset`. */
  at(offset: number): number;
}

/** A text that is a stretch of the original as it is. */
export function shifted(base: number): OffsetMap {
  return { at: (offset) => base + offset };
}

/** First through `inner`, then through `outer`. */
export function composed(inner: OffsetMap, outer: OffsetMap): OffsetMap {
  return { at: (offset) => outer.at(inner.at(offset)) };
}

/** The stretch of the original that begins with the first and ends with the last of these characters. */
export function spanThrough(map: OffsetMap, start: number, end: number): Span {
  const from = map.at(start);
  return { start: from, end: end > start ? Math.max(from, map.at(end - 1) + 1) : from };
}

/** Puts a text together from stretches of another one, and knows where each came from. */
export class JoinedText implements OffsetMap {
  readonly #parts: string[] = [];
  /** Where each stretch begins here, and there. */
  readonly #heres: number[] = [];
  readonly #theres: number[] = [];
  #length = 0;
  #text: string | undefined;

  /** `there` is where `part` begins in the original. */
  add(part: string, there: number): void {
    if (part === '' && this.#heres.length > 0) return;
    const last = this.#heres.length - 1;
    const follows = last >= 0 && (this.#theres[last] ?? 0) + this.#length - (this.#heres[last] ?? 0) === there;
    if (!follows) {
      this.#heres.push(this.#length);
      this.#theres.push(there);
    }
    this.#parts.push(part);
    this.#length += part.length;
    this.#text = undefined;
  }

  get text(): string {
    return (this.#text ??= this.#parts.join(''));
  }

  get length(): number {
    return this.#length;
  }

  /** The stretches that it was put together from, in order. */
  stretches(): { readonly start: number; readonly there: number; readonly length: number }[] {
    return this.#heres.map((start, index) => {
      const next = this.#heres[index + 1] ?? this.#length;
      return { start, there: this.#theres[index] ?? 0, length: next - start };
    });
  }

  at(offset: number): number {
    let [low, high] = [0, this.#heres.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#heres[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return (this.#theres[low] ?? 0) + offset - (this.#heres[low] ?? 0);
  }
}
