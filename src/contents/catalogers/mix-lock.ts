import { type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList } from '../languages/package-list.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';
import { linesOf } from '../languages/text-lines.ts';

/** Packages that Elixir's Mix is to fetch. */
export const mixLock = defineCataloger({
  id: 'mix-lock',
  version: 1,
  reads: { en: '`mix.lock` of Elixir', zh: 'Elixir 的 `mix.lock`' },
  globs: ['**/mix.lock'],
  limit: 8 * 1024 ** 2,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const list = new PackageList({ type: 'hex', state: 'declared' });
    for (const line of linesOf(file.text())) {
      const [, key] = entry.exec(line) ?? [];
      if (key === undefined) continue;
      const [, name, version] = fromHex.exec(line) ?? [];
      const [, repository, commit] = fromGit.exec(line) ?? [];
      if (repository !== undefined) {
        list.add({ name: key, version: commit, qualifiers: vcsQualifiers(repository, commit) });
      } else list.add({ name: name ?? key, version });
    }
    return list.reading();
  },
});

/** One a line: `"plug": {:hex, :plug, "1.15.3", …},`. */
const entry = /^\s{0,8}"?([\w.]{1,300})"?:\s?\{/;
const fromHex = /^\s{0,8}"?[\w.]{1,300}"?:\s?\{:hex, ?:"?([\w.]{1,300})"?, ?"([^"]{1,300})"/;
const fromGit = /^\s{0,8}"?[\w.]{1,300}"?:\s?\{:git, ?"([^"]{1,2000})", ?"([^"]{1,300})"/;
