import { type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { isInInstalledPackage } from '../languages/installed-folders.ts';
import { PackageList } from '../languages/package-list.ts';
import { vcsQualifiers } from '../languages/repository-url.ts';

/** Packages that Erlang's Rebar is to fetch. */
export const rebarLock = defineCataloger({
  id: 'rebar-lock',
  version: 1,
  reads: { en: '`rebar.lock` of Erlang', zh: 'Erlang 的 `rebar.lock`' },
  globs: ['**/rebar.lock'],
  limit: 8 * 1024 ** 2,

  read(file): CatalogerReading {
    if (isInInstalledPackage(file.path)) return {};
    const list = new PackageList({ type: 'hex', state: 'declared' });
    for (const [, key, package_, version, repository, commit] of file.text().matchAll(entry)) {
      if (package_ !== undefined) list.add({ name: package_, version });
      else list.add({ name: key, version: commit, qualifiers: vcsQualifiers(repository ?? '', commit) });
    }
    return list.reading();
  },
});

const term = '<<"([^"]{1,300})">>';
const gap = String.raw`\s{0,40}`;

/** `{<<"cowboy">>,{pkg,<<"cowboy">>,<<"2.9.0">>},0}`, `{<<"mine">>,{git,"https://…",{ref,"…"}},0}`. */
const entry = new RegExp(
  [
    `\\{${term},${gap}\\{`,
    `(?:pkg,${gap}${term},${gap}${term}`,
    `|git(?:_subdir)?,${gap}"([^"]{1,2000})",${gap}\\{ref,${gap}"([^"]{1,300})")`,
  ].join(''),
  'g',
);
