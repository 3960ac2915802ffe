import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { PlimsollError } from '../../model/error.ts';
import { openAdvisoryDatabase } from '../advisory-database.ts';
import { dataDigestOf } from '../data-digest.ts';
import { layoutOf } from '../store-layout.ts';
import { bundledFeeds } from './bundled-feeds.ts';
import { bundleError } from './bundle-words.ts';
import type { Bundle } from './open-bundle.ts';

/**
 * Holds an unpacked store against the manifest of its bundle, and brings it to the layout of this Plimsoll.
 *
 * @throws PlimsollError where it is no store, or another one than the manifest says
 */
export function checkStore(store: string, { file, manifest }: Pick<Bundle, 'file' | 'manifest'>): void {
  if (layoutOf(store) !== manifest.layout) throw bundleError(file, 'other-facts', 'layout');
  try {
    checkTables(store);
    const database = openAdvisoryDatabase(store, { writes: true, named: file });
    try {
      checkColumns(database);
      if (dataDigestOf(database) !== manifest.data) throw bundleError(file, 'other-facts', 'data');
      if (!isDeepStrictEqual(bundledFeeds(database), manifest.feeds)) throw bundleError(file, 'other-facts', 'feeds');
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof PlimsollError) throw error;
    throw bundleError(file, 'no-store', (error as Error).message);
  }
}

/**
 * Before anything is asked of a store of somebody else: that its pages are in order, and that it has nothing but tables. A trigger or
 * a view would do something when the store is read or brought along.
 */
function checkTables(store: string): void {
  const database = new DatabaseSync(store, { readOnly: true });
  try {
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON');
    const { quick_check: state } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (state !== 'ok') throw new Error(state);
    const { journal_mode: mode } = database.prepare('PRAGMA journal_mode').get() as { journal_mode: string };
    // A store is one file, which is read where nothing can be written.
    if (mode !== 'delete') throw new Error(`journal_mode ${mode}`);
    const odd = database
      .prepare("SELECT name FROM sqlite_schema WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'")
      .get() as { name: string } | undefined;
    if (odd) throw new Error(`unexpected: ${odd.name}`);
  } finally {
    database.close();
  }
}

/** Whoever writes tables with other columns would be found out by an error in the middle of a scan. */
function checkColumns(database: DatabaseSync): void {
  const empty = openAdvisoryDatabase(':memory:', { writes: true });
  try {
    const [wanted, found] = [columnsOf(empty), columnsOf(database)];
    const missing = [...wanted].find((column) => !found.has(column));
    if (missing !== undefined) throw new Error(`missing: ${missing}`);
  } finally {
    empty.close();
  }
}

/** `feed.name TEXT`. */
function columnsOf(database: DatabaseSync): ReadonlySet<string> {
  const rows = database
    .prepare(
      `SELECT tables.name || '.' || columns.name || ' ' || columns.type AS text
       FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'`,
    )
    .all() as { text: string }[];
  return new Set(rows.map(({ text }) => text));
}
