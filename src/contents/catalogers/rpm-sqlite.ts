import { type CatalogedFile, type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { databaseLimit, readDatabase } from '../rpm/reading.ts';
import { readSqliteDatabase } from '../rpm/sqlite-database.ts';
import { readWrittenAhead } from '../sqlite/written-ahead.ts';

const logEnding = '-wal';

/**
 * Packages of Fedora since 33, of RHEL 9, Amazon Linux 2023 and what descends from them.
 *
 * rpm writes ahead: what it did last may stand in `rpmdb.sqlite-wal` only, until somebody opens the database and closes it in
 * order. Where the log can be had beside the database, both are read as one. Where it cannot, it is read as a file of its own, and a
 * finished transaction in it is a gap.
 */
export const rpmSqlite = defineCataloger({
  id: 'rpm-sqlite',
  version: 1,
  reads: {
    en: "rpm's database as a SQLite file (`rpmdb.sqlite`), with its write-ahead log",
    zh: 'SQLite 格式的 rpm 数据库（`rpmdb.sqlite`）及其预写日志',
  },
  globs: ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm'].flatMap((folder) => [
    `${folder}/rpmdb.sqlite`,
    `${folder}/rpmdb.sqlite${logEnding}`,
  ]),
  limit: databaseLimit,

  read(file) {
    if (file.path.endsWith(logEnding)) return readLog(file);
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    const log = file.beside?.(`${name}${logEnding}`);
    return readDatabase(file, (content, visitor) => readSqliteDatabase(content, visitor, log));
  },
});

function readLog(file: CatalogedFile): CatalogerReading {
  const database = file.path.slice(file.path.lastIndexOf('/') + 1, -logEnding.length);
  if (file.content.size === 0 || file.beside?.(database) || !readWrittenAhead(file.content)) return {};
  return {
    gaps: [
      {
        reason: {
          en: 'the last changes of the package database stand in its write-ahead log only, which was not read with it',
          zh: '软件包数据库最近的更改可能只存在于预写日志中，而该日志未能与数据库一并读取',
        },
        need: {
          en: 'run `rpm -q rpm` in the image while building it, which puts them into the database, or scan the image where it is not streamed',
          zh: '在构建镜像时运行一次 `rpm -q rpm`，使更改写入数据库；或以非流式的方式扫描该镜像',
        },
      },
    ],
  };
}
