import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openAdvisoryDatabase } from '../../src/feeds/advisory-database.ts';
import { storeFile } from '../../src/feeds/store-file.ts';
import { systemEcosystems } from '../../src/cli/feeds-choice.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { type FakeMirror, servedHeaders, startFakeMirror } from '../fake-mirror.ts';
import { refuse, say } from '../fake-registry.ts';
import { osvRecord } from '../feed-parts.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { zipArchive } from '../zip-archive.ts';
import { plimsoll, program, type Run } from './plimsoll.ts';

const events = [{ introduced: '0' }, { fixed: '2.0.0' }];
const curl = osvRecord('DSA-1', 'Debian:12', 'curl', events);
const leftPad = osvRecord('GHSA-1', 'npm', 'left-pad', events);
const kev = 'known_exploited_vulnerabilities.json';
const epss = 'epss_scores-current.csv.gz';

function exportOf(...records: readonly JsonObject[]): Buffer {
  const entries = records.map((record, index) => ({ name: `${index}.json`, content: JSON.stringify(record) }));
  return zipArchive({ entries });
}

/** A mirror with feeds of Debian and npm. */
async function stocked(): Promise<FakeMirror> {
  const mirror = await startFakeMirror();
  mirror.put('Debian/all.zip', exportOf(curl));
  mirror.put('npm/all.zip', exportOf(leftPad));
  mirror.put(kev, JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2024-0001', dateAdded: '2024-01-10' }] }));
  mirror.put(epss, gzipSync('#score_date:2025-08-25\ncve,epss,percentile\nCVE-2024-0001,0.1,0.2\n'));
  return mirror;
}

const both = ['--ecosystem', 'debian', '--ecosystem', 'npm'];

function update(folder: TemporaryFolder, mirror: Pick<FakeMirror, 'address'>, ...more: string[]): Promise<Run> {
  return plimsoll(['feeds', 'update', '--mirror', mirror.address, '--data-folder', 'data', ...more], {
    folder: folder.path,
  });
}

interface Status {
  readonly feeds: readonly {
    readonly name: string;
    readonly origin: string;
    readonly read: string;
    readonly records: number;
  }[];
}

async function statusOf(folder: TemporaryFolder): Promise<Status['feeds']> {
  const { stdout } = await plimsoll(['feeds', 'status', '--data-folder', 'data', '--format', 'json'], {
    folder: folder.path,
  });
  return (JSON.parse(stdout) as Status).feeds;
}

describe('an update', () => {
  test('reads again what an earlier Plimsoll read otherwise, though the server has nothing newer', async () => {
    await using mirror = await stocked();
    using folder = temporaryFolder();
    await update(folder, mirror, ...both);
    const database = openAdvisoryDatabase(storeFile(join(folder.path, 'data')), { writes: true });
    database.exec("UPDATE store SET reader = 0; UPDATE advisory SET upstream = 'stale'");
    database.close();
    expect((await update(folder, mirror)).code).toBe(0);
    const after = openAdvisoryDatabase(storeFile(join(folder.path, 'data')), { writes: false });
    expect(after.prepare("SELECT name FROM advisory WHERE upstream = 'stale'").all()).toEqual([]);
    after.close();
    expect((await update(folder, mirror)).stdout).toMatch(/^Nothing new: Debian, npm/);
  });

  test('fetches and imports what was named, then what is in use, and only what is new', async () => {
    await using mirror = await stocked();
    using folder = temporaryFolder();
    const first = await update(folder, mirror, ...both);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^Debian +1 +1 +0 +0$/m);
    const before = await statusOf(folder);
    expect(before.map(({ name, origin }) => [name, origin])).toEqual([
      ['Debian', `${mirror.address}Debian/all.zip`],
      ['npm', `${mirror.address}npm/all.zip`],
      ['epss', `${mirror.address}${epss}`],
      ['exploited', `${mirror.address}${kev}`],
    ]);

    mirror.put('npm/all.zip', exportOf(leftPad, osvRecord('GHSA-2', 'npm', 'right-pad', events)));
    for (const name of systemEcosystems()) if (name !== 'Debian') mirror.put(`${name}/all.zip`, exportOf(curl));
    const second = await update(folder, mirror, '--format', 'json');
    expect([second.code, second.stderr]).toEqual([0, '']);
    const result = JSON.parse(second.stdout) as { imported: readonly JsonObject[]; unchanged: readonly JsonObject[] };
    expect(result.imported.find(({ name }) => name === 'npm')).toMatchObject({ records: 2, added: 1, changed: 0 });
    expect(result.imported.map(({ name }) => name)).not.toContain('Debian');
    expect(result).toMatchObject({ schema: 'plimsoll.feeds/1', failed: [] });
    expect(result.unchanged).toEqual([
      { name: 'Debian', kind: 'advisories' },
      { name: 'exploited', kind: 'exploited' },
      { name: 'epss', kind: 'epss' },
    ]);
    // What is as it was is as fresh as what is new.
    const [debian, npm] = (await statusOf(folder)).filter(({ name }) => /Debian|npm/.test(name));
    expect(debian?.read).toBe(npm?.read);
    expect(Date.parse(debian?.read ?? '')).toBeGreaterThanOrEqual(Date.parse(before[0]?.read ?? ''));
  });

  test('that finds nothing new says so', async () => {
    await using mirror = await stocked();
    using folder = temporaryFolder();
    await update(folder, mirror, ...both);
    const again = await update(folder, mirror, ...both);
    expect([again.code, again.stdout]).toEqual([
      0,
      'Nothing new: Debian, npm, exploited CVEs, probability of exploits\n',
    ]);
    const chinese = await update(folder, mirror, ...both, '--lang', 'zh');
    expect(chinese.stdout).toBe('没有更新：Debian、npm、已被利用的 CVE、被利用概率\n');
  });

  test('does not go back in time with a mirror that lags behind, and takes what else is new', async () => {
    await using mirror = await stocked();
    using folder = temporaryFolder();
    await update(folder, mirror, ...both);
    mirror.put('Debian/all.zip', exportOf({ ...curl, modified: '2023-01-01T00:00:00Z' }));
    mirror.put('npm/all.zip', exportOf(leftPad, osvRecord('GHSA-2', 'npm', 'right-pad', events)));
    const { code, stdout, stderr } = await update(folder, mirror, ...both, '--format', 'json');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: Debian: this is older than what is in use: Debian: its newest record is of 2023-01-01/,
    );
    expect(stderr).toContain('What was there before is still in use.');
    const { imported, failed } = JSON.parse(stdout) as Record<string, readonly JsonObject[]>;
    expect(imported?.map(({ name, records }) => [name, records])).toEqual([['npm', 2]]);
    expect(failed?.map(({ name }) => name)).toEqual(['Debian']);
    const [debian] = await statusOf(folder);
    expect(debian).toMatchObject({ name: 'Debian', newest: '2024-05-01T00:00:00.000Z' });
    expect((await update(folder, mirror, ...both, '--allow-older')).code).toBe(0);
    expect((await statusOf(folder))[0]).toMatchObject({ name: 'Debian', newest: '2023-01-01T00:00:00.000Z' });
  });

  test('imports what was fetched and is not in the store any more', async () => {
    await using mirror = await stocked();
    using folder = temporaryFolder();
    await update(folder, mirror, ...both);
    folder.write('npm.zip', exportOf(osvRecord('GHSA-9', 'npm', 'other', events)));
    await plimsoll(['feeds', 'import', 'npm.zip', '--data-folder', 'data'], { folder: folder.path });
    const { stdout } = await update(folder, mirror, ...both);
    expect(stdout).toMatch(/^npm +1 +0 +1 +1$/m);
    expect(mirror.requests.findLast(({ path }) => path === 'npm/all.zip')?.headers['if-none-match']).toBeDefined();
  });

  test('leaves files that an import of their folder reads', async () => {
    await using mirror = await stocked();
    using folder = temporaryFolder();
    await update(folder, mirror, ...both);
    folder.write('data/downloads/npm/all.zip.part', 'half');
    folder.write('data/downloads/npm/all.zip.part.json', '{}');
    const imported = await plimsoll(
      ['feeds', 'import', 'data/downloads', '--data-folder', 'other', '--format', 'json'],
      {
        folder: folder.path,
      },
    );
    expect(JSON.parse(imported.stdout)).toMatchObject({ imported: [{}, {}, {}, {}], unread: [] });
  });
});

describe('what fails', () => {
  test('is told, keeps what was there, and the rest is used', async () => {
    await using mirror = await stocked();
    using folder = temporaryFolder();
    await update(folder, mirror, ...both);
    mirror.put('Debian/all.zip', exportOf(curl, osvRecord('DSA-2', 'Debian:12', 'bash', events)));
    mirror.fail('npm/all.zip', say('<html>Log in', { 'content-type': 'text/html' }));
    mirror.fail(kev, say('{"vulnerabilities":[]}'));
    const { code, stdout, stderr } = await update(folder, mirror, ...both);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: npm: 127\.0\.0\.1:\d+ answered with a web page in the place of a file\nhint: /);
    expect(stderr).toContain('error: exploited CVEs: 127.0.0.1');
    expect(stdout).toMatch(/^Debian +2 +1 +0 +0$/m);
    expect(stdout).toContain('Nothing new: probability of exploits\n');
    expect(stdout).toContain('Not fetched, what was there before stays in use: npm, exploited CVEs\n');
    expect((await statusOf(folder)).map(({ name, records }) => [name, records])).toEqual([
      ['Debian', 2],
      ['npm', 1],
      ['epss', 1],
      ['exploited', 1],
    ]);
    mirror.fail('npm/all.zip', refuse(404));
    const json = await update(folder, mirror, ...both, '--format', 'json', '--lang', 'zh');
    expect(JSON.parse(json.stdout)).toMatchObject({
      failed: [
        {
          name: 'npm',
          kind: 'advisories',
          origin: `${mirror.address}npm/all.zip`,
          reason: expect.stringContaining('没有该文件') as string,
        },
      ],
    });
  });

  test('altogether leaves the store as it is', async () => {
    const mirror = await stocked();
    using folder = temporaryFolder();
    await update(folder, mirror, ...both);
    const store = readFileSync(join(folder.path, 'data/advisories.sqlite'));
    await mirror.close();
    const { code, stdout, stderr } = await update(folder, mirror, ...both);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: Debian, npm, exploited CVEs, probability of exploits: nothing listens at 127/);
    expect(stderr).toMatch(/^error: no feed could be fetched$/m);
    expect(readFileSync(join(folder.path, 'data/advisories.sqlite')).equals(store)).toBe(true);
  });

  test('by its usage says what to do, asks nobody and leaves nothing', async () => {
    await using mirror = await stocked();
    using folder = temporaryFolder();
    const wrong = await update(folder, mirror, '--ecosystem', 'Debain');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Did you mean Debian?') as string]);
    const address = await update(folder, { address: 'ftp://me:hidden@a.example/' }, ...both);
    expect([address.code, address.stderr]).toEqual([2, expect.not.stringContaining('hidden') as string]);
    const authority = await update(folder, mirror, ...both, '--ca', 'ca.pem');
    expect(authority.stderr).toContain('ca.pem cannot be read: ENOENT');
    expect(mirror.requests).toEqual([]);
  });
});

test('a process that is killed leaves the old store in use; the next one goes on where it was', async () => {
  await using mirror = await stocked();
  using folder = temporaryFolder();
  await update(folder, mirror, ...both);
  const bytes = mirror.put(
    'npm/all.zip',
    Buffer.concat([Buffer.alloc(200_000), exportOf(leftPad, osvRecord('GHSA-2', 'npm', 'a', events))]),
  );
  const half = new Promise<void>((resolve) => {
    mirror.fail('npm/all.zip', (_, response) => {
      response.writeHead(200, { ...servedHeaders(bytes), 'content-length': bytes.length });
      response.write(bytes.subarray(0, 150_000), () => resolve());
    });
  });
  const args = ['feeds', 'update', '--mirror', mirror.address, '--data-folder', 'data', ...both];
  const child = spawn(process.execPath, [program, ...args], { cwd: folder.path, stdio: 'ignore' });
  const part = join(folder.path, 'data/downloads/npm/all.zip.part');
  await half;
  const isThere = () => existsSync(part) && readFileSync(part).length === 150_000;
  while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 20));

  // Another one may not write into the same files, nor change the store.
  const busy = await update(folder, mirror, ...both);
  expect([busy.code, busy.stderr]).toEqual([
    2,
    expect.stringContaining('another process changes the advisories') as string,
  ]);

  child.kill('SIGKILL');
  await once(child, 'close');
  expect((await statusOf(folder)).find(({ name }) => name === 'npm')?.records).toBe(1);
  expect((await update(folder, mirror, ...both)).code).toBe(0);
  expect(mirror.requests.findLast(({ path }) => path === 'npm/all.zip')?.headers.range).toBe('bytes=150000-');
  expect((await statusOf(folder)).find(({ name }) => name === 'npm')?.records).toBe(2);
  expect(readdirSync(join(folder.path, 'data/downloads/npm')).toSorted()).toEqual(['all.zip', 'all.zip.fetched.json']);
});

test('a folder that cannot be written is said before anything is fetched', async () => {
  await using mirror = await stocked();
  using folder = temporaryFolder({ data: 'a file' });
  mkdirSync(join(folder.path, 'x'));
  const { code, stderr } = await update(folder, mirror, ...both);
  expect([code, stderr]).toEqual([2, expect.stringContaining('data') as string]);
  expect(mirror.requests).toEqual([]);
});
