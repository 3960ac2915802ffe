import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
 * How long it takes to open the store of advisories and to match 500 packages, each time in a process of its own, compiled as `bin/plimsoll.js` has
 * it; the median of nine. The store is what `plimsoll feeds import` made of all there is. The packages are those of an image, spread over
 * its list, as `plimsoll scan IMAGE --format json` reports them; and, as the worst case, packages of Ubuntu 22.04 chosen for having flaws.
 *
 *   node bench/matching.ts --data-folder FOLDER [--report FILE]
 */

const { values } = parseArgs({
  options: { 'data-folder': { type: 'string' }, report: { type: 'string' }, once: { type: 'string' } },
});
const folder = values['data-folder'];
if (folder === undefined || !existsSync(storeFile(folder))) {
  throw new Error('say where the store of advisories is: --data-folder FOLDER');
}
const wanted = 500;
const ecosystem = 'Ubuntu:22.04:LTS';
const jammy: Distribution = {
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

interface Subject {
  readonly packages: readonly Package[];
  readonly distribution: Distribution | undefined;
}

const { once } = values;
if (once === undefined) sayAll();
else measure(subjectOf(once));

function sayAll(): void {
  const compiled = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  try {
    if (values.report !== undefined) sayMedian('report', 'of the image', compiled);
    for (const [age, meaning] of Object.entries(ages)) sayMedian(age, meaning, compiled);
  } finally {
    rmSync(compiled, { recursive: true });
  }
}

function sayMedian(subject: string, meaning: string, compiled: string): void {
  // The first fills the cache of what is compiled.
  const [, ...runs] = Array.from({ length: 10 }, () => runOnce(subject, compiled));
  runs.sort((left, right) => left.took - right.took);
  const [first] = runs;
  const median = runs[Math.floor(runs.length / 2)];
  if (!first || !median) return;
  const { took, packages, comparisons, vulnerabilities } = median;
  process.stdout.write(
    `${packages} packages ${meaning}: ${took.toFixed(0)} ms (${first.took.toFixed(0)} at best), ${comparisons} comparisons, ${vulnerabilities} vulnerabilities\n`,
  );
}

interface Run {
  readonly took: number;
  readonly packages: number;
  readonly comparisons: number;
  readonly vulnerabilities: number;
}

function runOnce(subject: string, compiled: string): Run {
  const options = ['--no-lazy', '--semi-space-growth-factor=1', ...process.argv.slice(1), '--once', subject];
  const { stdout, stderr, status } = spawnSync(process.execPath, options, {
    encoding: 'utf8',
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Run;
}

function subjectOf(name: string): Subject {
  if (name === 'report') return subjectIn(values.report ?? '');
  const age = Object.keys(ages).find((each): each is Age => each === name);
  if (age === undefined) throw new Error(`no such packages: ${name}`);
  return { packages: flawedPackages(age), distribution: jammy };
}

function subjectIn(report: string): Subject {
  const { contents } = JSON.parse(readFileSync(report, 'utf8')) as { readonly contents: readonly Subject[] };
  const [image] = contents;
  if (!image) throw new Error(`${report}: no image in it; make it with plimsoll scan IMAGE --format json`);
  return { packages: spread(image.packages), distribution: image.distribution };
}

function spread<T>(list: readonly T[]): T[] {
  const step = Math.max(1, list.length / wanted);
  return Array.from({ length: Math.min(wanted, list.length) }, (_, index) => list[Math.floor(index * step)] as T);
}

function measure({ packages, distribution }: Subject): void {
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
function flawedPackages(age: Age): Package[] {
  const store = openAdvisoryDatabase(storeFile(folder ?? ''), { writes: false });
  const rows = store
    .prepare(
      'SELECT package.name AS name, entries FROM package JOIN ecosystem ON ecosystem.id = package.ecosystem WHERE ecosystem.name = ? ORDER BY package.name',
    )
    .all(ecosystem) as { name: string; entries: Uint8Array }[];
  const known = rows.map(({ name, entries }) => ({ name, ranges: rangesIn(entries) }));
  store.close();
  const chosen = age === 'patched' ? known.filter(({ ranges }) => ranges.every(({ fixed }) => fixed)) : known;
  return spread(chosen).map(({ name, ranges }) => {
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
