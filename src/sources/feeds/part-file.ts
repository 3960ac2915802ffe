import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { partPath, readPartNote, removePartNote, type ServedFile, writePartNote } from './download-note.ts';

export interface PartSums {
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  /** In base64; absent where this machine's rules forbid to compute it (FIPS). */
  readonly md5: string | undefined;
}

/** A file that is not whole yet, with what its server said of it. It stays when the process ends. */
export interface PartFile {
  readonly path: string;
  /** Bytes. */
  readonly length: () => number;
  /** What is known of the file that this is a part of; nothing where there is no part. */
  readonly note: () => ServedFile | undefined;
  /** Begins anew, with nothing. */
  readonly begin: (note: ServedFile) => void;
  /** Goes on behind the first bytes of what is there. */
  readonly proceed: (length: number) => void;
  readonly write: (chunk: Buffer) => void;
  /** Ends writing, for now or for good. */
  readonly close: () => void;
  /** Of all that was written; `close` first. */
  readonly sums: () => PartSums;
  readonly drop: () => void;
}

/** Bytes that are read at a time. */
const pieceSize = 64 * 1024;

/** The part of a file that lies beside its place. All but `length`, `note` and `drop` throw the file system's errors. */
export function partFile(file: string): PartFile {
  const path = partPath(file);
  let descriptor: number | undefined;
  let written = sizeOf(path);
  let note = written === undefined ? undefined : readPartNote(file);
  let hashes = newHashes();

  function update(bytes: Buffer): void {
    hashes.digest.update(bytes);
    hashes.md5?.update(bytes);
  }

  function close(): void {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  }

  function drop(): void {
    close();
    removePartNote(file);
    rmSync(path, { force: true });
    written = undefined;
    note = undefined;
  }

  function begin(served: ServedFile): void {
    close();
    // Emptied before it is said of what: bytes of another file never stand under a note that is not theirs.
    descriptor = openSync(path, 'w');
    written = 0;
    hashes = newHashes();
    writePartNote(file, served);
    note = served;
  }

  function proceed(length: number): void {
    close();
    hashes = newHashes();
    descriptor = openSync(path, 'r+');
    const piece = Buffer.allocUnsafe(pieceSize);
    // The number of the descriptor goes on with each reading, so that writing begins where reading ended.
    for (let at = 0; at < length;) {
      const count = readSync(descriptor, piece, 0, Math.min(pieceSize, length - at), null);
      if (count === 0) throw Object.assign(new Error(`${path} became shorter`), { code: 'EIO' });
      update(piece.subarray(0, count));
      at += count;
    }
    written = length;
  }

  function write(chunk: Buffer): void {
    if (descriptor === undefined) throw new Error(`${path} is not open`);
    writeFileSync(descriptor, chunk);
    update(chunk);
    written = (written ?? 0) + chunk.length;
  }

  return {
    path,
    length: () => written ?? 0,
    note: () => note,
    begin,
    proceed,
    write,
    close,
    sums: () => ({ digest: hashes.digest.digest('hex'), md5: hashes.md5?.digest('base64') }),
    drop,
  };
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

function newHashes(): { readonly digest: Hash; readonly md5: Hash | undefined } {
  const digest = createHash('sha256');
  try {
    return { digest, md5: createHash('md5') };
  } catch {
    return { digest, md5: undefined };
  }
}
