/** The bytes of a stream, taken in parts of any length. A chunk is not looked at any more once the next one is asked for. */
export class TarChunks {
  readonly #chunks: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);
  #used = 0;
  #gathered = Buffer.alloc(0);
  #position = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes from the beginning. */
  get position(): number {
    return this.#position;
  }

  /** The next `length` bytes where they have come already; nothing waits. */
  takeNow(length: number): Buffer | undefined {
    if (this.#used + length > this.#chunk.length) return undefined;
    return this.#cut(length);
  }

  /** The next `length` bytes, fewer at the end. They may be written over by the next call. */
  async take(length: number): Promise<Buffer> {
    const whole = this.takeNow(length);
    if (whole) return whole;
    if (this.#gathered.length < length) this.#gathered = Buffer.allocUnsafeSlow(length);
    const gathered = this.#gathered.subarray(0, length);
    let done = 0;
    while (done < length) {
      const piece = await this.takeSome(length - done);
      if (piece.length === 0) break;
      done += piece.copy(gathered, done);
    }
    return gathered.subarray(0, done);
  }

  /** The same bytes again with the next call; fewer at the end. */
  async peek(length: number): Promise<Buffer> {
    while (this.#chunk.length - this.#used < length) {
      const rest = Buffer.from(this.#chunk.subarray(this.#used));
      if (!(await this.#next())) {
        this.#chunk = rest;
        this.#used = 0;
        break;
      }
      if (rest.length > 0) this.#chunk = Buffer.concat([rest, this.#chunk]);
    }
    return this.#chunk.subarray(this.#used, this.#used + length);
  }

  /** Puts the last `length` bytes back that `takeSome` gave. */
  giveBack(length: number): void {
    this.#used -= length;
    this.#position -= length;
  }

  /** At least one byte and at most `length` of them; none at the end. */
  async takeSome(length: number): Promise<Buffer> {
    if (this.#used === this.#chunk.length && !(await this.#next())) return this.#chunk.subarray(0, 0);
    return this.#cut(Math.min(length, this.#chunk.length - this.#used));
  }

  /** So many of the next bytes as have come already, and none where they have to be waited for. */
  whatIsHere(): Buffer {
    return this.#chunk.subarray(this.#used);
  }

  /** Whether there were so many bytes to pass over. */
  async skip(length: number): Promise<boolean> {
    for (let left = length; left > 0;) {
      const piece = await this.takeSome(left);
      if (piece.length === 0) return false;
      left -= piece.length;
    }
    return true;
  }

  /** Passes over all that is left, so that what counts or hashes on the way is fed with everything. */
  async drain(): Promise<void> {
    while ((await this.takeSome(Number.MAX_SAFE_INTEGER)).length > 0);
  }

  /** Ends what feeds it. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      if (value.length === 0) continue;
      this.#chunk = value;
      this.#used = 0;
      return true;
    }
  }

  #cut(length: number): Buffer {
    const part = this.#chunk.subarray(this.#used, this.#used + length);
    this.#used += length;
    this.#position += length;
    return part;
  }
}
