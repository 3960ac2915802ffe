import type { FileContent } from '../../model/file-tree.ts';
import { CatalogerError } from '../cataloger.ts';
import { damages, largestHeader, type RecordVisitor } from './record-visitor.ts';

/** All numbers are little endian. */
const magics = { file: 'RpmP', slot: 'Slot', blob: 'BlbS' } as const;
const pageSize = 4096;
const headerLength = 32;
const slotLength = 16;
const blobHeaderLength = 16;
/** Blobs begin at, and fill up, multiples of this. */
const blockLength = 16;

/**
 * `Packages.db` of rpm's own database (ndb): a header, pages of slots that say where a package's blob begins, blobs.
 *
 * @throws CatalogerError
 */
export function readNdbDatabase(content: FileContent, visitor: RecordVisitor): void {
  const header = Buffer.from(content.read(0, headerLength));
  if (header.length < headerLength || header.toString('latin1', 0, 4) !== magics.file) {
    throw new CatalogerError({ en: "it is not a database of rpm's kind ndb", zh: '不是 rpm 的 ndb 数据库' });
  }
  const version = header.readUInt32LE(4);
  if (version !== 0) {
    throw new CatalogerError({
      en: `its version ${version} is not known`,
      zh: `未知的版本 ${version}`,
    });
  }
  const slotPages = Math.min(header.readUInt32LE(12), Math.ceil(content.size / pageSize));
  // Blobs lie beside each other: together they cannot be longer than the file.
  let left = content.size;
  for (let number = 0; number < slotPages; number += 1) {
    const page = Buffer.from(content.read(number * pageSize, pageSize));
    for (
      let place = number === 0 ? headerLength : 0;
      place + slotLength <= page.length && left >= 0;
      place += slotLength
    ) {
      const packageIndex = page.readUInt32LE(place + 4);
      const start = page.readUInt32LE(place + 8) * blockLength;
      if (packageIndex === 0 || start === 0) continue;
      if (page.toString('latin1', place, place + 4) !== magics.slot) visitor.damaged(damages.page);
      else left -= readBlob(content, packageIndex, start, page.readUInt32LE(place + 12) * blockLength, visitor);
    }
    if (left < 0) return visitor.damaged(damages.circle);
  }
}

/** @returns the bytes that were read for it */
function readBlob(
  content: FileContent,
  packageIndex: number,
  start: number,
  most: number,
  visitor: RecordVisitor,
): number {
  const header = content.read(start, blobHeaderLength);
  if (header.length < blobHeaderLength) {
    visitor.damaged(damages.beyond);
    return blobHeaderLength;
  }
  const length = header.readUInt32LE(12);
  const isBlob =
    header.toString('latin1', 0, 4) === magics.blob && header.readUInt32LE(4) === packageIndex && length <= most;
  if (!isBlob) {
    visitor.damaged(damages.page);
    return blobHeaderLength;
  }
  if (length > largestHeader) {
    visitor.damaged(damages.tooLarge);
    return blobHeaderLength;
  }
  const blob = content.read(start + blobHeaderLength, length);
  if (blob.length < length) visitor.damaged(damages.beyond);
  else visitor.header(blob);
  return blobHeaderLength + length;
}
