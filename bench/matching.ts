import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { unpackEntries } from '../src/advisories/entry.ts';
import { matchPackages } from '../src/advisories/match.ts';
import { openAdvisoryDatabase } from '../src/feeds/advisory-database.ts';
import { advisoryReader } from '../src/feeds/advisory-reader.ts';
import { unpackText } from '../src/feeds/packed-text.ts';
import { storeFile } from '../src/feeds/store-file.ts';
import type { Distribution } from '../src/model/image-contents.ts';
import type { Package } from '../src/model/package.ts';
import { orderingOf } from '../src/versions/ecosystems.ts';

/*
 * How long it takes to open the store of advisories and to match 500 packages of Ubuntu 22.04, each time in a process of its own, in which nothing
 * is warm; the median of nine. The store is what `plimsoll feeds import` made of all there is.
 *
 *   node bench/matching.ts --data-folder FOLDER
 */

const { values } = parseArgs({ options: { 'data-folder': { type: 'string' }, once: { type: 'string' } } });
const folder = values['data-folder'];
if (folder === undefined || !existsSync(storeFile(folder))) {
  throw new Error('say where the store of advisories is: --data-folder FOLDER');
}
const ecosystem = 'Ubuntu:22.04:LTS';
const distribution: Distribution = {
  id: 'ubuntu',
  version: '22.04',
  name: 'Ubuntu 22.04',
  codename: 'jammy',
  idLike: ['debian'],
};
const ages = {
  old: 'older than everything',
  recent: 'with nine of ten repairs',
  patched: 'with all repairs, and none that nobody repaired',
} as const;
type Age = keyof typeof ages;

const once = Object.keys(ages).find((each): each is Age => each === values.once);
if (once) measure(once);
else for (const age of Object.keys(ages)) sayMedian(age);

function sayMedian(age: string): void {
  const runs = Array.from({ length: 9 }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [...process.argv.slice(1), '--once', age], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as { took: number; packages: number; comparisons: number; vulnerabilities: number };
  }).toSorted((left, right) => left.took - right.took);
  const [first] = runs;
  const median = runs[Math.floor(runs.length / 2)];
  if (!first || !median) return;
  const { took, packages, comparisons, vulnerabilities } = median;
  process.stdout.write(
    `${packages} packages ${ages[age as Age]}: ${took.toFixed(0)} ms (${first.took.toFixed(0)} at best), ${comparisons} comparisons, ${vulnerabilities} vulnerabilities\n`,
  );
}

function measure(age: Age): void {
  const packages = wantedPackages(500, age);
  const started = performance.now();
  const database = openAdvisoryDatabase(storeFile(folder ?? ''), { writes: false });
  const matched = matchPackages(packages, distribution, advisoryReader(database), { brief: true });
  const took = performance.now() - started;
  database.close();
  const { comparisons, vulnerabilities } = matched;
  process.stdout.write(
    JSON.stringify({ took, packages: packages.length, comparisons, vulnerabilities: vulnerabilities.length }),
  );
}

/** Packages that advisories tell of, spread over the alphabet. */
function wantedPackages(count: number, age: Age): Package[] {
  const store = openAdvisoryDatabase(storeFile(folder ?? ''), { writes: false });
  const rows = store
    .prepare(
      'SELECT package.name AS name, entries FROM package JOIN ecosystem ON ecosystem.id = package.ecosystem WHERE ecosystem.name = ? ORDER BY package.name',
    )
    .all(ecosystem) as { name: string; entries: Uint8Array }[];
  const known = rows.map(({ name, entries }) => ({ name, ranges: rangesIn(entries) }));
  store.close();
  const wanted = age === 'patched' ? known.filter(({ ranges }) => ranges.every(({ fixed }) => fixed)) : known;
  const step = Math.max(1, Math.floor(wanted.length / count));
  return wanted
    .filter((_, index) => index % step === 0)
    .slice(0, count)
    .map(({ name, ranges }) => {
      const version = versionOf(ranges, age);
      return {
        purl: `pkg:deb/ubuntu/${name}@${version}?distro=ubuntu-22.04`,
        type: 'deb',
        namespace: 'ubuntu',
        name,
        version,
        licenses: [],
        state: 'installed',
        path: '/var/lib/dpkg/status',
        layer: 0,
        cataloger: 'dpkg@1',
      };
    });
}

function rangesIn(entries: Uint8Array) {
  return unpackEntries(unpackText(entries)).flatMap(({ ranges }) => ranges);
}

function versionOf(ranges: ReturnType<typeof rangesIn>, age: Age): string {
  const oldest = '0.0.1-1';
  const ordering = orderingOf(ecosystem);
  if (age === 'old' || !ordering) return oldest;
  const repairs = ranges.flatMap(({ fixed }) => fixed ?? []);
  const ordered = repairs.toSorted((left, right) =>
    ordering.compare(ordering.parse(left) ?? [], ordering.parse(right) ?? []),
  );
  return ordered[Math.ceil(ordered.length * (age === 'patched' ? 1 : 0.9)) - 1] ?? oldest;
}
