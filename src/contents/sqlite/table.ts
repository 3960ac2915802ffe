import { GatheredBytes } from '../gathered-bytes.ts';
import { visitedPages } from '../visited-pages.ts';
import { databaseHeaderLength, type SqlitePages } from './pages.ts';
import { readRecord, readVarint } from './records.ts';

/** Whoever is shown the rows of a table. */
export interface RowVisitor {
  /** The record of one row, written over once this returns. */
  readonly row: (record: Buffer) => void;
  readonly damaged: (damage: TableDamage) => void;
}

export type TableDamage = 'circle' | 'beyond' | 'page' | 'record' | 'tooLarge';

const kinds = { interior: 5, leaf: 13 } as const;
const headerLengths = { interior: 12, leaf: 8 } as const;
/** With the smallest pages and the longest keys, a tree of 2³¹ pages is less deep. */
const deepest = 32;

/**
 * Shows every row of the table whose tree begins at page `root`, in the order of their keys. Each page is read once; a record of
 * more than `largest` bytes is damage.
 */
export function readTable(database: SqlitePages, root: number, largest: number, visitor: RowVisitor): void {
  const isNew = visitedPages(database.count + 1);
  const gathered = new GatheredBytes();
  visit(root, 0);

  function visit(number: number, depth: number): void {
    const read = database.page(number);
    if (!read) return visitor.damaged('beyond');
    // Other pages are read before this one is done with.
    const page = Buffer.from(read);
    if (depth > deepest || !isNew(number)) return visitor.damaged('circle');
    // The first page begins with the header of the file.
    const start = number === 1 ? databaseHeaderLength : 0;
    const kind = page[start];
    if (kind !== kinds.interior && kind !== kinds.leaf) return visitor.damaged('page');
    const cells = page.readUInt16BE(start + 3);
    const pointers = start + headerLengths[kind === kinds.leaf ? 'leaf' : 'interior'];
    if (pointers + cells * 2 > page.length) return visitor.damaged('page');
    for (let index = 0; index < cells; index += 1) {
      const cell = page.readUInt16BE(pointers + index * 2);
      if (kind === kinds.leaf) readCell(page, cell);
      else if (cell + 4 <= page.length) visit(page.readUInt32BE(cell), depth + 1);
      else visitor.damaged('page');
    }
    if (kind === kinds.interior) visit(page.readUInt32BE(start + 8), depth + 1);
  }

  function readCell(page: Buffer, cell: number): void {
    const length = readVarint(page, cell);
    const key = length && readVarint(page, length.next);
    if (!length || !key) return visitor.damaged('page');
    const start = key.next;
    const local = localLength(database.usable, length.value);
    if (start + local > page.length) return visitor.damaged('page');
    if (local === length.value) return visitor.row(page.subarray(start, start + local));
    if (length.value > largest) return visitor.damaged('tooLarge');
    if (length.value > database.count * database.pageSize) return visitor.damaged('record');
    gathered.begin(length.value);
    gathered.add(page.subarray(start, start + local));
    const damage =
      start + local + 4 > page.length ? 'page' : gather(page.readUInt32BE(start + local), length.value - local);
    if (damage) visitor.damaged(damage);
    else visitor.row(gathered.bytes);
  }

  /** The rest of a record, from pages that are linked to each other: the next one's number, then content. */
  function gather(first: number, wanted: number): TableDamage | undefined {
    let next = first;
    let left = wanted;
    while (left > 0) {
      if (next === 0) return 'record';
      const page = database.page(next);
      if (!page) return 'beyond';
      if (!isNew(next)) return 'circle';
      const length = Math.min(left, database.usable - 4);
      gathered.add(page.subarray(4, 4 + length));
      left -= length;
      next = page.readUInt32BE(0);
    }
    return undefined;
  }
}

/** How much of a record of a table stands in the tree's own page, by the rules of the format. */
function localLength(usable: number, length: number): number {
  const most = usable - 35;
  if (length <= most) return length;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (usable - 4));
  return fitting <= most ? fitting : least;
}

/** The page at which the tree of a table begins; undefined where the database has no such table. */
export function rootOfTable(database: SqlitePages, table: string): number | undefined {
  let root: number | undefined;
  // Columns: type, name, table's name, root page, statement.
  readTable(database, 1, 1024 ** 2, {
    row: (record) => {
      const [type, name, , page] = readRecord(record);
      if (type?.kind !== 'text' || name?.kind !== 'text' || page?.kind !== 'number') return;
      if (record.toString('latin1', type.start, type.end) !== 'table') return;
      if (record.toString('latin1', name.start, name.end).toLowerCase() === table.toLowerCase()) root ??= page.value;
    },
    damaged: () => undefined,
  });
  return root;
}
