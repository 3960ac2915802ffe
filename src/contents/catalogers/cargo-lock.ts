import { type JsonObject, textIn } from '../../model/json.ts';
import { type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList } from '../languages/package-list.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';
import { readTables, tomlLimit } from '../languages/toml-tables.ts';

/** Crates that Cargo builds a program from. */
export const cargoLock = defineCataloger({
  id: 'cargo-lock',
  version: 1,
  reads: {
    en: '`Cargo.lock` of all versions; it does not tell which crates are for development only',
    zh: '各版本的 `Cargo.lock`；该文件不区分仅用于开发的 crate',
  },
  globs: ['**/Cargo.lock'],
  limit: tomlLimit,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const list = new PackageList({ type: 'cargo', state: 'declared' });
    for (const entry of readTables(file, 'package', (reason) => list.gap(reason))) addCrate(entry, list);
    return list.reading();
  },
});

function addCrate(entry: JsonObject, list: PackageList): void {
  const source = textIn(entry, 'source');
  // Parts of the project itself have none.
  if (source === undefined) return;
  const [repository = '', commit] = source.split('#');
  list.add({
    name: textIn(entry, 'name'),
    version: textIn(entry, 'version'),
    ...(source.startsWith('git+') ? { qualifiers: vcsQualifiers(repository, commit) } : {}),
  });
}
