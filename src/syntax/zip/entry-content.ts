import { inflateRawSync } from 'node:zlib';
import type { FileContent } from '../../model/file-tree.ts';
import { contentOfBytes, partOf, readExactly } from '../bytes.ts';
import type { ZipEntry } from './directory.ts';

/** Why the content of an entry cannot be had. */
export type EntryProblem = 'encrypted' | 'unknown-compression' | 'damaged' | 'too-large';

export interface EntryReading {
  /** Absent where there is a problem. */
  readonly content?: FileContent;
  readonly problem?: EntryProblem;
  /** Bytes that it holds in memory: none where it is a part of the archive as it is. */
  readonly memory: number;
  /** Bytes that were read or inflated for it at most, also where nothing came of it. */
  readonly work: number;
}

const localHeaderSize = 30;
/** Deflate makes no more of one byte. */
const highestRatio = 1032;

/**
 * The content of an entry. What was stored is a part of the archive and costs no memory; what was deflated is inflated, up to `limit`
 * bytes and no more than the archive says.
 */
export function entryContent(archive: FileContent, entry: ZipEntry, limit: number): EntryReading {
  if (entry.isEncrypted) return problem('encrypted');
  if (entry.method !== 0 && entry.method !== 8) return problem('unknown-compression');
  const header = readExactly(archive, entry.offset, localHeaderSize);
  if (!header || header.readUInt32LE(0) !== 0x04034b50) return problem('damaged');
  // The name and the extra field may be others here than in the table, and so may their lengths.
  const start = entry.offset + localHeaderSize + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + entry.compressedSize > archive.size) return problem('damaged');
  if (entry.method === 0) return { content: partOf(archive, start, entry.compressedSize), memory: 0, work: 0 };
  if (Math.max(entry.compressedSize, entry.size) > limit) return problem('too-large');
  const compressed = readExactly(archive, start, entry.compressedSize);
  if (!compressed) return problem('damaged');
  return { ...inflated(compressed, entry.size), work: Math.max(compressed.length, entry.size) };
}

/** As in Java, an entry has no more bytes than the table says. */
function inflated(compressed: Buffer, claimed: number): Omit<EntryReading, 'work'> {
  if (claimed === 0) return { content: contentOfBytes(Buffer.alloc(0)), memory: 0 };
  try {
    const bytes = inflateRawSync(compressed, {
      maxOutputLength: claimed,
      // In one piece where the claim is true: joining pieces would take it twice.
      chunkSize: Math.max(64, Math.min(claimed + 1, compressed.length * highestRatio)),
    });
    return { content: contentOfBytes(bytes), memory: bytes.length };
  } catch {
    return problem('damaged');
  }
}

function problem(kind: EntryProblem): EntryReading {
  return { problem: kind, memory: 0, work: 0 };
}
