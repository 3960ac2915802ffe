/** Puts one value together from the pieces that a file keeps on several pages, in memory that the next value uses again. */
export class GatheredBytes {
  #memory = Buffer.alloc(0);
  #length = 0;

  /** Begins a value of up to `length` bytes. */
  begin(length: number): void {
    if (this.#memory.length < length) this.#memory = Buffer.allocUnsafe(length);
    this.#length = 0;
  }

  /** Adds a copy of a piece; what goes beyond the announced length is cut off. */
  add(piece: Buffer): void {
    this.#length += piece.copy(this.#memory, this.#length);
  }

  /** What was gathered; written over by the next value. */
  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#length);
  }
}
