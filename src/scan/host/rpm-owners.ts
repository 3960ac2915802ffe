import { basename, dirname } from 'node:path';
import { keyOf } from '../../contents/analysers.ts';
import { rpmBerkeley } from '../../contents/catalogers/rpm-berkeley.ts';
import { rpmNdb } from '../../contents/catalogers/rpm-ndb.ts';
import { rpmSqlite } from '../../contents/catalogers/rpm-sqlite.ts';
import type { CatalogerReading } from '../../contents/cataloger.ts';
import { readBerkeleyDatabase } from '../../contents/rpm/berkeley-database.ts';
import { readNdbDatabase } from '../../contents/rpm/ndb-database.ts';
import { readDatabase } from '../../contents/rpm/reading.ts';
import { readSqliteDatabase } from '../../contents/rpm/sqlite-database.ts';
import { withHostFile } from './database-file.ts';
import { type OwnersReading, ownersIn } from './package-owner.ts';

/** Where rpm keeps its database, by the age of the system, and in which form. */
const folders = ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm'];
const kinds = [
  { file: 'rpmdb.sqlite', cataloger: rpmSqlite, read: readSqliteDatabase },
  { file: 'Packages.db', cataloger: rpmNdb, read: readNdbDatabase },
  { file: 'Packages', cataloger: rpmBerkeley, read: readBerkeleyDatabase },
] as const;

/** Whose files they are, of a host with rpm. */
export function rpmOwners(root: string, paths: readonly string[]): OwnersReading | undefined {
  const isWanted = mentionsAny(paths);
  for (const folder of folders) {
    for (const { file, cataloger, read } of kinds) {
      const database = `${folder}/${file}`;
      const reading = withHostFile(root, `/${database}`, (content) =>
        withLog(root, database, (log) =>
          readDatabase({ content }, (each, visitor) => read(each, visitor, log), isWanted),
        ),
      );
      if (reading) return { owners: ownersIn(reading, keyOf(cataloger), database, paths), gaps: reading.gaps ?? [] };
    }
  }
  return undefined;
}

/** rpm writes ahead: what it did last may stand in the log only. */
function withLog(
  root: string,
  database: string,
  read: (log: Parameters<typeof readSqliteDatabase>[2]) => CatalogerReading,
) {
  const path = `/${database}-wal`;
  const withIt = database.endsWith('.sqlite') ? withHostFile(root, path, read) : undefined;
  return withIt ?? read(undefined);
}

/**
 * Whether a header can be that of an owner: it has the file's name, and the last part of its folder, as strings. Thousands of others need
 * not be taken apart then.
 */
function mentionsAny(paths: readonly string[]): (header: Buffer) => boolean {
  const wanted = paths.map((path) => [Buffer.from(`${basename(path)}\0`), Buffer.from(`${basename(dirname(path))}/`)]);
  return (header) => wanted.some((parts) => parts.every((part) => header.includes(part)));
}
