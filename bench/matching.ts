import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { matchPackages } from '../src/advisories/match.ts';
import { openAdvisoryDatabase } from '../src/feeds/advisory-database.ts';
import { advisoryReader } from '../src/feeds/advisory-reader.ts';
import { storeFile } from '../src/feeds/store-file.ts';
import type { Distribution } from '../src/model/image-contents.ts';
import type { Package } from '../src/model/package.ts';

/*
 * How long it takes to open the store of advisories and to match 500 packages of Ubuntu 22.04, once in this process: nothing is warm. The store is what
 * `plimsoll feeds import` made of all there is.
 *
 *   node bench/matching.ts --data-folder FOLDER
 */

const { values } = parseArgs({ options: { 'data-folder': { type: 'string' } } });
const folder = values['data-folder'];
if (folder === undefined || !existsSync(storeFile(folder))) {
  throw new Error('say where the store of advisories is: --data-folder FOLDER');
}
const distribution: Distribution = {
  id: 'ubuntu',
  version: '22.04',
  name: 'Ubuntu 22.04',
  codename: 'jammy',
  idLike: ['debian'],
};
const packages = wantedPackages(500);

const started = performance.now();
const database = openAdvisoryDatabase(storeFile(folder), { writes: false });
const { vulnerabilities, comparisons } = matchPackages(packages, distribution, advisoryReader(database), {
  brief: true,
});
const took = performance.now() - started;
database.close();
process.stdout.write(
  `${packages.length} packages: ${took.toFixed(0)} ms, ${comparisons} comparisons, ${vulnerabilities.length} vulnerabilities\n`,
);

/** Packages that advisories tell of, spread over the alphabet, each in a version of the middle ages. */
function wantedPackages(count: number): Package[] {
  const store = openAdvisoryDatabase(storeFile(folder ?? ''), { writes: false });
  const rows = store
    .prepare(
      "SELECT package.name AS name FROM package JOIN ecosystem ON ecosystem.id = package.ecosystem WHERE ecosystem.name = 'Ubuntu:22.04:LTS' ORDER BY package.name",
    )
    .all() as { name: string }[];
  store.close();
  const step = Math.max(1, Math.floor(rows.length / count));
  return rows
    .filter((_, index) => index % step === 0)
    .slice(0, count)
    .map(({ name }) => ({
      purl: `pkg:deb/ubuntu/${name}@2.0-1?distro=ubuntu-22.04`,
      type: 'deb',
      namespace: 'ubuntu',
      name,
      version: '2.0-1',
      licenses: [],
      state: 'installed',
      path: '/var/lib/dpkg/status',
      layer: 0,
      cataloger: 'dpkg@1',
    }));
}
