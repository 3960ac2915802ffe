import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import type { FileContent } from '../../model/file-tree.ts';
import { piecesOf } from '../file-content.ts';
import { bundleError } from './bundle-words.ts';
import { checkStore } from './check-store.ts';
import { bundleNames } from './manifest.ts';
import type { Bundle } from './open-bundle.ts';

/**
 * Writes the store of a bundle into a file, in place of what is in it, and holds it against the manifest: its size, checksum and content.
 * Afterwards it has the layout of this Plimsoll. What is there after an error is of no use.
 *
 * @throws PlimsollError where it is not what the manifest says; the file system's error where it cannot be written
 */
export async function unpackStore(bundle: Bundle, target: string): Promise<void> {
  const descriptor = openSync(target, 'w', 0o644);
  try {
    await unpackInto(descriptor, bundle);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  checkStore(target, bundle);
}

async function unpackInto(descriptor: number, { file, manifest, packedStore }: Bundle): Promise<void> {
  const { size, sha256 } = manifest.store;
  const hash = createHash('sha256');
  let written = 0;
  const packed = Readable.from(copies(packedStore.content, file));
  try {
    if (packedStore.isDeflated) await pipeline(packed, createInflateRaw(), write);
    else await pipeline(packed, write);
  } catch (error) {
    // Of zlib: Z_DATA_ERROR, Z_BUF_ERROR.
    const isDamage = String((error as NodeJS.ErrnoException).code).startsWith('Z_');
    throw isDamage ? bundleError(file, 'damaged', bundleNames.store) : error;
  }
  if (written !== size) throw bundleError(file, 'size', `${written} B ≠ ${size} B`);
  if (hash.digest('hex') !== sha256) throw bundleError(file, 'checksum');

  async function write(chunks: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of chunks) {
      // No more is written than was promised, whatever it would unpack to.
      if (written + chunk.length > size) throw bundleError(file, 'size', `> ${size} B`);
      hash.update(chunk);
      for (let done = 0; done < chunk.length;) {
        done += writeSync(descriptor, chunk, done, chunk.length - done, written + done);
      }
      written += chunk.length;
    }
  }
}

function* copies(content: FileContent, file: string): Generator<Buffer> {
  for (const piece of piecesOf(content)) {
    if (piece.length === 0) throw bundleError(file, 'changed');
    yield Buffer.from(piece);
  }
}
