import { defineCataloger } from '../cataloger.ts';
import { readBerkeleyDatabase } from '../rpm/berkeley-database.ts';
import { databaseLimit, readDatabase } from '../rpm/reading.ts';

/** Packages of RHEL up to 8, Amazon Linux 2, Fedora up to 32 and what descends from them. */
export const rpmBerkeley = defineCataloger({
  id: 'rpm-berkeley',
  version: 1,
  reads: {
    en: "rpm's database as a Berkeley DB file (`Packages`)",
    zh: 'Berkeley DB 格式的 rpm 数据库（`Packages`）',
  },
  globs: ['var/lib/rpm/Packages', 'usr/lib/sysimage/rpm/Packages', 'usr/share/rpm/Packages'],
  limit: databaseLimit,
  read: (file) => readDatabase(file, readBerkeleyDatabase),
});
