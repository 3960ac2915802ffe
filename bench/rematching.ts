import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { unpackEntries } from '../src/advisories/entry.ts';
import { matchPackage } from '../src/advisories/match.ts';
import { openAdvisoryDatabase } from '../src/feeds/advisory-database.ts';
import { advisoryReader } from '../src/feeds/advisory-reader.ts';
import { unpackText } from '../src/feeds/packed-text.ts';
import { storeFile } from '../src/feeds/store-file.ts';
import type { Distribution } from '../src/model/image-contents.ts';
import { compareImages } from '../src/scan/compare-images.ts';
import { packState } from '../src/scan/package-state.ts';
import { packPackage, unpackPackage } from '../src/scan/package-text.ts';
import { openImages } from '../src/store/image-database.ts';
import { rememberImage } from '../src/store/remember-image.ts';

/*
 * How long it takes to hold 1,000 remembered images of 400 packages against the advisories anew, in one go and with nothing warm: as `plimsoll feeds
 * changes` does after an update. Three fifths of an image are the packages of its base, of which there are 40 in four distributions; the rest is drawn
 * from npm, PyPI, Go and Maven. All of them are packages that advisories tell of, in versions that stand in those; half of them in one that came last. A
 * twentieth is remembered otherwise than it is now, so that there are changes to tell.
 *
 *   node bench/rematching.ts --data-folder FOLDER [--images 1000]
 */

const { values } = parseArgs({
  options: { 'data-folder': { type: 'string' }, images: { type: 'string' }, make: { type: 'string' } },
});
const folder = values['data-folder'];
if (folder === undefined || !existsSync(storeFile(folder))) {
  throw new Error('say where the store of advisories is: --data-folder FOLDER');
}
const imageCount = Number(values.images ?? 1000);
const [ofBase, ofOwn, baseCount] = [240, 160, 40];

interface System {
  readonly ecosystem: string;
  readonly type: string;
  readonly distribution: Distribution;
}

const systems: readonly System[] = [
  systemOf('Debian:11', 'deb', 'debian', '11', 'bullseye'),
  systemOf('Ubuntu:22.04:LTS', 'deb', 'ubuntu', '22.04', 'jammy'),
  systemOf('Alpine:v3.18', 'apk', 'alpine', '3.18.4'),
  systemOf('AlmaLinux:8', 'rpm', 'almalinux', '8.10'),
];
const languages = [
  ['npm', 'npm'],
  ['PyPI', 'pypi'],
  ['Go', 'golang'],
  ['Maven', 'maven'],
] as const;

/** The same numbers each time. */
let seed = 1;
function random(): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
}

const store = openAdvisoryDatabase(storeFile(folder), { writes: false });
if (values.make === undefined) {
  const made = mkdtempSync(join(tmpdir(), 'plimsoll-rematching-'));
  try {
    // In another process: nothing of it is warm in this one.
    const [script = ''] = process.argv.slice(1);
    execFileSync(process.execPath, [script, '--data-folder', folder, '--images', String(imageCount), '--make', made]);
    measure(made);
  } finally {
    rmSync(made, { recursive: true });
  }
} else {
  remember(values.make);
}
store.close();

function measure(remembered: string): void {
  const started = performance.now();
  const database = openImages(remembered);
  const { compared, comparisons, changed } = compareImages(database, {
    data: 'now 1',
    openLookup: () => advisoryReader(store),
    ageOf: () => ({ newest: null, read: null }),
    containersOf: () => [],
    now: Date.now(),
  });
  const seconds = (performance.now() - started) / 1000;
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  const count = (sql: string) => (database.prepare(sql).get() as { count: number }).count;
  const packages = count('SELECT sum(length(packages) / 4) AS count FROM image');
  const distinct = count('SELECT count(*) AS count FROM package');
  database.close();
  process.stdout.write(
    `${compared} images of ${packages} packages, ${distinct} of them different: ` +
      `${seconds.toFixed(2)} s, ${comparisons} comparisons, ${changed} images with changes, ${memory} MiB\n`,
  );
}

function systemOf(ecosystem: string, type: string, id: string, version: string, codename?: string): System {
  const distribution = { id, version, name: id, ...(codename === undefined ? {} : { codename }), idLike: [] };
  return { ecosystem, type, distribution };
}

function remember(remembered: string): void {
  const database = openImages(remembered);
  database.exec('PRAGMA synchronous = OFF');
  const lookup = advisoryReader(store);
  const states = new Map<string, string>();
  function stateOf(content: string, distribution: Distribution): string {
    const key = `${distribution.id} ${content}`;
    const state = states.get(key) ?? packState(matchPackage(unpackPackage(content), distribution, lookup));
    states.set(key, state);
    return random() < 0.05 ? '[""]' : state;
  }
  const bases = Array.from({ length: baseCount }, (_, index) => {
    const system = systems[index % systems.length] as System;
    const namespace = system.distribution.id;
    return { system, packages: drawn(system.ecosystem, ofBase).map((each) => textOf(system.type, each, namespace)) };
  });
  const pools = languages.map(([ecosystem, type]) => ({ type, packages: drawn(ecosystem, 4000) }));
  for (let index = 0; index < imageCount; index += 1) {
    const { system, packages } = bases[index % baseCount] as (typeof bases)[number];
    const { type, packages: pool } = pools[index % pools.length] as (typeof pools)[number];
    // A few packages are in most applications, most in few.
    const own = Array.from({ length: ofOwn }, () =>
      textOf(type, pool[Math.floor(random() ** 2 * pool.length)] as Drawn),
    );
    rememberImage(database, {
      id: `sha256:${index.toString(16).padStart(64, '0')}`,
      names: [`shop/${index}:1`],
      digests: [],
      platform: 'linux/amd64',
      distribution: JSON.stringify(system.distribution),
      complete: true,
      ecosystems: [system.ecosystem],
      packages: [...packages, ...own].map((content) => ({
        content,
        state: stateOf(content, system.distribution),
        covered: false,
      })),
      scanned: Date.now(),
      against: { digest: 'before 1', newest: null, read: null },
    });
  }
  database.close();
}

interface Drawn {
  readonly name: string;
  readonly version: string;
}

/** Packages of an ecosystem that advisories tell of, each in a version that stands in one of those. */
function drawn(ecosystem: string, count: number): Drawn[] {
  const rows = store
    .prepare(
      'SELECT package.name, entries FROM package JOIN ecosystem ON ecosystem.id = package.ecosystem WHERE ecosystem.name = ? ORDER BY package.name',
    )
    .all(ecosystem) as { name: string; entries: Uint8Array }[];
  return Array.from({ length: count }, () => {
    const { name, entries } = rows[Math.floor(random() * rows.length)] as (typeof rows)[number];
    const versions = unpackEntries(unpackText(entries))
      .flatMap(({ ranges }) => ranges.map(({ fixed, introduced }) => fixed ?? introduced))
      .filter((each) => each !== undefined);
    const version = random() < 0.5 ? versions.at(-1) : versions[Math.floor(random() * versions.length)];
    return { name, version: version ?? '1.0' };
  });
}

function textOf(type: string, { name, version }: Drawn, namespace?: string): string {
  const slash = type === 'maven' ? name.indexOf(':') : name.lastIndexOf('/');
  const parts =
    namespace === undefined && slash > 0 ? { namespace: name.slice(0, slash), name: name.slice(slash + 1) } : { name };
  return packPackage({
    purl: `pkg:${type}/${namespace ?? ''}/${name}@${version}`,
    type,
    ...(namespace === undefined ? {} : { namespace }),
    ...parts,
    version: type === 'golang' ? `v${version}` : version,
    state: 'installed',
    path: '/',
    cataloger: `${type}@1`,
  });
}
