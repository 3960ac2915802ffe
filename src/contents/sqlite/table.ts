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
    if (depth > deepest) return visitor.damaged('circle');
    const read = newPage(number);
    if (typeof read === 'string') return visitor.damaged(read);
    // Other pages are read before this one is done with.
    const page = Buffer.from(read);
    // The first page begins with the header of the file.
    const start = number === 1 ? databaseHeaderLength : 0;
    const kind = page[start];
    if (kind !== kinds.interior && kind !== kinds.leaf) return visitor.damaged('page');
    const cells = page.readUInt16BE(start + 3);
    const pointers = start + headerLengths[kind === kinds.leaf ? 'leaf' : 'interior'];
    if (pointers + cells * 2 > page.length) return visitor.damaged('page');
    // Cells lie beside each other: together they cannot be longer than the page.
    let left = page.length;
    for (let index = 0; index < cells; index += 1) {
      const cell = page.readUInt16BE(pointers + index * 2);
      if (kind === kinds.leaf) {
        left -= readCell(page, cell);
        if (left < 0) return visitor.damaged('circle');
      } else if (cell + 4 <= page.length) visit(page.readUInt32BE(cell), depth + 1);
      else visitor.damaged('page');
    }
    if (kind === kinds.interior) visit(page.readUInt32BE(start + 8), depth + 1);
  }

  /** Whether it is new is asked before it is read: a page may lead to another ten thousand times. */
  function newPage(number: number): Buffer | TableDamage {
    if (number > database.count) return 'beyond';
    return isNew(number) ? (database.page(number) ?? 'beyond') : 'circle';
  }

  /** @returns the bytes of the page that it fills */
  function readCell(page: Buffer, cell: number): number {
    const length = readVarint(page, cell);
    const key = length && readVarint(page, length.next);
    const local = length ? localLength(database.usable, length.value) : 0;
    if (!length || !key || key.next + local > page.length) {
      visitor.damaged('page');
      return 0;
    }
    const inPage = page.subarray(key.next, key.next + local);
    if (local === length.value) visitor.row(inPage);
    else readOverflow(page, inPage, key.next + local, length.value);
    return key.next + local - cell;
  }

  /** A record that does not fit into its page: at `rest` is the number of the page that has more of it. */
  function readOverflow(page: Buffer, inPage: Buffer, rest: number, length: number): void {
    if (length > largest) return visitor.damaged('tooLarge');
    if (length > database.count * database.pageSize) return visitor.damaged('record');
    if (rest + 4 > page.length) return visitor.damaged('page');
    gathered.begin(length);
    gathered.add(inPage);
    const damage = gather(page.readUInt32BE(rest), length - inPage.length);
    if (damage) visitor.damaged(damage);
    else visitor.row(gathered.bytes);
  }

  /** The rest of a record, from pages that are linked to each other: the next one's number, then content. */
  function gather(first: number, wanted: number): TableDamage | undefined {
    let next = first;
    let left = wanted;
    while (left > 0) {
      if (next === 0) return 'record';
      const page = newPage(next);
      if (typeof page === 'string') return page;
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
