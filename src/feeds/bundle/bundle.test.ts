import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { deflateRawSync } from 'node:zlib';
import { asyncProperty, assert, nat } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imported, keyFiles, leftPad, madeAt, madeBundle, readAt, signingKey } from '../../../test/advisory-bundle.ts';
import { failureOf } from '../../../test/failure.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { type MadeEntry, zipArchive } from '../../../test/zip-archive.ts';
import { PlimsollError } from '../../model/error.ts';
import { layoutVersion, openAdvisoryDatabase } from '../advisory-database.ts';
import { advisoryReader } from '../advisory-reader.ts';
import { dataDigestOf } from '../data-digest.ts';
import { storeFile } from '../store-file.ts';
import { isBundle, openBundle } from './open-bundle.ts';
import { readVerifyingKey } from './signing-key.ts';
import { unpackStore } from './unpack-store.ts';
import { writeBundle } from './write-bundle.ts';

const untold = { tool: { name: 'plimsoll', version: '0.1.0' }, made: madeAt };

interface Unpacked {
  readonly data: string | null;
  readonly entries: number;
}

/** What is in a bundle, once all of it was checked. */
async function unpacked(file: string): Promise<Unpacked> {
  using folder = temporaryFolder();
  const bundle = openBundle(file);
  try {
    const target = storeFile(folder.path);
    await unpackStore(bundle, target);
    const database = openAdvisoryDatabase(target, { writes: false });
    const found = {
      data: dataDigestOf(database),
      entries: advisoryReader(database).entriesOf('npm', 'left-pad').length,
    };
    database.close();
    return found;
  } finally {
    bundle.close();
  }
}

/** The entries of a bundle, to be packed otherwise. */
async function entriesOf(change: Readonly<Record<string, string | Buffer | undefined>> = {}): Promise<MadeEntry[]> {
  using made = await madeBundle();
  const bundle = openBundle(made.bundle);
  const copy = join(made.path, 'copy.sqlite');
  await unpackStore(bundle, copy);
  bundle.close();
  const given = { 'manifest.json': manifestIn(made.bundle), 'advisories.sqlite': readFileSync(copy), ...change };
  return Object.entries(given).flatMap(([name, content]) => (content === undefined ? [] : [{ name, content }]));
}

function manifestIn(bundle: string): Buffer {
  const bytes = readFileSync(bundle);
  const start = bytes.indexOf('{\n');
  return bytes.subarray(start, bytes.indexOf('\n}\n', start) + 3);
}

/** The manifest of a bundle with a change. */
async function manifestWith(change: (document: Manifest) => void): Promise<string> {
  using made = await madeBundle();
  const document = JSON.parse(manifestIn(made.bundle).toString()) as Manifest;
  change(document);
  return JSON.stringify(document);
}

interface Manifest {
  data: string;
  layout: number;
  store: { size: number; sha256: string };
  feeds: { name: string; read: string }[];
}

/** A store whose manifest fits it in size and checksum. */
async function withStore(store: Buffer): Promise<MadeEntry[]> {
  const sha256 = createHash('sha256').update(store).digest('hex');
  const manifest = await manifestWith((document) => (document.store = { size: store.length, sha256 }));
  return entriesOf({ 'manifest.json': manifest, 'advisories.sqlite': store });
}

async function storeWith(sql: string): Promise<Buffer> {
  using folder = temporaryFolder();
  await imported(folder.path);
  const database = new DatabaseSync(storeFile(folder.path));
  database.exec(sql);
  database.close();
  return readFileSync(storeFile(folder.path));
}

/** The number of the first page of a table. */
function pageOf(store: Buffer, table: string): number {
  using folder = temporaryFolder();
  const database = new DatabaseSync(folder.write('store.sqlite', store), { readOnly: true });
  const row = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table);
  database.close();
  return (row as { rootpage: number }).rootpage;
}

async function failureOfArchive(entries: readonly MadeEntry[]): Promise<PlimsollError> {
  using folder = temporaryFolder();
  const file = folder.write('given.zip', zipArchive({ entries }));
  const error = await failureOf(() => unpacked(file));
  expect(error.text.en).toContain(file);
  return error;
}

test('a bundle holds all of a store, and says what', async () => {
  using made = await madeBundle();
  const database = openAdvisoryDatabase(storeFile(made.path), { writes: false });
  const data = dataDigestOf(database);
  database.close();
  expect(await unpacked(made.bundle)).toEqual({ data, entries: 1 });
  const bundle = openBundle(made.bundle);
  expect(bundle.manifest).toMatchObject({
    made: madeAt,
    data,
    layout: layoutVersion,
    feeds: [{ name: 'npm', kind: 'advisories', records: 1, read: readAt, newest: Date.UTC(2026, 10, 1) / 1000 }],
  });
  bundle.close();
  expect(isBundle(made.bundle)).toBe(true);
});

test('what was deleted from a store does not travel', async () => {
  using folder = temporaryFolder();
  await imported(folder.path);
  const store = storeFile(folder.path);
  const database = new DatabaseSync(store);
  database.exec(
    "CREATE TABLE passing (text TEXT); INSERT INTO passing VALUES ('a passing remark'); DROP TABLE passing",
  );
  database.close();
  expect(readFileSync(store).includes('a passing remark')).toBe(true);
  const target = join(folder.path, 'bundle.zip');
  await writeBundle(store, target, untold);
  const bundle = openBundle(target);
  await unpackStore(bundle, join(folder.path, 'copy.sqlite'));
  bundle.close();
  expect(readFileSync(join(folder.path, 'copy.sqlite')).includes('a passing remark')).toBe(false);
});

test('a store into which nothing was read is not packed', async () => {
  using folder = temporaryFolder();
  openAdvisoryDatabase(storeFile(folder.path), { writes: true }).close();
  const error = await failureOf(() => writeBundle(storeFile(folder.path), join(folder.path, 'bundle.zip'), untold));
  expect(error.text.en).toContain('has no digest of its data');
});

test('a damaged store is told as such, and not the place where the bundle was to be', async () => {
  using folder = temporaryFolder();
  await imported(folder.path);
  const store = storeFile(folder.path);
  const bytes = readFileSync(store);
  // Nothing of the texts is asked before all is copied.
  bytes.fill(0x5a, (pageOf(bytes, 'cve_text') - 1) * 4096, pageOf(bytes, 'cve_text') * 4096);
  writeFileSync(store, bytes);
  const error = await failureOf(() => writeBundle(store, join(folder.path, 'bundle.zip'), untold));
  expect(error.text.en).toMatch(/^the store of advisories .*advisories\.sqlite cannot be used/);
  expect(existsSync(join(folder.path, 'bundle.zip.sqlite'))).toBe(false);
});

test('a bundle that somebody packed anew is the same', async () => {
  using folder = temporaryFolder();
  const entries = await entriesOf();
  const more = { name: 'README.txt', content: 'From us' };
  const file = folder.write('again.zip', zipArchive({ entries: [more, ...entries.toReversed()] }));
  const stored = folder.write(
    'stored.zip',
    zipArchive({ entries: entries.map((each) => ({ ...each, isStored: true })) }),
  );
  expect(await unpacked(file)).toMatchObject({ entries: 1 });
  expect(await unpacked(stored)).toEqual(await unpacked(file));
  expect([isBundle(file), isBundle(stored)]).toEqual([true, true]);
});

test.each<[string, string | ((document: Manifest) => void), string]>([
  ['the manifest', '{"schema":"plimsoll.bundle/2"}', 'was made by a newer Plimsoll'],
  ['the store', (document) => (document.layout = layoutVersion + 1), 'was made by a newer Plimsoll'],
  ['another one', (document) => (document.layout = layoutVersion - 1), 'a store with other layout'],
])('a bundle of a newer Plimsoll, or of another layout than it says, is refused: %s', async (_, change, message) => {
  const manifest = typeof change === 'string' ? change : await manifestWith(change);
  expect((await failureOfArchive(await entriesOf({ 'manifest.json': manifest }))).text.en).toContain(message);
});

describe('a signature', () => {
  test('is verified where a key is given', async () => {
    using folder = temporaryFolder();
    const key = signingKey(folder);
    using made = await madeBundle(key);
    const bundle = openBundle(made.bundle, readVerifyingKey(key.publicKey));
    expect(bundle.verifiedBy).toBe(key.fingerprint);
    bundle.close();
    const unasked = openBundle(made.bundle);
    expect(unasked.verifiedBy).toBeNull();
    unasked.close();
  });

  test('of somebody else, or none, is refused', async () => {
    using folder = temporaryFolder();
    const key = signingKey(folder);
    using made = await madeBundle(key);
    using unsigned = await madeBundle();
    const other = readVerifyingKey(keyFiles(folder, 'other').publicKey);
    const wrong = await failureOf(() => openBundle(made.bundle, other));
    expect([wrong.code, wrong.text.en]).toEqual([
      'feeds-signature',
      `${made.bundle} was not signed with the key ${other.fingerprint}, or it was changed since`,
    ]);
    const none = await failureOf(() => openBundle(unsigned.bundle, readVerifyingKey(key.publicKey)));
    expect([none.code, none.text.en]).toEqual(['feeds-signature', expect.stringContaining('is not signed')]);
  });

  test('of another manifest is refused, before that is believed in anything', async () => {
    using folder = temporaryFolder();
    const key = signingKey(folder);
    const entries = await entriesOf({
      'manifest.json': '{"schema":"plimsoll.bundle/2"}',
      'manifest.sig': key.sign(Buffer.from('{"schema":"plimsoll.bundle/1"}')),
    });
    const file = folder.write('changed.zip', zipArchive({ entries }));
    const error = await failureOf(() => openBundle(file, readVerifyingKey(key.publicKey)));
    expect(error.code).toBe('feeds-signature');
  });
});

describe('what is not as the manifest says is refused', () => {
  test.each<[string, (document: Manifest) => void, string]>([
    ['a smaller store', ({ store }) => (store.size += 1), 'a store of another size'],
    ['a larger store', ({ store }) => (store.size -= 1), 'a store of another size'],
    ['another store', ({ store }) => (store.sha256 = 'a'.repeat(64)), 'a store with another checksum'],
    ['other data', (document) => (document.data = 'a'.repeat(64)), 'a store with other data'],
    ['other feeds', ({ feeds }) => ((feeds[0] as { name: string }).name = 'PyPI'), 'a store with other feeds'],
    [
      'fresher feeds',
      ({ feeds }) => ((feeds[0] as { read: string }).read = '2027-01-01T00:00:00Z'),
      'a store with other feeds',
    ],
    ['a missing field', (document) => Reflect.deleteProperty(document, 'data'), 'whose data is missing'],
  ])('%s', async (_, change, message) => {
    const entries = await entriesOf({ 'manifest.json': await manifestWith(change) });
    expect((await failureOfArchive(entries)).text.en).toContain(message);
  });

  test.each([
    ['a trigger', 'CREATE TRIGGER t AFTER DELETE ON feed BEGIN DELETE FROM advisory; END', 'unexpected: t'],
    ['a view', 'ALTER TABLE cve RENAME TO c; CREATE VIEW cve AS SELECT * FROM c', 'unexpected: cve'],
    ['a table that does something', 'CREATE VIRTUAL TABLE v USING fts5(a)', 'unexpected: v'],
    ['a missing table', 'DROP TABLE cve', 'missing: cve.'],
    ['a missing column', 'ALTER TABLE advisory DROP COLUMN ratings', 'missing: advisory.ratings'],
    ['a write-ahead log', 'PRAGMA journal_mode = WAL', 'journal_mode wal'],
  ])('a store with %s', async (_, sql, message) => {
    const error = await failureOfArchive(await withStore(await storeWith(sql)));
    expect(error.text.en).toContain(`holds no store of advisories that can be used: ${message}`);
  });

  test('a store with a damaged page, though nothing of it was asked yet', async () => {
    const store = await storeWith('SELECT 1');
    const pageSize = store.readUInt16BE(16);
    const page = pageOf(store, 'cve_text');
    store.fill(0xff, pageSize * (page - 1), pageSize * page);
    const error = await failureOfArchive(await withStore(store));
    expect(error.text.en).toContain('holds no store of advisories that can be used');
  });

  test('a file that is no store', async () => {
    const error = await failureOfArchive(await withStore(Buffer.alloc(5000, 'rubbish')));
    expect(error.text.en).toContain('a store with other layout');
  });

  test('a store that unpacks to more is not unpacked', async () => {
    using folder = temporaryFolder();
    const bomb = deflateRawSync(Buffer.alloc(64 * 1024 ** 2));
    const [manifest] = await entriesOf();
    const packed = { name: 'advisories.sqlite', content: bomb, isStored: true as const, method: 8 };
    const file = folder.write('bomb.zip', zipArchive({ entries: [manifest as MadeEntry, packed] }));
    const bundle = openBundle(file);
    const target = join(folder.path, 'target');
    const error = await failureOf(() => unpackStore(bundle, target));
    bundle.close();
    expect(error.text.en).toContain('a store of another size (>');
    expect(readFileSync(target).length).toBeLessThanOrEqual(bundle.manifest.store.size);
  });
});

describe('an archive that is none of ours', () => {
  test.each<[string, (entries: MadeEntry[]) => MadeEntry[], string]>([
    ['no manifest', (entries) => entries.slice(1), 'has no manifest.json at its top'],
    ['no store', (entries) => entries.slice(0, 1), 'has no advisories.sqlite at its top'],
    ['two manifests', (entries) => [...entries, entries[0] as MadeEntry], 'has manifest.json more than once'],
    ['two stores', (entries) => [...entries, entries[1] as MadeEntry], 'has advisories.sqlite more than once'],
    [
      'names that lead elsewhere',
      (entries) => entries.map((each) => ({ ...each, name: `../${each.name}` })),
      'has no manifest.json at its top',
    ],
    [
      'all in a folder',
      (entries) => entries.map((each) => ({ ...each, name: `b/${each.name}` })),
      'has no manifest.json',
    ],
    [
      'a manifest of the size of a store',
      ([, store]) => [{ name: 'manifest.json', content: Buffer.alloc(2 * 1024 ** 2) }, store as MadeEntry],
      'is damaged: manifest.json',
    ],
    [
      'a signature that is none',
      (entries) => [...entries, { name: 'manifest.sig', content: Buffer.alloc(2000) }],
      'is damaged: manifest.sig',
    ],
    [
      'an encrypted store',
      ([manifest, store]) => [manifest as MadeEntry, { ...(store as MadeEntry), isEncrypted: true }],
      'is damaged: advisories.sqlite',
    ],
    [
      'an unknown compression',
      ([manifest, store]) => [manifest as MadeEntry, { ...(store as MadeEntry), method: 93 }],
      'is damaged: advisories.sqlite',
    ],
    [
      'too many entries',
      (entries) => [...entries, ...Array.from({ length: 1000 }, (_, index) => ({ name: `${index}` }))],
      'is no bundle of advisories',
    ],
  ])('%s', async (_, change, message) => {
    using folder = temporaryFolder();
    const key = signingKey(folder);
    const file = folder.write('given.zip', zipArchive({ entries: change(await entriesOf()) }));
    const verifying = message.includes('manifest.sig') ? readVerifyingKey(key.publicKey) : undefined;
    expect((await failureOf(() => openBundle(file, verifying))).text.en).toContain(message);
  });

  test.each([
    ['nowhere', 'is not there'],
    ['bundle.zip/below', 'is not there'],
    ['.', 'is no bundle of advisories'],
    ['text', 'is no bundle of advisories'],
  ])('%s', async (name, message) => {
    using made = await madeBundle();
    made.write('text', 'no archive');
    const file = join(made.path, name);
    expect((await failureOf(() => openBundle(file))).text.en).toContain(message);
    expect(isBundle(file)).toBe(false);
  });
});

describe('is taken for a bundle', () => {
  test.each([
    ['an export of an ecosystem', [{ name: 'GHSA-1.json', content: '{}' }], false],
    [
      'exports with a list of their own',
      [{ name: 'manifest.json', content: '{"npm.zip":{}}' }, { name: 'npm.zip' }],
      false,
    ],
    ['what only has a manifest', [{ name: 'manifest.json', content: '{"schema":"plimsoll.bundle/9"}' }], true],
    ['what only has a store', [{ name: 'advisories.sqlite' }], true],
  ])('%s: %s', (_, entries, expected) => {
    using folder = temporaryFolder();
    expect(isBundle(folder.write('given.zip', zipArchive({ entries })))).toBe(expected);
  });
});

test('a bundle that is cut off anywhere is refused', async () => {
  using made = await madeBundle();
  const bytes = readFileSync(made.bundle);
  const file = join(made.path, 'cut.zip');
  await assert(
    asyncProperty(nat(bytes.length - 1), async (length) => {
      writeFileSync(file, bytes.subarray(0, length));
      await failureOf(() => unpacked(file));
    }),
    { numRuns: 50 },
  );
});

test('with any bit turned it is refused, or says the same', async () => {
  using folder = temporaryFolder();
  using made = await madeBundle(signingKey(folder));
  const bytes = readFileSync(made.bundle);
  const expected = await unpacked(made.bundle);
  const file = join(made.path, 'turned.zip');
  await assert(
    asyncProperty(nat(bytes.length * 8 - 1), async (place) => {
      const turned = Buffer.from(bytes);
      turned[place >> 3] = (turned[place >> 3] ?? 0) ^ (1 << (place & 7));
      writeFileSync(file, turned);
      const result = await unpacked(file).catch((error: unknown) => error);
      expect(result instanceof PlimsollError ? expected : result).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

test('a bit turned in what nothing else tells about is found by its checksum', async () => {
  using made = await madeBundle();
  const bytes = readFileSync(made.bundle);
  const year = bytes.indexOf('"made": "2026') + '"made": "202'.length;
  bytes[year] = (bytes[year] ?? 0) ^ 1;
  writeFileSync(made.bundle, bytes);
  expect((await failureOf(() => openBundle(made.bundle))).text.en).toContain('is damaged: manifest.json');
});

test('in a manifest or signature with any bit turned, no key is found again', async () => {
  using folder = temporaryFolder();
  const key = signingKey(folder);
  using made = await madeBundle(key);
  const bytes = readFileSync(made.bundle);
  const verifying = readVerifyingKey(key.publicKey);
  const file = join(made.path, 'turned.zip');
  const manifest = manifestIn(made.bundle);
  const start = bytes.indexOf(manifest);
  const signature = bytes.indexOf('manifest.sig') + 'manifest.sig'.length;
  for (const place of [start, start + 100, start + manifest.length - 1, signature, signature + 63]) {
    const turned = Buffer.from(bytes);
    turned[place] = (turned[place] ?? 0) ^ 1;
    // Whoever changes something on purpose puts the checksum right: a zero says that there is none.
    turned.writeUInt32LE(0, 14);
    turned.writeUInt32LE(0, bytes.indexOf('manifest.sig') - 16);
    writeFileSync(file, turned);
    expect((await failureOf(() => openBundle(file, verifying))).code).toBe('feeds-signature');
  }
});

test('the same data from other imports is another bundle, with other data', async () => {
  using folder = temporaryFolder();
  await imported(folder.path, [leftPad(), leftPad('2026-11-02T00:00:00Z', '2'.repeat(64))]);
  const target = join(folder.path, 'bundle.zip');
  await writeBundle(storeFile(folder.path), target, untold);
  using made = await madeBundle();
  expect((await unpacked(target)).data).not.toBe((await unpacked(made.bundle)).data);
});
