import type { FileContent } from '../model/file-tree.ts';
import type { ZipEntry } from '../syntax/zip/directory.ts';
import { readExactly } from '../syntax/bytes.ts';

const localHeaderSize = 30;
/** Says in the flags that sizes and checksum stand behind the content: its writer could not go back. */
const standsBehind = 8;

/**
 * The CRC-32 that an archive has for an entry, in its header or behind its content; nothing where it has none. Some writers put a zero
 * where they have not computed one. Facts: APPNOTE.TXT 6.3.10, 4.3.7 and 4.3.9.
 */
export function entryChecksum(archive: FileContent, { offset, compressedSize }: ZipEntry): number | undefined {
  const header = readExactly(archive, offset, localHeaderSize);
  if (!header) return undefined;
  const start = offset + localHeaderSize + header.readUInt16LE(26) + header.readUInt16LE(28);
  const isBehind = (header.readUInt16LE(6) & standsBehind) !== 0;
  const checksum = isBehind ? checksumBehind(archive, start + compressedSize) : header.readUInt32LE(14);
  return checksum === 0 ? undefined : checksum;
}

function checksumBehind(archive: FileContent, at: number): number {
  const words = readExactly(archive, at, 8);
  if (!words) return 0;
  // A signature was once not asked for, and some writers have none.
  return words.readUInt32LE(0) === 0x08074b50 ? words.readUInt32LE(4) : words.readUInt32LE(0);
}
