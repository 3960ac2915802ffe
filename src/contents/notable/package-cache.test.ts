import { expect, test } from 'vitest';
import { fileEntry } from '../../../test/cataloged.ts';
import { packageCache } from './package-cache.ts';

function said(path: string, size = 10) {
  return packageCache.entry?.(fileEntry(path, { size }));
}

test.each([
  ['var/cache/apt/archives/curl_8_amd64.deb', 'apt', 'var/cache/apt'],
  ['var/lib/apt/lists/deb.example_dists_stable_main_Packages.lz4', 'apt lists', 'var/lib/apt/lists'],
  ['var/cache/apk/APKINDEX.ab.tar.gz', 'apk', 'var/cache/apk'],
  ['var/cache/dnf/base-1/packages/a.rpm', 'dnf', 'var/cache/dnf'],
  ['var/lib/dnf/repos/base-1/base.solv', 'dnf', 'var/lib/dnf/repos'],
  ['root/.cache/pip/http/a/b', 'pip', 'root/.cache/pip'],
  ['root/.npm/_cacache/content-v2/sha512/a', 'npm', 'root/.npm/_cacache'],
  ['usr/local/share/.cache/yarn/v6/a', 'yarn', 'usr/local/share/.cache/yarn'],
  ['usr/local/cargo/registry/src/a/lib.rs', 'cargo', 'usr/local/cargo/registry'],
  ['root/.cargo/registry/cache/a.crate', 'cargo', 'root/.cargo/registry'],
  ['go/pkg/mod/cache/download/a.zip', 'go', 'go/pkg/mod'],
  ['root/.cache/go-build/00/a', 'go', 'root/.cache/go-build'],
  ['usr/lib/ruby/gems/3.3.0/cache/rake.gem', 'gem', 'usr/lib/ruby/gems/3.3.0/cache'],
  ['root/.composer/cache/files/a.zip', 'composer', 'root/.composer/cache'],
  ['home/a/.m2/repository/a/b.jar', 'maven', 'home/a/.m2/repository'],
  ['opt/conda/pkgs/a.conda', 'conda', 'opt/conda/pkgs'],
])('%s', (path, detail, folder) => {
  expect(said(path)).toEqual({ kind: 'package-cache', detail, folder });
});

test.each([
  'var/lib/apt/lists/lock',
  'var/lib/apt/lists/auxfiles/x',
  'var/cache/debconf/config.dat',
  'var/cache/dnf/expired_repos.json',
  'app/node_modules/lru-cache/index.js',
  'usr/share/cargo/registry',
  'app/cache/a',
])('nothing is said of %s', (path) => {
  expect(said(path)).toBeUndefined();
});

test('what is empty takes no room', () => {
  expect(said('var/cache/apk/APKINDEX.ab.tar.gz', 0)).toBeUndefined();
});

test('a hostile path costs no time', () => {
  const started = process.cpuUsage().user;
  said(`${'a/.cache/'.repeat(100_000)}x`);
  said(`${'cache/'.repeat(160)}x`);
  expect(process.cpuUsage().user - started).toBeLessThan(1_000_000);
});
