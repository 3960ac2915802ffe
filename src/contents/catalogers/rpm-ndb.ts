import { defineCataloger } from '../cataloger.ts';
import { readNdbDatabase } from '../rpm/ndb-database.ts';
import { databaseLimit, readDatabase } from '../rpm/reading.ts';

/** Packages of openSUSE and of SUSE Linux Enterprise since 15.3. */
export const rpmNdb = defineCataloger({
  id: 'rpm-ndb',
  version: 1,
  reads: {
    en: "rpm's database in its own format (`Packages.db`)",
    zh: 'rpm 自有格式（ndb）的数据库（`Packages.db`）',
  },
  globs: ['var/lib/rpm/Packages.db', 'usr/lib/sysimage/rpm/Packages.db', 'usr/share/rpm/Packages.db'],
  limit: databaseLimit,
  read: (file) => readDatabase(file, readNdbDatabase),
});
