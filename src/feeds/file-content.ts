import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { PlimsollError } from '../model/error.ts';
import type { FileContent, OpenedContent } from '../model/file-tree.ts';

/** Bytes that are read at a time: entries of an archive are small and lie one behind the other. */
const windowSize = 64 * 1024;

/**
 * Opens a regular file. Reading from it once it was closed is an error; the same number may belong to another file by then.
 *
 * @throws the file system's error; what is read later throws PlimsollError
 */
export function openFileContent(path: string): OpenedContent {
  // Opening a pipe would wait for whoever writes into it.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  let isOpen = true;
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw Object.assign(new Error(`${path} is no regular file`), { code: 'EFTYPE' });
    const window = Buffer.allocUnsafeSlow(windowSize);
    let start = 0;
    let filled = 0;
    return { size: stats.size, read, close };

    function read(offset: number, length: number): Buffer {
      if (!isOpen) throw new Error(`${path} was closed`);
      if (length > windowSize) {
        const bytes = Buffer.allocUnsafeSlow(length);
        return bytes.subarray(0, readInto(bytes, offset));
      }
      if (offset < start || offset + length > start + filled) {
        start = offset;
        filled = 0;
        filled = readInto(window, offset);
      }
      return window.subarray(offset - start, Math.min(filled, offset - start + length));
    }
  } catch (error) {
    close();
    throw error;
  }

  function readInto(bytes: Buffer, offset: number): number {
    let done = 0;
    while (done < bytes.length) {
      const count = readPiece(bytes, done, offset + done);
      if (count === 0) break;
      done += count;
    }
    return done;
  }

  function readPiece(bytes: Buffer, at: number, position: number): number {
    try {
      return readSync(file, bytes, at, bytes.length - at, position);
    } catch (error) {
      throw unreadableFile(path, error);
    }
  }

  function close(): void {
    if (isOpen) closeSync(file);
    isOpen = false;
  }
}

/** What the file system says is wrong: `EACCES`. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

function unreadableFile(path: string, error: unknown): PlimsollError {
  const code = codeOf(error);
  return new PlimsollError('file-unreadable', {
    en: `${path} cannot be read: ${code}`,
    zh: `无法读取 ${path}：${code}`,
  });
}

export interface ContentSums {
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  /** CRC-32, as archives have it. */
  readonly checksum: number;
}

/**
 * Reads all of a file, piece by piece.
 *
 * @param name - of the file, for the error
 * @throws PlimsollError where it became shorter meanwhile
 */
export function sumsOf(content: FileContent, name: string): ContentSums {
  const hash = createHash('sha256');
  let checksum = 0;
  for (const piece of piecesOf(content)) {
    hash.update(piece);
    checksum = crc32(piece, checksum);
    if (piece.length === 0) throw changedMeanwhile(name);
  }
  return { digest: hash.digest('hex'), checksum };
}

/** The bytes of a file, in its order. A piece is gone once the next one is asked for, and none is empty but where the file was cut. */
export function* piecesOf(content: FileContent, size = windowSize): Generator<Buffer> {
  for (let at = 0; at < content.size;) {
    const piece = content.read(at, Math.min(size, content.size - at));
    yield piece;
    if (piece.length === 0) return;
    at += piece.length;
  }
}

/** A file that is not any more as it was when it was opened. */
export function changedMeanwhile(name: string): PlimsollError {
  return new PlimsollError(
    'file-unreadable',
    { en: `${name} was changed while it was read`, zh: `读取 ${name} 时，其内容被改动` },
    { en: 'Read it once more when nobody writes it.', zh: '请在无人写入该文件时重新读取。' },
  );
}
