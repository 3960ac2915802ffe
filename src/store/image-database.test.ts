import { execFile } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { imageId, scannedImage } from '../../test/scanned-images.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { alone } from './alone.ts';
import { countImages } from './compared-images.ts';
import { openImages, readImages } from './image-database.ts';
import { imageFile } from './image-file.ts';
import { scansOf } from './image-scans.ts';
import { rememberImage } from './remember-image.ts';
import { rememberedEcosystems } from './remembered-ecosystems.ts';

test('the file is for nobody else to read', () => {
  using temporary = temporaryFolder();
  const folder = join(temporary.path, 'data');
  const database = openImages(folder);
  rememberImage(database, scannedImage());
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  database.close();
});

function spoiled(spoil: (file: string) => void) {
  const temporary = temporaryFolder();
  const database = openImages(temporary.path);
  rememberImage(database, scannedImage());
  database.close();
  spoil(imageFile(temporary.path));
  return temporary;
}

function otherDatabase(file: string): void {
  writeFileSync(file, '');
  change(file, 'CREATE TABLE other (name TEXT)');
}

function change(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

describe('is refused, and left as it is', () => {
  test.each([
    ['what is no database', (file: string) => writeFileSync(file, 'rubbish '.repeat(2000)), /not a database/],
    ["somebody else's database", otherDatabase, /it is something else/],
    ['the file of a newer Plimsoll', (file: string) => change(file, 'PRAGMA user_version = 2'), /a newer Plimsoll/],
    ['a file that others may write to', (file: string) => chmodSync(file, 0o666), /others may write/],
  ])('%s', (_name, spoil, message) => {
    using temporary = spoiled(spoil);
    const before = readFileSync(imageFile(temporary.path));
    for (const open of [openImages, readImages]) expect(() => open(temporary.path)).toThrow(message);
    expect(() => scansOf(temporary.path, [imageId('1')])).toThrow(message);
    expect(() => rememberedEcosystems(temporary.path)).toThrow(message);
    expect(readFileSync(imageFile(temporary.path)).equals(before)).toBe(true);
  });

  test('what lies at the end of a link', () => {
    using elsewhere = spoiled(() => undefined);
    using temporary = temporaryFolder();
    symlinkSync(imageFile(elsewhere.path), imageFile(temporary.path));
    for (const open of [openImages, readImages]) expect(() => open(temporary.path)).toThrow(/cannot be used/);
  });
});

test('an empty file is laid out', () => {
  using temporary = temporaryFolder({ 'images.sqlite': '' });
  chmodSync(imageFile(temporary.path), 0o600);
  const database = openImages(temporary.path);
  expect(countImages(database, '')).toEqual({ all: 0, stale: 0 });
  database.close();
  expect(rememberedEcosystems(join(temporary.path, 'nothing'))).toEqual([]);
});

const from = (name: string) => JSON.stringify(join(import.meta.dirname, name));

test('several processes remember at once, also in a file that is not there yet', async () => {
  using temporary = temporaryFolder();
  const program = `
    import { openImages } from ${from('image-database.ts')};
    import { rememberImage } from ${from('remember-image.ts')};
    import { imageId, scannedImage } from ${from('../../test/scanned-images.ts')};
    const [folder, name] = process.argv.slice(1);
    for (let index = 0; index < 20; index += 1) {
      const database = openImages(folder);
      rememberImage(database, scannedImage({ id: imageId(name + index) }));
      database.close();
    }`;
  await Promise.all(
    ['a', 'b', 'c'].map((name) =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, temporary.path, name]),
    ),
  );
  const database = readImages(temporary.path);
  expect(countImages(database, 'first')).toEqual({ all: 60, stale: 0 });
  expect(database.prepare('SELECT count(*) AS count FROM package').get()).toEqual({ count: 2 });
  database.close();
});

test('one process at a time compares', async () => {
  using temporary = temporaryFolder();
  const program = `
    import { alone } from ${JSON.stringify(join(import.meta.dirname, 'alone.ts'))};
    try { alone(process.argv[1]); } catch (error) { process.stdout.write(error.code); }`;
  const other = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, temporary.path]);
  {
    using _ = alone(temporary.path);
    expect((await other()).stdout).toBe('feeds-busy');
  }
  expect((await other()).stdout).toBe('');
});
