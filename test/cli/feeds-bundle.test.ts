import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/model/json.ts';
import type { Report } from '../../src/model/report.ts';
import { keyFiles } from '../advisory-bundle.ts';
import { osvRecord } from '../feed-parts.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { zipArchive } from '../zip-archive.ts';
import { plimsoll, type Run } from './plimsoll.ts';

const tree = {
  'root/app/node_modules/left-pad/package.json': '{"name":"left-pad","version":"1.3.0"}',
  'root/app/package-lock.json': '{}',
};

function record(id: string, modified: string): JsonValue {
  return osvRecord(id, 'npm', 'left-pad', [{ introduced: '0' }, { fixed: '2.0.0' }], {
    modified,
    aliases: [`CVE-${id}`],
  });
}

const [old, recent] = [record('2024-0001', '2024-05-01T00:00:00Z'), record('2024-0002', '2024-06-01T00:00:00Z')];

function exportOf(...records: readonly JsonValue[]): Buffer {
  return zipArchive({
    entries: records.map((each, index) => ({ name: `${index}.json`, content: JSON.stringify(each) })),
  });
}

/** A folder with a tree to scan, and a store of what was known in May. */
async function prepared(): Promise<TemporaryFolder> {
  const folder = temporaryFolder(tree);
  folder.write('may/npm.zip', exportOf(old));
  folder.write('june/npm.zip', exportOf(old, recent));
  await done(folder, 'feeds', 'import', 'may', '--data-folder', 'data');
  return folder;
}

function run(folder: TemporaryFolder, ...args: string[]): Promise<Run> {
  return plimsoll(args, { folder: folder.path, environment: { XDG_CACHE_HOME: join(folder.path, 'cache') } });
}

/** What is wanted to go well. */
async function done(folder: TemporaryFolder, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(folder, ...args);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

async function failed(folder: TemporaryFolder, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(folder, ...args);
  expect([code, stdout]).toEqual([2, '']);
  return stderr;
}

/** The bytes of what a scan says of vulnerabilities. */
async function scanned(folder: TemporaryFolder, ...args: string[]): Promise<string> {
  const stdout = await done(folder, 'scan', './root', '--format', 'json', ...args);
  const { contents = [] } = JSON.parse(stdout) as Report;
  return JSON.stringify(contents[0]?.vulnerabilities);
}

function storeIn(folder: TemporaryFolder, name = 'data'): Buffer {
  return readFileSync(join(folder.path, name, 'advisories.sqlite'));
}

/** A bundle of May, and a store of June. */
async function inJune(): Promise<TemporaryFolder> {
  const folder = await prepared();
  await done(folder, 'feeds', 'export', 'may.zip', '--data-folder', 'data');
  await done(folder, 'feeds', 'import', 'june', '--data-folder', 'data');
  return folder;
}

describe('as of a date', () => {
  test('a scan with a bundle repeats the scan of the day on which it was made, to the byte', async () => {
    using folder = await prepared();
    const before = await scanned(folder, '--data-folder', 'data');
    await done(folder, 'feeds', 'export', 'may.zip', '--data-folder', 'data');
    await done(folder, 'feeds', 'import', 'june', '--data-folder', 'data');
    const after = await scanned(folder, '--data-folder', 'data');
    expect(after).not.toBe(before);
    expect([before, after].map((each) => each.includes('CVE-2024-0002'))).toEqual([false, true]);
    expect(await scanned(folder, '--data', 'may.zip')).toBe(before);
    // Unpacked before, and where nothing is kept.
    expect(await scanned(folder, '--data', 'may.zip')).toBe(before);
    expect(await scanned(folder, '--data', 'may.zip', '--no-cache')).toBe(before);
    expect(readdirSync(join(folder.path, 'cache/plimsoll/bundles'))).toHaveLength(1);
    // A report for people names it.
    const { data } = JSON.parse(before) as { data: string };
    expect(data).toMatch(/^[\da-f]{64}$/);
    const shown = new RegExp(`Advisories +${data.slice(0, 12)} · read [\\d-]+ · newest record: npm 2024-05-01`);
    expect(await done(folder, 'scan', './root', '--data', 'may.zip')).toMatch(shown);
  });

  test('nothing else is asked: neither what is on this machine, nor what is not in the bundle', async () => {
    using folder = await prepared();
    await done(folder, 'feeds', 'export', 'may.zip', '--data-folder', 'data');
    using elsewhere = temporaryFolder(tree);
    const [bundle, root] = [join(folder.path, 'may.zip'), join(folder.path, 'root')];
    expect(await scanned(elsewhere, '--data', bundle)).toContain('CVE-2024-0001');
    const explained = await done(elsewhere, 'explain', 'CVE-2024-0001', '--in', root, '--data', bundle);
    expect(explained).toContain('before 2.0.0');
    // Not even made.
    expect(existsSync(join(elsewhere.path, '.local'))).toBe(false);
  });

  test('what was unpacked goes with the rest of the cache', async () => {
    using folder = await prepared();
    await done(folder, 'feeds', 'export', 'may.zip', '--data-folder', 'data');
    await scanned(folder, '--data', 'may.zip');
    await done(folder, 'scan', '--clear-cache');
    expect(existsSync(join(folder.path, 'cache/plimsoll/bundles'))).toBe(false);
  });

  test.each([
    [['--data', 'b.zip', '--data-folder', 'data'], '--data and --data-folder both say'],
    [['--verify-key', 'key.pub'], '--verify-key is for the bundle of --data'],
    [['--data', 'nowhere.zip'], 'nowhere.zip is not there'],
    [['--data', 'june/npm.zip'], 'june/npm.zip has no manifest.json at its top'],
    [['--data', 'root'], 'root is no bundle of advisories'],
    [['--data', 'may.zip', '--verify-key', 'nowhere.pub'], 'nowhere.pub cannot be read: ENOENT'],
  ])('%j is an error, before anything is read', async (options, message) => {
    using folder = await prepared();
    await done(folder, 'feeds', 'export', 'may.zip', '--data-folder', 'data');
    expect(await failed(folder, 'scan', './nowhere', ...options)).toContain(message);
    expect(await failed(folder, 'scan', './nowhere', ...options, '--lang', 'zh')).toMatch(/^错误：.*\p{Script=Han}/u);
  });
});

describe('a bundle', () => {
  test('brings its data to another machine', async () => {
    using folder = await prepared();
    const text = await done(folder, 'feeds', 'export', 'may.zip', '--data-folder', 'data');
    expect(text).toMatch(/^may\.zip · [\d.]+ KiB · 1 feed\nData: [\da-f]{64}\nNot signed\n$/);
    const status = await done(folder, 'feeds', 'import', 'may.zip', '--data-folder', 'other');
    expect(status).toMatch(/^npm +1 +0 +2024-05-01 /m);
    expect(status).toMatch(/^From the bundle: \/.*\/may\.zip, made [\d-]+ [\d:]+ UTC\nSignature: not verified/m);
    expect(await done(folder, 'feeds', 'status', '--data-folder', 'other')).toBe(status);
    expect(await scanned(folder, '--data-folder', 'other')).toBe(await scanned(folder, '--data-folder', 'data'));
    // As soon as something else is read, it is not all from the bundle.
    await done(folder, 'feeds', 'import', 'june', '--data-folder', 'other');
    expect(await done(folder, 'feeds', 'status', '--data-folder', 'other')).not.toContain('From the bundle');
  });

  test('that is signed is verified, and says so', async () => {
    using folder = await prepared();
    const { privateKey, publicKey } = keyFiles(folder, 'key', 'open sesame');
    const signed = await plimsoll(
      ['feeds', 'export', 'may.zip', '--data-folder', 'data', '--sign-key', privateKey, '--format', 'json'],
      { folder: folder.path, environment: { PLIMSOLL_SIGN_KEY_PASSPHRASE: 'open sesame' } },
    );
    const { exported } = JSON.parse(signed.stdout) as { exported: { signedBy: string; data: string } };
    expect(exported).toMatchObject({ file: 'may.zip', feeds: 1, signedBy: expect.stringMatching(/^[\da-f]{64}$/) });
    const asked = ['--data-folder', 'other', '--verify-key', publicKey, '--format', 'json'];
    expect(JSON.parse(await done(folder, 'feeds', 'import', 'may.zip', ...asked))).toMatchObject({
      schema: 'plimsoll.feeds/1',
      data: exported.data,
      bundle: { file: expect.stringMatching(/may\.zip$/), verifiedBy: exported.signedBy },
      feeds: [{ name: 'npm' }],
    });
    const chinese = await done(folder, 'feeds', 'status', '--data-folder', 'other', '--lang', 'zh');
    expect(chinese).toContain(`签名：已用密钥 ${exported.signedBy} 验证`);
    expect(await scanned(folder, '--data', 'may.zip', '--verify-key', publicKey)).toContain('CVE-2024-0001');
  });

  test('that is not signed as it must be is refused, and nothing is changed', async () => {
    using folder = await prepared();
    const { privateKey } = keyFiles(folder);
    const other = keyFiles(folder, 'other').publicKey;
    await done(folder, 'feeds', 'export', 'signed.zip', '--data-folder', 'data', '--sign-key', privateKey);
    await done(folder, 'feeds', 'export', 'unsigned.zip', '--data-folder', 'data');
    const before = storeIn(folder);
    for (const [file, message] of [
      ['signed.zip', 'was not signed with the key'],
      ['unsigned.zip', 'is not signed'],
      ['june', 'only bundles are signed'],
    ]) {
      const wanted = ['--verify-key', other];
      expect(await failed(folder, 'feeds', 'import', file ?? '', '--data-folder', 'data', ...wanted)).toContain(
        message,
      );
    }
    expect(await failed(folder, 'scan', './root', '--data', 'signed.zip', '--verify-key', other)).toContain(
      'was not signed with the key',
    );
    expect(storeIn(folder).equals(before)).toBe(true);
    expect(readdirSync(join(folder.path, 'data')).toSorted()).toEqual(['advisories.lock', 'advisories.sqlite']);
  });

  test('that is damaged is refused, and nothing is changed', async () => {
    using folder = await prepared();
    await done(folder, 'feeds', 'export', 'may.zip', '--data-folder', 'data');
    const bytes = readFileSync(join(folder.path, 'may.zip'));
    const before = storeIn(folder);
    const turned = Buffer.from(bytes);
    const middle = bytes.length >> 1;
    turned[middle] = (turned[middle] ?? 0) ^ 0x10;
    writeFileSync(join(folder.path, 'turned.zip'), turned);
    writeFileSync(join(folder.path, 'cut.zip'), bytes.subarray(0, middle));
    expect(await failed(folder, 'feeds', 'import', 'turned.zip', '--data-folder', 'data')).toContain('turned.zip ');
    expect(await failed(folder, 'scan', './root', '--data', 'turned.zip')).toContain('turned.zip ');
    expect(await failed(folder, 'feeds', 'import', 'cut.zip', '--data-folder', 'data')).toContain('it is cut off');
    expect(await failed(folder, 'scan', './root', '--data', 'cut.zip')).toContain('it is cut off');
    expect(storeIn(folder).equals(before)).toBe(true);
    expect(readdirSync(join(folder.path, 'data')).toSorted()).toEqual(['advisories.lock', 'advisories.sqlite']);
    expect(readdirSync(join(folder.path, 'cache/plimsoll/bundles'))).toEqual([]);
  });

  test.each([
    [['empty/b.zip', '--data-folder', 'nowhere'], 'there are no advisories in nowhere'],
    [['nowhere/b.zip', '--data-folder', 'data'], 'nowhere/b.zip cannot be written: ENOENT'],
    [['data/advisories.sqlite', '--data-folder', 'data'], 'data/advisories.sqlite is the store itself'],
    [['b.zip', '--data-folder', 'data', '--sign-key', 'root/app/package-lock.json'], 'is no private key in PEM form'],
  ])('cannot be made: %j', async (args, message) => {
    using folder = await prepared();
    const before = storeIn(folder);
    expect(await failed(folder, 'feeds', 'export', ...args)).toContain(message);
    expect(storeIn(folder).equals(before)).toBe(true);
    expect(readdirSync(folder.path).toSorted()).toEqual(['data', 'june', 'may', 'root']);
  });

  test('cannot be made of nothing', async () => {
    using folder = temporaryFolder();
    expect(await failed(folder, 'feeds', 'export', 'b.zip')).toContain('there are no advisories in /');
  });
});

describe('going back in time is refused', () => {
  test.each([
    ['with a bundle', 'may.zip'],
    ['with an export', 'may'],
  ])('%s, unless that is what is wanted', async (_, path) => {
    using folder = await inJune();
    const before = storeIn(folder);
    const english = await failed(folder, 'feeds', 'import', path, '--data-folder', 'data');
    expect(english).toContain(
      'npm: its newest record is of 2024-05-01 00:00:00 UTC, the one in use of 2024-06-01 00:00:00 UTC',
    );
    expect(english).toContain('--allow-older');
    expect(await failed(folder, 'feeds', 'import', path, '--data-folder', 'data', '--lang', 'zh')).toContain(
      'npm：最新记录为 2024-05-01 00:00:00 UTC，而正在使用的为 2024-06-01 00:00:00 UTC',
    );
    expect(storeIn(folder).equals(before)).toBe(true);
    await done(folder, 'feeds', 'import', path, '--data-folder', 'data', '--allow-older');
    expect(await scanned(folder, '--data-folder', 'data')).not.toContain('CVE-2024-0002');
  });

  test('with a bundle that lacks what is in use', async () => {
    using folder = await prepared();
    await done(folder, 'feeds', 'export', 'may.zip', '--data-folder', 'data');
    folder.write('more/kev.json', '{"vulnerabilities":[{"cveID":"CVE-2024-0001","dateAdded":"2024-05-02"}]}');
    await done(folder, 'feeds', 'import', 'more', '--data-folder', 'data');
    expect(await failed(folder, 'feeds', 'import', 'may.zip', '--data-folder', 'data')).toContain(
      'exploited CVEs is not in it',
    );
    // What is only added to takes nothing away.
    await done(folder, 'feeds', 'import', 'june', '--data-folder', 'data');
  });

  test('and a bundle that is as new, or newer, is not', async () => {
    using folder = await prepared();
    await done(folder, 'feeds', 'export', 'may.zip', '--data-folder', 'data');
    await done(folder, 'feeds', 'import', 'may.zip', '--data-folder', 'data');
    await done(folder, 'feeds', 'import', 'june', '--data-folder', 'june-data');
    await done(folder, 'feeds', 'export', 'june.zip', '--data-folder', 'june-data');
    await done(folder, 'feeds', 'import', 'june.zip', '--data-folder', 'data');
    expect(await scanned(folder, '--data-folder', 'data')).toContain('CVE-2024-0002');
  });
});
