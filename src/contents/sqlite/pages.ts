import type { FileContent } from '../../model/file-tree.ts';
import type { WrittenAhead } from './written-ahead.ts';

/** A SQLite database as its numbered pages: https://www.sqlite.org/fileformat2.html. */
export interface SqlitePages {
  /** Bytes. */
  readonly pageSize: number;
  /** Bytes of a page that hold content; an extension may reserve the rest. */
  readonly usable: number;
  /** Pages are numbered from 1 to this. */
  readonly count: number;
  /** The page, which the next one may be written over; undefined for one that the file does not have. */
  readonly page: (number: number) => Buffer | undefined;
}

const magic = 'SQLite format 3\0';
export const databaseHeaderLength = 100;

/**
 * Opens a database by its first bytes.
 *
 * @param writtenAhead pages that stand in the write-ahead log and take the place of those in the file
 * @returns undefined for what is none: also an encrypted one
 */
export function sqlitePages(content: FileContent, writtenAhead?: WrittenAhead): SqlitePages | undefined {
  const header = Buffer.from(content.read(0, databaseHeaderLength));
  if (header.length < databaseHeaderLength || header.toString('latin1', 0, magic.length) !== magic) return undefined;
  const pageSize = pageSizeOf(header.readUInt16BE(16));
  const usable = pageSize - (header[20] ?? 0);
  // SQLite itself needs 480 bytes of a page.
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0 || usable < 480) return undefined;
  const ahead = writtenAhead?.pageSize === pageSize ? writtenAhead : undefined;
  const inFile = Math.floor(content.size / pageSize);
  return {
    pageSize,
    usable,
    count: Math.max(inFile, Math.min(ahead?.count ?? 0, inFile + (ahead?.pages ?? 0))),
    page: (number) => {
      const fromLog = ahead?.page(number);
      if (fromLog) return fromLog;
      if (number < 1 || number > inFile) return undefined;
      const bytes = content.read((number - 1) * pageSize, pageSize);
      return bytes.length === pageSize ? bytes : undefined;
    },
  };
}

/** 1 stands for 65,536, which two bytes cannot hold. */
export function pageSizeOf(written: number): number {
  return written === 1 ? 65_536 : written;
}
