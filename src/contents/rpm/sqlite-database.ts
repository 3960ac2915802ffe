import type { FileContent } from '../../model/file-tree.ts';
import { CatalogerError } from '../cataloger.ts';
import { sqlitePages } from '../sqlite/pages.ts';
import { readRecord } from '../sqlite/records.ts';
import { readTable, rootOfTable } from '../sqlite/table.ts';
import { readWrittenAhead } from '../sqlite/written-ahead.ts';
import { damages, largestHeader, type RecordVisitor } from './record-visitor.ts';

/**
 * `rpmdb.sqlite`: the table `Packages` has a header in each row. With `log`, its write-ahead log, transactions count that are not
 * in the file yet.
 *
 * @throws CatalogerError
 */
export function readSqliteDatabase(content: FileContent, visitor: RecordVisitor, log?: FileContent): void {
  const database = sqlitePages(content, log && readWrittenAhead(log));
  if (!database) {
    throw new CatalogerError({
      en: 'it is not a SQLite database, or an encrypted one',
      zh: '不是 SQLite 数据库，或已加密',
    });
  }
  const root = rootOfTable(database, 'Packages');
  if (root === undefined) {
    throw new CatalogerError({ en: 'the database has no table `Packages`', zh: '数据库中没有 `Packages` 表' });
  }
  readTable(database, root, largestHeader, {
    row: (record) => {
      const blob = readRecord(record).find((value) => value.kind === 'blob');
      if (blob?.kind === 'blob') visitor.header(record.subarray(blob.start, blob.end));
      else visitor.damaged(damages.record);
    },
    damaged: (damage) => visitor.damaged(damages[damage]),
  });
}
