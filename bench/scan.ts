import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type PrivateEngine, startPrivateEngine, whyNoEngine } from '../test/engine/private-engine.ts';
import { benchImages, type BenchImage, imageNames, smallImage } from './images.ts';
import { peakOfScript, type Run, timed } from './whole-process.ts';

/*
 * How long a look into an image takes, as a whole process, the first time (an empty cache) and again, in place and from
 * archives; beside what only reads the archive (the limit), `docker save` (what tools wait for that export) and Trivy (the peer):
 *
 *   npm run bench:scan -- --images FOLDER    where the four images are, or are to be made
 *   npm run bench:scan -- --images FOLDER --only debian,node --trivy PATH
 *   npm run bench:scan -- --small            one small image and fewer runs, for CI: needs no network
 */

const { values } = parseArgs({
  options: {
    images: { type: 'string' },
    only: { type: 'string', default: imageNames.join(',') },
    trivy: { type: 'string' },
    small: { type: 'boolean', default: false },
  },
});
const program = join(import.meta.dirname, '..', 'bin', 'plimsoll.js');
const floor = join(import.meta.dirname, 'archive-floor.js');
const runs = values.small ? 3 : 5;
/** Of what takes many times as long. */
const slowRuns = values.small ? 1 : 3;
/** What an engine goes on doing after it has loaded an image must not be measured, milliseconds. */
const settling = values.small ? 500 : 5000;

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
const cache = join(folder, 'cache');
const peerCache = join(folder, 'peer-cache');
const trivy = availableTrivy();

try {
  const images = await wantedImages();
  say(`Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model.trim()}), median of ${runs} runs`);
  const reason = whyNoEngine() ?? whyNoClient();
  if (reason !== undefined) say(`in place: skipped, ${reason}`);
  const engine = reason === undefined ? await startPrivateEngine() : undefined;
  try {
    for (const image of images) await bench(image, engine);
  } finally {
    await engine?.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function wantedImages(): Promise<BenchImage[]> {
  if (values.small) return [await smallImage(folder)];
  if (values.images === undefined) throw new Error('say where the images are, or are to be made: --images FOLDER');
  return benchImages(values.images, values.only.split(','));
}

function whyNoClient(): string | undefined {
  return spawnSync('docker', ['--version'], { stdio: 'ignore' }).status === 0 ? undefined : 'docker not installed';
}

async function bench(image: BenchImage, engine: PrivateEngine | undefined): Promise<void> {
  const { archive, compressed, name } = image;
  const bytes = statSync(archive).size;
  // So that no disk is measured.
  for (const each of [archive, compressed]) execFileSync('cat', [each], { stdio: ['ignore', 'ignore', 'inherit'] });
  say(`\n${name}: ${Math.round(bytes / 1e6)} MB, ${foundIn(archive)}`);
  if (engine) await benchInPlace(image, engine);
  const peer = trivy === undefined ? undefined : () => runTrivy(trivy, ['--input', archive], { empty: true });
  await benchArchive('archive', archive, bytes, peer);
  await benchArchive('archive, gzip', compressed, bytes);
}

async function benchInPlace({ archive, reference }: BenchImage, engine: PrivateEngine): Promise<void> {
  execFileSync('docker', ['--host', engine.host, 'load', '--quiet', '--input', archive], { stdio: 'ignore' });
  execFileSync('sync');
  await pause(settling);
  const target = ['engine:' + reference, '--host', engine.host];
  const series = {
    first: [] as Run[],
    again: [] as Run[],
    save: [] as Run[],
    peer: [] as Run[],
    peerAgain: [] as Run[],
  };
  // In turns: the machine is shared, and what it can do changes from one minute to the next.
  for (let round = -1; round < runs; round += 1) {
    const [first, again] = [await scan(target, { empty: true }), await scan(target)];
    if (round < 0) continue;
    series.first.push(first);
    series.again.push(again);
    if (round >= slowRuns) continue;
    series.save.push(await timed('docker', ['--host', engine.host, 'save', reference], [0]));
    if (trivy === undefined) continue;
    const options = ['--image-src', 'docker', '--docker-host', engine.host, reference];
    series.peer.push(await runTrivy(trivy, options, { empty: true }));
    series.peerAgain.push(await runTrivy(trivy, options));
  }
  emptyCache();
  report('first scan', series.first, peakOfScript(program, scanOptions(target)));
  reportOther('docker save', series.save, series.first);
  reportOther('Trivy, empty cache', series.peer, series.first);
  report('again', series.again, peakOfScript(program, scanOptions(target)));
  reportOther('Trivy again', series.peerAgain, series.again);
}

async function benchArchive(what: string, path: string, bytes: number, peer?: () => Promise<Run>): Promise<void> {
  const target = [`archive:${path}`];
  const series = { first: [] as Run[], floor: [] as Run[], peer: [] as Run[] };
  for (let round = -1; round < runs; round += 1) {
    const first = await scan(target, { empty: true });
    if (round < 0) continue;
    series.first.push(first);
    if (round >= slowRuns) continue;
    series.floor.push(await timed(process.execPath, [floor, path], [0]));
    if (peer) series.peer.push(await peer());
  }
  emptyCache();
  const { took } = median(series.first);
  report(`${what}, first scan`, series.first, peakOfScript(program, scanOptions(target)));
  say(`  ${Math.round(bytes / 1e3 / took)} MB/s of what is in the archive`);
  reportOther('only reading it (the limit)', series.floor, series.first);
  reportOther('Trivy, empty cache', series.peer, series.first);
}

function scanOptions(target: readonly string[]): string[] {
  return ['scan', ...target, '--cache-folder', cache, '--no-remember', '--quiet', '--format', 'json', '--lang', 'en'];
}

function scan(target: readonly string[], { empty = false } = {}): Promise<Run> {
  if (empty) emptyCache();
  // 1: something was found.
  return timed(process.execPath, [program, ...scanOptions(target)], [0, 1]);
}

function emptyCache(): void {
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { mode: 0o700 });
}

/** What is found in all: a time is worth nothing without it. */
function foundIn(archive: string): string {
  emptyCache();
  const output = join(folder, 'report.json');
  const { stderr } = spawnSync(
    process.execPath,
    [program, ...scanOptions([`archive:${archive}`]), '--output', output],
    { encoding: 'utf8' },
  );
  if (!existsSync(output)) throw new Error(`the image cannot be scanned:\n${stderr}`);
  const { contents } = JSON.parse(readFileSync(output, 'utf8')) as { contents: readonly Contents[] };
  const [{ layers, fileCount, packages, secrets } = nothing] = contents;
  return `${layers.length} layers, ${fileCount} files, ${packages.length} packages, ${secrets.length} secrets`;
}

interface Contents {
  readonly layers: readonly object[];
  readonly fileCount: number;
  readonly packages: readonly object[];
  readonly secrets: readonly object[];
}

const nothing: Contents = { layers: [], fileCount: 0, packages: [], secrets: [] };

/** The program, where there is one. It is unpacked by nobody here: packed with UPX it would seem slower than it is. */
function availableTrivy(): string | undefined {
  const path = values.trivy;
  if (path !== undefined && existsSync(path)) return path;
  say(`Trivy: not compared, ${path === undefined ? 'no program given (--trivy PATH)' : `there is no ${path}`}`);
  return undefined;
}

/** Only its packages: that needs no network, and is the quickest that it can do. */
function runTrivy(path: string, target: readonly string[], { empty = false } = {}): Promise<Run> {
  if (empty) emptyPeerCache();
  const options = ['--quiet', '--cache-dir', peerCache, '--offline-scan', '--skip-db-update', '--skip-java-db-update'];
  return timed(path, ['image', ...options, '--format', 'cyclonedx', ...target], [0]);
}

/** But for a database of jars without any: it refuses to look at jars without one, and would fetch it. */
function emptyPeerCache(): void {
  rmSync(peerCache, { recursive: true, force: true });
  const jars = join(peerCache, 'java-db');
  mkdirSync(jars, { recursive: true });
  const database = new DatabaseSync(join(jars, 'trivy-java.db'));
  database.exec('CREATE TABLE artifacts (id INTEGER PRIMARY KEY, group_id TEXT, artifact_id TEXT)');
  database.exec('CREATE TABLE indices (artifact_id INTEGER, version TEXT, sha1 BLOB, archive_type TEXT)');
  database.close();
  const [then, now] = ['2100-01-01T00:00:00Z', '2026-01-01T00:00:00Z'];
  const about = { Version: 1, NextUpdate: then, UpdatedAt: now, DownloadedAt: now };
  writeFileSync(join(jars, 'metadata.json'), JSON.stringify(about));
}

function median(series: readonly Run[]): Run {
  const sorted = series.toSorted((left, right) => left.took - right.took);
  return sorted[Math.floor(sorted.length / 2)] ?? { took: 0, memory: 0 };
}

function report(name: string, series: readonly Run[], memory: number): void {
  const fastest = Math.min(...series.map(({ took }) => took));
  say(`${name}: ${Math.round(median(series).took)} ms (fastest ${Math.round(fastest)}), ${Math.round(memory)} MiB`);
}

/** Beside ours: times how long, of medians. */
function reportOther(name: string, series: readonly Run[], ours: readonly Run[]): void {
  if (series.length === 0) return;
  const { took } = median(series);
  const memory = Math.max(...series.map((each) => each.memory));
  say(
    `  ${name}: ${Math.round(took)} ms, ${(took / median(ours).took).toFixed(1)} times ours, ${Math.round(memory)} MiB`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
