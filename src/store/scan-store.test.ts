import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { clearScanStore, openScanStore } from './scan-store.ts';

function incompressible(size: number): string {
  return Array.from({ length: size }, () => String.fromCharCode(33 + Math.floor(Math.random() * 90))).join('');
}

describe('what was found', () => {
  test('is there for the next process, and not under another key', () => {
    using temporary = temporaryFolder();
    const folder = join(temporary.path, 'cache');
    const store = openScanStore({ folder });
    store.put(new Map([['sha256:a dpkg@1', { packages: ['bash'] }]]));
    store.close();
    const again = openScanStore({ folder });
    expect([...again.get(['sha256:a dpkg@1', 'sha256:a dpkg@2'])]).toEqual([
      ['sha256:a dpkg@1', { packages: ['bash'] }],
    ]);
    again.close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });

  test('is forgotten when it is cleared', () => {
    using temporary = temporaryFolder();
    const folder = temporary.path;
    const store = openScanStore({ folder });
    store.put(new Map([['a', {}]]));
    store.close();
    clearScanStore(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('makes room: what was not used for the longest time goes first', () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 1, 1), toFake: ['Date'] });
    using temporary = temporaryFolder();
    const store = openScanStore({ folder: temporary.path, limit: 10_000 });
    for (const key of ['a', 'b', 'c']) {
      store.put(new Map([[key, { text: incompressible(3000) }]]));
      vi.advanceTimersByTime(3_600_001);
    }
    expect(store.get(['a']).size).toBe(1);
    store.put(new Map([['d', { text: incompressible(4000) }]]));
    expect([...store.get(['a', 'b', 'c', 'd']).keys()]).toEqual(['a', 'd']);
    store.close();
    vi.useRealTimers();
  });
});

describe('trouble', () => {
  test.each([
    ['no database', (path: string) => writeFileSync(path, 'rubbish '.repeat(1000))],
    ['an empty file', (path: string) => writeFileSync(path, '')],
  ])('%s is made anew', (_name, spoil) => {
    using temporary = temporaryFolder();
    const folder = temporary.path;
    spoil(join(folder, 'scans-3.sqlite'));
    const onTrouble = vi.fn<() => void>();
    const store = openScanStore({ folder, onTrouble });
    store.put(new Map([['a', { b: 1 }]]));
    expect(store.get(['a']).get('a')).toEqual({ b: 1 });
    store.close();
    expect(onTrouble).not.toHaveBeenCalled();
  });

  test('a folder that others may write to is not used: they could say that an image is clean', () => {
    using temporary = temporaryFolder();
    const folder = temporary.path;
    chmodSync(folder, 0o777);
    const onTrouble = vi.fn<() => void>();
    const store = openScanStore({ folder, onTrouble });
    store.put(new Map([['a', {}]]));
    expect(store.get(['a']).size).toBe(0);
    expect(onTrouble).toHaveBeenCalledWith(expect.objectContaining({ en: expect.stringContaining(folder) }));
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a file where the folder should be is said, and nothing is kept', () => {
    using temporary = temporaryFolder();
    const folder = join(temporary.path, 'cache');
    writeFileSync(folder, '');
    const onTrouble = vi.fn<() => void>();
    expect(openScanStore({ folder, onTrouble }).get(['a']).size).toBe(0);
    expect(onTrouble).toHaveBeenCalledTimes(1);
  });

  test('a folder that a link of the same user leads to is used', () => {
    using temporary = temporaryFolder();
    const [folder, link] = [join(temporary.path, 'elsewhere'), join(temporary.path, 'cache')];
    mkdirSync(folder, { mode: 0o700 });
    symlinkSync(folder, link);
    const onTrouble = vi.fn<() => void>();
    const store = openScanStore({ folder: link, onTrouble });
    store.put(new Map([['a', { b: 1 }]]));
    expect(store.get(['a']).get('a')).toEqual({ b: 1 });
    store.close();
    expect(onTrouble).not.toHaveBeenCalled();
  });

  test('damage inside of the database is said once, and is gone the next time', () => {
    using temporary = temporaryFolder();
    const folder = temporary.path;
    const store = openScanStore({ folder });
    store.put(new Map(Array.from({ length: 50 }, (_, index) => [`key ${index}`, { text: incompressible(4000) }])));
    store.close();
    const path = join(folder, 'scans-3.sqlite');
    writeFileSync(path, readFileSync(path).fill(0xff, 4096));
    const onTrouble = vi.fn<() => void>();
    const damaged = openScanStore({ folder, onTrouble });
    damaged.get(['key 1']);
    damaged.close();
    const mended = openScanStore({ folder, onTrouble });
    mended.put(new Map([['a', { b: 1 }]]));
    expect(mended.get(['a']).get('a')).toEqual({ b: 1 });
    mended.close();
    expect(onTrouble).toHaveBeenCalledTimes(1);
  });

  test('what cannot be cleared is said', () => {
    using temporary = temporaryFolder();
    const folder = join(temporary.path, 'cache');
    writeFileSync(folder, '');
    expect(() => clearScanStore(folder)).toThrow(/cache cannot be cleared: ENOTDIR/);
  });

  test('an entry that was damaged is as if it were not there', () => {
    using temporary = temporaryFolder();
    const folder = temporary.path;
    mkdirSync(folder, { recursive: true });
    const store = openScanStore({ folder });
    store.put(new Map([['a', { b: 1 }]]));
    store.close();
    spoilEntries(join(folder, 'scans-3.sqlite'));
    const again = openScanStore({ folder });
    expect(again.get(['a']).size).toBe(0);
    again.close();
  });
});

function spoilEntries(path: string): void {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const database = new DatabaseSync(path);
  database.exec("UPDATE entry SET data = x'0102'");
  database.close();
}

test('several processes write at once, and all of it is there', async () => {
  using temporary = temporaryFolder();
  const folder = temporary.path;
  const program = `
    import { openScanStore } from ${JSON.stringify(join(import.meta.dirname, 'scan-store.ts'))};
    const store = openScanStore({ folder: process.argv[1], onTrouble: ({ en }) => { throw new Error(en); } });
    for (let index = 0; index < 20; index += 1) store.put(new Map([[process.argv[2] + index, { text: 'x'.repeat(1000) }]]));
    store.close();`;
  const names = ['a', 'b', 'c', 'd'];
  await Promise.all(
    names.map((name) => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, folder, name])),
  );
  const store = openScanStore({ folder });
  const keys = names.flatMap((name) => Array.from({ length: 20 }, (_, index) => name + index));
  expect(store.get(keys).size).toBe(80);
  store.close();
});
