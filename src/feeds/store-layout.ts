import { closeSync, openSync, readSync } from 'node:fs';

/** Where a file of SQLite has the number that its owner gave it: https://www.sqlite.org/fileformat.html */
const header = { length: 64, magic: 'SQLite format 3\0', userVersion: 60 };

/** The layout of a store, without opening it as a database; `undefined` for what is none, or cannot be read. */
export function layoutOf(file: string): number | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(header.length);
    const length = readSync(descriptor, bytes, 0, header.length, 0);
    if (length < header.length || bytes.toString('latin1', 0, header.magic.length) !== header.magic) return undefined;
    return bytes.readUInt32BE(header.userVersion);
  } catch {
    // Whoever opens it says what is wrong with it.
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
