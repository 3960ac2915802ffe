import type { FileContent } from '../model/file-tree.ts';
import { readExactly } from '../syntax/bytes.ts';
import { visitZipEntries, zipDirectory, type ZipEntry } from '../syntax/zip/directory.ts';

/** Why the table of an archive is not to be used. A part of a table is not: what it does not name would count as withdrawn. */
export type TableFault = 'no-archive' | 'damaged-archive' | 'too-many-entries';

/** osv.dev's largest export has a quarter of a million, and all of them together half a million. */
export const mostEntries = 2_000_000;

/** Shows all entries but folders, in the order of the table. */
export function visitFiles(
  archive: FileContent,
  visit: (entry: ZipEntry) => void,
  most = mostEntries,
): TableFault | undefined {
  const directory = zipDirectory(archive);
  if (!directory) return 'no-archive';
  let count = 0;
  const isWhole = visitZipEntries(archive, directory, (entry) => {
    count += 1;
    if (count > most) return false;
    if (!entry.name.endsWith('/')) visit(entry);
    return true;
  });
  if (!isWhole) return 'damaged-archive';
  return count > most ? 'too-many-entries' : undefined;
}

/** Entries that are held at a time: about as many as one reading of the table has. */
const pageSize = 500;

/**
 * The same entries one after the other, for whoever cannot take them all at once: an export of everything has half a million.
 * Ends where the table does, or is damaged: `visitFiles` says which.
 */
export function* filesOf(archive: FileContent): Generator<ZipEntry, void> {
  const directory = zipDirectory(archive);
  if (!directory) return;
  const end = directory.offset + directory.size;
  for (let at = directory.offset; at < end;) {
    const page: ZipEntry[] = [];
    visitZipEntries(archive, { offset: at, size: end - at, shift: directory.shift }, (entry) => {
      page.push(entry);
      return page.length < pageSize;
    });
    if (page.length === 0) return;
    for (const _ of page) at += rowLength(archive, at);
    yield* page.filter(({ name }) => !name.endsWith('/'));
  }
}

const rowSize = 46;

/** Bytes of an entry in the table: numbers, its name, extra field and comment. */
function rowLength(archive: FileContent, at: number): number {
  const row = readExactly(archive, at, rowSize);
  return row ? rowSize + row.readUInt16LE(28) + row.readUInt16LE(30) + row.readUInt16LE(32) : rowSize;
}

/** Whether a name leads out of the folder that the archive would be unpacked in. */
export function leadsOut(name: string): boolean {
  return /^[\\/]|^[A-Za-z]:/.test(name) || name.split(/[\\/]/).includes('..');
}
