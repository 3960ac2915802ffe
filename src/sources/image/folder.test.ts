import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../test/failure.ts';
import { rememberingVisitor, type ShownLayer } from '../../../test/shown-layer.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import type { FileEntry, Interest } from '../../model/file-tree.ts';
import { folderSource, openFolder } from './folder.ts';
import type { WalkOptions } from './folder-walk.ts';

async function shown(
  root: string,
  wanted?: (entry: FileEntry) => Interest,
  options: WalkOptions = {},
): Promise<ShownLayer> {
  const { visitor, ...all } = rememberingVisitor(wanted);
  await folderSource(root, options).read(visitor);
  return all;
}

const pathsOf = ({ entries }: ShownLayer) => entries.map(({ path }) => path).toSorted();

describe('what is in a folder', () => {
  test('every entry is shown once, a folder before what is in it', async () => {
    using folder = temporaryFolder({ 'usr/bin/env': 'program', 'etc/empty': '' });
    chmodSync(join(folder.path, 'usr/bin/env'), 0o4755);
    utimesSync(join(folder.path, 'usr/bin/env'), 1_700_000_000, 1_700_000_000.25);
    symlinkSync('../../etc', join(folder.path, 'usr/bin/link'));
    linkSync(join(folder.path, 'usr/bin/env'), join(folder.path, 'usr/bin/hard'));
    const all = await shown(folder.path);
    expect(pathsOf(all)).toEqual(['etc', 'etc/empty', 'usr', 'usr/bin', 'usr/bin/env', 'usr/bin/hard', 'usr/bin/link']);
    const order = all.entries.map(({ path }) => path);
    expect(order.indexOf('usr/bin')).toBeLessThan(order.indexOf('usr/bin/env'));
    expect(all.entries.find(({ path }) => path === 'usr/bin/env')).toMatchObject({
      kind: 'file',
      mode: 0o4755,
      uid: process.getuid?.(),
      size: 7,
      modified: 1_700_000_000_250,
    });
    expect(all.entries.find(({ path }) => path === 'usr/bin/link')).toMatchObject({
      kind: 'symbolic-link',
      target: '../../etc',
      size: 0,
    });
    expect(Object.fromEntries(all.contents)).toEqual({
      'usr/bin/env': Buffer.from('program'),
      'usr/bin/hard': Buffer.from('program'),
      'etc/empty': Buffer.alloc(0),
    });
    expect(all.gaps).toEqual([]);
  });

  test('a file is peeked into, and read only where that is wanted', async () => {
    using folder = temporaryFolder({ long: 'x'.repeat(5000), short: 'y' });
    chmodSync(join(folder.path, 'long'), 0o644);
    chmodSync(join(folder.path, 'short'), 0o645);
    const { heads, contents } = await shown(folder.path, () => 'peek');
    expect(heads.get('long')).toEqual(Buffer.from('x'.repeat(4096)));
    expect(heads.get('short')).toEqual(Buffer.from('y'));
    expect([...contents.keys()]).toEqual(['long']);
    expect(contents.get('long')).toEqual(Buffer.from('x'.repeat(5000)));
  });

  test('links are not followed, whatever they lead to', async () => {
    using outside = temporaryFolder({ 'folder/secret': 'secret' });
    using folder = temporaryFolder({ file: '' });
    symlinkSync(join(outside.path, 'folder'), join(folder.path, 'out'));
    symlinkSync('.', join(folder.path, 'self'));
    symlinkSync('nowhere', join(folder.path, 'broken'));
    const all = await shown(folder.path);
    expect(pathsOf(all)).toEqual(['broken', 'file', 'out', 'self']);
    expect(all.gaps).toEqual([]);
  });

  test('pipes, sockets and devices are not opened', async () => {
    using folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder.path, 'pipe')]);
    const server = createServer().listen(join(folder.path, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    const all = await shown(folder.path);
    server.close();
    expect(Object.fromEntries(all.entries.map(({ path, kind }) => [path, kind]))).toEqual({
      pipe: 'pipe',
      socket: 'socket',
    });
    expect([all.contents.size, all.gaps]).toEqual([0, []]);
  });

  test('names that are no UTF-8 are kept apart, and files of such names are read', async () => {
    using folder = temporaryFolder();
    const odd = (name: string) => Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from(name, 'latin1')]);
    mkdirSync(odd('d\xff'));
    writeFileSync(odd('d\xff/\xfe'), 'one');
    writeFileSync(odd('d\xff/\xfd'), 'other');
    symlinkSync(Buffer.from('\xfe', 'latin1'), odd('d\xff/link'));
    const all = await shown(folder.path);
    expect(all.contents.get('d\udcff/\udcfe')?.toString()).toBe('one');
    expect(all.contents.get('d\udcff/\udcfd')?.toString()).toBe('other');
    expect(all.entries.find(({ path }) => path === 'd\udcff/link')?.target).toBe('\udcfe');
    const opened = folderSource(folder.path).open?.('d\udcff/\udcfe');
    expect(opened?.read(0, 10).toString()).toBe('one');
    opened?.close();
  });

  test('names of Object.prototype, with control characters and line feeds are names', async () => {
    using folder = temporaryFolder({ __proto__x: '', 'a\nb': '', '\u001b[2J': '', '-rf': '', ' ': '' });
    writeFileSync(join(folder.path, '__proto__'), 'p');
    const all = await shown(folder.path);
    expect(pathsOf(all)).toEqual(['\u001b[2J', ' ', '-rf', '__proto__', '__proto__x', 'a\nb']);
    expect(all.contents.get('__proto__')?.toString()).toBe('p');
  });

  test('a folder with very many names is read piece by piece', async () => {
    using folder = temporaryFolder();
    const names = Array.from({ length: 9000 }, (_, index) => `${index}-${'n'.repeat(240)}`);
    for (const name of names) writeFileSync(join(folder.path, name), '');
    expect(pathsOf(await shown(folder.path))).toEqual(names.toSorted());
  });

  test('what is nested too deeply is told and left out', async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, 'd/'.repeat(300)), { recursive: true });
    const all = await shown(folder.path);
    expect(all.entries).toHaveLength(256);
    expect(all.gaps).toMatchObject([{ path: `/${'d/'.repeat(256).slice(0, -1)}` }]);
  });

  test('after as many entries as are allowed the rest is left out', async () => {
    using folder = temporaryFolder({ a: '', b: '', c: '' });
    const all = await shown(folder.path, undefined, { mostEntries: 2 });
    expect(all.entries).toHaveLength(2);
    expect(all.gaps.map(({ reason }) => reason.en)).toEqual(['only its first 2 entries were looked at']);
  });

  test.skipIf(!existsSync('/dev/pts') || statSync('/dev/pts').dev === statSync('/dev').dev)(
    'other file systems are not entered, in one gap (needs a mounted /dev/pts)',
    async () => {
      const all = await shown('/dev', () => 'read');
      expect(pathsOf(all)).toContain('pts');
      expect(pathsOf(all).some((path) => path.startsWith('pts/'))).toBe(false);
      expect(all.gaps.filter(({ reason }) => reason.en.includes('/pts'))).toHaveLength(1);
      expect(all.entries.find(({ path }) => path === 'null')?.kind).toBe('device');
    },
  );

  test.skipIf(process.geteuid?.() === 0)('what may not be read is told (needs another user than root)', async () => {
    using folder = temporaryFolder({ 'closed/file': '', secret: 'x' });
    chmodSync(join(folder.path, 'closed'), 0);
    chmodSync(join(folder.path, 'secret'), 0);
    const all = await shown(folder.path);
    chmodSync(join(folder.path, 'closed'), 0o755);
    expect(all.gaps.map(({ path }) => path).toSorted()).toEqual(['/closed', '/secret']);
  });
});

/** Changes the folder when an entry is shown, which is between its status and its content. */
describe.each([{}, { changedBy: 'stranger' } as const])('a folder that changes while it is read: %o', (options) => {
  test('a file that goes is a gap', async () => {
    using folder = temporaryFolder({ file: 'x' });
    const all = await shown(folder.path, ({ path }) => (unlinkSync(join(folder.path, path)), 'read'), options);
    expect(all.contents.size).toBe(0);
    expect(all.gaps).toMatchObject([{ path: '/file', reason: { en: 'it changed while it was read' } }]);
  });

  test('a file that shrinks is a gap, with what is left of it', async () => {
    using folder = temporaryFolder({ file: 'x'.repeat(10_000) });
    const source = folderSource(folder.path, options);
    const { visitor, ...all } = rememberingVisitor();
    await source.read({
      ...visitor,
      content: (entry, content) => {
        content.read(0, 100);
        truncateSync(join(folder.path, 'file'), 5000);
        visitor.content(entry, content);
      },
    });
    expect(all.contents.get('file')?.length).toBe(5000);
    expect(all.gaps).toMatchObject([{ path: '/file' }]);
  });

  test('a link in the place of a file is not followed', async () => {
    using outside = temporaryFolder({ secret: 'secret' });
    using folder = temporaryFolder({ file: 'x' });
    const all = await shown(
      folder.path,
      ({ path }) => {
        unlinkSync(join(folder.path, path));
        symlinkSync(join(outside.path, 'secret'), join(folder.path, path));
        return 'read';
      },
      options,
    );
    expect(all.contents.size).toBe(0);
    expect(all.gaps).toMatchObject([{ path: '/file' }]);
  });

  test('a pipe in the place of a file is not waited for', async () => {
    using folder = temporaryFolder({ file: 'x' });
    const all = await shown(
      folder.path,
      ({ path }) => {
        unlinkSync(join(folder.path, path));
        execFileSync('mkfifo', [join(folder.path, path)]);
        return 'read';
      },
      options,
    );
    expect(all.contents.size).toBe(0);
    expect(all.gaps).toMatchObject([{ path: '/file' }]);
  });

  test('a link in the place of a folder that is about to be entered is not followed', async () => {
    using outside = temporaryFolder({ secret: 'secret' });
    using folder = temporaryFolder({ 'inner/file': 'x' });
    const all = await shown(
      folder.path,
      ({ path }) => {
        if (path === 'inner') {
          rmSync(join(folder.path, path), { recursive: true });
          symlinkSync(outside.path, join(folder.path, path));
        }
        return 'read';
      },
      options,
    );
    expect(pathsOf(all)).toEqual(['inner']);
    expect(all.gaps).toMatchObject([{ path: '/inner' }]);
  });

  test('a link in the place of a folder that was entered leads nowhere', async () => {
    using outside = temporaryFolder({ 'deep/one': 'secret', 'deep/two': 'secret' });
    using folder = temporaryFolder({ 'inner/deep/one': 'x', 'inner/deep/two': 'x' });
    const all = await shown(
      folder.path,
      ({ path }) => {
        if (path === 'inner/deep') {
          renameSync(join(folder.path, 'inner'), join(folder.path, 'away'));
          symlinkSync(outside.path, join(folder.path, 'inner'));
        }
        return 'read';
      },
      options,
    );
    expect([...all.contents.values()].map(String)).toEqual(['x', 'x']);
  });

  test('what the visitor throws is passed on, and nothing stays open', async () => {
    using folder = temporaryFolder({ 'a/b/file': 'x' });
    const { visitor } = rememberingVisitor();
    const failing = {
      ...visitor,
      content: () => {
        throw new Error('of the visitor');
      },
    };
    await expect(folderSource(folder.path, options).read(failing)).rejects.toThrow('of the visitor');
  });
});

describe('the content of one file', () => {
  test('is read by its path, without following links on the way', () => {
    using outside = temporaryFolder({ secret: 'secret' });
    using folder = temporaryFolder({ 'a/b/file': '0123456789' });
    symlinkSync('b', join(folder.path, 'a/link'));
    symlinkSync(outside.path, join(folder.path, 'out'));
    const { open } = folderSource(folder.path);
    const opened = open?.('a/b/file');
    expect([opened?.size, opened?.read(3, 4).toString(), opened?.read(8, 100).toString()]).toEqual([10, '3456', '89']);
    expect([opened?.read(10, 5).length, opened?.read(99, 5).length]).toEqual([0, 0]);
    opened?.close();
    for (const path of ['a/link/file', 'out/secret', '../secret', 'a/../a/b/file', 'a//b/file', 'a/b', '', 'none']) {
      expect([path, open?.(path)]).toEqual([path, undefined]);
    }
  });
});

describe('opening', () => {
  test('a folder is one layer without a digest', async () => {
    using folder = temporaryFolder({ file: 'x' });
    const image = openFolder(folder.path);
    expect(image).toMatchObject({ kind: 'folder', name: folder.path, gaps: [] });
    expect(image.layers).toHaveLength(1);
    expect(image.layers[0]?.digest).toBeUndefined();
    await image.close();
  });

  test('what is no folder, and what is not there, is said', async () => {
    using folder = temporaryFolder({ file: 'x' });
    expect((await failureOf(() => openFolder(join(folder.path, 'file')))).text.en).toMatch(/is not a folder$/);
    const missing = await failureOf(() => openFolder(join(folder.path, 'none')));
    expect([missing.code, missing.text.en]).toEqual(['file-unreadable', `there is no folder ${folder.path}/none`]);
  });
});
