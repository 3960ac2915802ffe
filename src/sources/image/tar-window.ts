import { readSync } from 'node:fs';
import type { FileContent } from '../../model/file-tree.ts';
import type { FileRange } from './blob-store.ts';

/** Small files lie close together: several of them are read with one call. Of large ones that nobody wants only the header is. */
const windowSize = 64 * 1024;
const smallestWindow = 4 * 1024;
/** Larger parts are kept by whoever asked for them only. */
const largestKept = 1024 ** 2;

/** Reads parts of an open file by their place. */
export class TarWindow {
  readonly range: FileRange;
  #window = Buffer.alloc(0);
  #start = 0;
  #length = 0;
  #next = smallestWindow;
  #large = Buffer.alloc(0);

  constructor(range: FileRange) {
    this.range = range;
  }

  /**
   * Up to `length` bytes, fewer at the end of the range. They are written over by the next reading.
   *
   * @throws the file system's error
   */
  bytes(position: number, length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, this.range.size - position));
    if (position >= this.#start && position + wanted <= this.#start + this.#length) {
      return this.#window.subarray(position - this.#start, position - this.#start + wanted);
    }
    if (wanted > windowSize) return this.#readLarge(position, wanted);
    if (this.#window.length === 0) this.#window = Buffer.allocUnsafeSlow(windowSize);
    const isNear = position >= this.#start && position - this.#start - this.#length < this.#next;
    this.#next = isNear ? Math.min(windowSize, this.#next * 2) : smallestWindow;
    const available = Math.min(Math.max(wanted, this.#next), this.range.size - position);
    this.#start = position;
    this.#length = readInto(this.range, position, this.#window.subarray(0, available));
    return this.#window.subarray(0, Math.min(wanted, this.#length));
  }

  /** A part of it as a content of its own. */
  content(offset: number, size: number): FileContent {
    return {
      size,
      read: (from, length) => this.bytes(offset + from, Math.max(0, Math.min(length, size - from))),
    };
  }

  #readLarge(position: number, length: number): Buffer {
    if (length > largestKept) {
      const bytes = Buffer.allocUnsafeSlow(length);
      return bytes.subarray(0, readInto(this.range, position, bytes));
    }
    if (this.#large.length === 0) this.#large = Buffer.allocUnsafeSlow(largestKept);
    return this.#large.subarray(0, readInto(this.range, position, this.#large.subarray(0, length)));
  }
}

/** How many bytes were read: fewer where the file has become shorter. */
export function readInto({ descriptor, start }: FileRange, position: number, into: Buffer): number {
  let done = 0;
  while (done < into.length) {
    const count = readSync(descriptor, into, done, into.length - done, start + position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}
