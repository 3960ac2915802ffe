import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rememberingVisitor, type ShownLayer } from '../../../test/shown-layer.ts';
import { tarSplitOf } from '../../../test/tar-split-writer.ts';
import { temporaryFolder, type TemporaryFolder } from '../../../test/temporary-folder.ts';
import type { FileEntry, Interest } from '../../model/file-tree.ts';
import { type OverlayLayer, overlaySource } from './overlay.ts';

const netRaw = Buffer.from('0100000200200000000000000000000000000000', 'hex');
const capable = { 'SCHILY.xattr.security.capability': netRaw };

const isRoot = process.geteuid?.() === 0;
const canSetAttributes =
  isRoot && existsSync('/usr/bin/setfattr') && existsSync('/usr/sbin/setcap') && existsSync('/usr/bin/tar');

async function shown(
  folder: TemporaryFolder,
  change: Partial<OverlayLayer> = {},
  wanted?: (entry: FileEntry) => Interest,
): Promise<ShownLayer> {
  const { visitor, ...all } = rememberingVisitor(wanted);
  const layer = { folder: join(folder.path, 'diff'), below: [join(folder.path, 'below')], ...change };
  await overlaySource(layer).read(visitor);
  return all;
}

function recorded(folder: TemporaryFolder, members: Parameters<typeof tarSplitOf>[0]): string {
  return folder.write('tar-split.json.gz', tarSplitOf(members));
}

const idInside = (id: number, of: 'user' | 'group') => id + (of === 'user' ? 1000 : 2000);

const pathsOf = ({ entries }: ShownLayer) => entries.map(({ path }) => path).toSorted();

describe('with the record of the archive', () => {
  test('folders that hide what is below, and capabilities, are told', async () => {
    using folder = temporaryFolder({ 'diff/etc/new': 'x', 'diff/bin/ping': 'program', 'diff/bin/ls': 'program' });
    for (const name of ['ping', 'ls']) chmodSync(join(folder.path, 'diff/bin', name), 0o755);
    const tarSplit = recorded(folder, [{ path: 'etc/.wh..wh..opq' }, { path: 'bin/ping', records: capable }]);
    const all = await shown(folder, { tarSplit });
    expect(all.opaque).toEqual(['etc']);
    expect(pathsOf(all)).toEqual(['bin', 'bin/ls', 'bin/ping', 'etc', 'etc/new']);
    expect(all.entries.filter(({ capability }) => capability !== undefined)).toMatchObject([
      { path: 'bin/ping', capability: netRaw.toString('hex') },
    ]);
    expect(all.contents.get('bin/ping')?.toString()).toBe('program');
    expect(all.gaps).toEqual([]);
  });

  test('an attribute that engines take over from an archive hides a folder, or is a gap', async () => {
    using folder = temporaryFolder({ 'diff/etc/new': 'x', 'diff/moved/x': 'x' });
    const tarSplit = recorded(folder, [
      { path: 'etc/', type: '5', records: { 'SCHILY.xattr.trusted.overlay.opaque': 'y' } },
      { path: 'moved/', type: '5', records: { 'SCHILY.xattr.trusted.overlay.redirect': '/opt' } },
    ]);
    const all = await shown(folder, { tarSplit });
    expect(all.opaque).toEqual(['etc']);
    expect(all.gaps.map(({ path }) => path)).toEqual(['/moved']);
  });

  test('of more programs with several names than can wait, those without their capability are counted', async () => {
    using folder = temporaryFolder({ 'diff/ping': 'program' });
    chmodSync(join(folder.path, 'diff/ping'), 0o755);
    for (let index = 0; index < 22_000; index += 1) {
      linkSync(join(folder.path, 'diff/ping'), join(folder.path, `diff/p${index}`));
    }
    const all = await shown(folder, { tarSplit: recorded(folder, [{ path: 'p0', records: capable }]) }, () => 'skip');
    const capableOnes = all.entries.filter(({ capability }) => capability !== undefined).length;
    expect([all.entries.length, capableOnes >= 20_000]).toEqual([22_001, true]);
    expect(all.gaps.map(({ reason }) => reason.en)).toEqual([expect.stringMatching(/\d+ programs are too many/)]);
  });

  test('where nobody changes it, programs that wait and files that do not are read by their paths', async () => {
    using folder = temporaryFolder({ 'diff/bin/ping': 'program', 'diff/etc/new': 'x' });
    chmodSync(join(folder.path, 'diff/bin/ping'), 0o755);
    symlinkSync('/etc/passwd', join(folder.path, 'diff/etc/link'));
    execFileSync('mkfifo', [join(folder.path, 'diff/etc/pipe')]);
    const tarSplit = recorded(folder, [{ path: 'bin/ping', records: capable }]);
    const all = await shown(folder, { tarSplit, changedBy: 'nobody' });
    expect(Object.fromEntries([...all.contents].map(([path, bytes]) => [path, bytes.toString()]))).toEqual({
      'bin/ping': 'program',
      'etc/new': 'x',
    });
    expect(pathsOf(all)).toEqual(['bin', 'bin/ping', 'etc', 'etc/link', 'etc/new', 'etc/pipe']);
    expect(all.gaps).toEqual([]);
  });

  test('all names of a file have its capability', async () => {
    using folder = temporaryFolder({ 'diff/ping': 'program' });
    chmodSync(join(folder.path, 'diff/ping'), 0o755);
    linkSync(join(folder.path, 'diff/ping'), join(folder.path, 'diff/pong'));
    const tarSplit = recorded(folder, [
      { path: 'ping', records: capable },
      { path: 'pong', type: '1', link: 'ping' },
    ]);
    const all = await shown(folder, { tarSplit });
    expect(all.entries.map(({ capability }) => capability)).toEqual([netRaw.toString('hex'), netRaw.toString('hex')]);
  });

  test('a mark for what is no folder hides nothing', async () => {
    using folder = temporaryFolder({ 'diff/file': 'x' });
    symlinkSync('/etc', join(folder.path, 'diff/link'));
    const marks = ['file', 'link', 'link/ssl', 'none', '..'].map((path) => ({ path: `${path}/.wh..wh..opq` }));
    const all = await shown(folder, { tarSplit: recorded(folder, marks) });
    expect(all.opaque).toEqual([]);
  });

  test('files that are called like marks are files', async () => {
    using folder = temporaryFolder({ 'diff/etc/.wh..wh..opq': '', 'diff/etc/.wh.passwd': '' });
    const all = await shown(folder, { tarSplit: recorded(folder, []) });
    expect(pathsOf(all)).toEqual(['etc', 'etc/.wh..wh..opq', 'etc/.wh.passwd']);
    expect([all.removed, all.opaque]).toEqual([[], []]);
  });

  test('ids are those inside of the container', async () => {
    using folder = temporaryFolder({ 'diff/file': 'x' });
    const all = await shown(folder, { tarSplit: recorded(folder, []), idInside });
    expect(all.entries).toMatchObject([
      { uid: (process.getuid?.() ?? 0) + 1000, gid: (process.getgid?.() ?? 0) + 2000 },
    ]);
  });
});

describe.skipIf(!isRoot)('what only root can make (needs root)', () => {
  test('a character device 0:0 is a removed path, other devices are devices', async () => {
    using folder = temporaryFolder({ 'diff/etc/kept': '' });
    execFileSync('mknod', [join(folder.path, 'diff/etc/gone'), 'c', '0', '0']);
    execFileSync('mknod', [join(folder.path, 'diff/null'), 'c', '1', '3']);
    execFileSync('mknod', [join(folder.path, 'diff/block'), 'b', '0', '0']);
    const all = await shown(folder, { tarSplit: recorded(folder, []) });
    expect(all.removed).toEqual(['etc/gone']);
    expect(pathsOf(all)).toEqual(['block', 'etc', 'etc/kept', 'null']);
  });
});

function opaque(folder: TemporaryFolder, path: string, attribute = 'trusted.overlay.opaque'): void {
  execFileSync('setfattr', ['-n', attribute, '-v', 'y', join(folder.path, 'diff', path)]);
}

describe.skipIf(!canSetAttributes)('without the record (needs root, setfattr, setcap and GNU tar)', () => {
  test.each([
    ['trusted.overlay.opaque', false, true],
    ['user.overlay.opaque', true, true],
    // Whoever owns a folder in a container may set it: an engine that runs as root shows the folders below all the same.
    ['user.overlay.opaque', false, false],
  ] as const)('tar tells %s, where users are heeded: %s', async (attribute, heedsUser, isOpaque) => {
    using folder = temporaryFolder({
      'diff/etc/new': '',
      'diff/srv/new': '',
      'below/etc/old': '',
      'below/srv/old': '',
    });
    opaque(folder, 'etc', attribute);
    const all = await shown(folder, { heedsUser });
    expect([all.opaque, all.gaps]).toEqual([isOpaque ? ['etc'] : [], []]);
  });

  test('names that are options, have line feeds or are no UTF-8 are names', async () => {
    using folder = temporaryFolder();
    const names = ['--help', 'a\nb', '-C', '@file', 'd\xff', '*', '\\'];
    for (const name of names) {
      for (const place of ['diff', 'below']) {
        mkdirSync(Buffer.concat([Buffer.from(`${folder.path}/${place}/`), Buffer.from(name, 'latin1')]), {
          recursive: true,
        });
      }
    }
    for (const name of names.filter((each) => each !== 'd\xff')) opaque(folder, name);
    const all = await shown(folder);
    expect(all.opaque.toSorted()).toEqual(names.filter((each) => each !== 'd\xff').toSorted());
    expect(all.gaps).toEqual([]);
  });

  test('capabilities of programs are told, and the programs are still read', async () => {
    using folder = temporaryFolder({ 'diff/ping': 'p'.repeat(3000), 'diff/text': 'x' });
    chmodSync(join(folder.path, 'diff/ping'), 0o755);
    execFileSync('setcap', ['cap_net_raw+ep', join(folder.path, 'diff/ping')]);
    const all = await shown(folder);
    expect(all.entries.find(({ path }) => path === 'ping')?.capability).toBe(netRaw.toString('hex'));
    expect(all.contents.get('ping')).toEqual(Buffer.from('p'.repeat(3000)));
    expect(all.gaps).toEqual([]);
  });

  test('a damaged record is the same as none', async () => {
    using folder = temporaryFolder({ 'diff/etc/new': '', 'below/etc/old': '' });
    opaque(folder, 'etc');
    writeFileSync(join(folder.path, 'damaged'), tarSplitOf([{ path: 'srv/.wh..wh..opq' }]).subarray(0, 40));
    for (const tarSplit of [join(folder.path, 'damaged'), join(folder.path, 'none')]) {
      const all = await shown(folder, { tarSplit });
      expect([all.opaque, all.gaps]).toEqual([['etc'], []]);
    }
  });

  test('a folder that shows another one, and a file without its content, are gaps', async () => {
    using folder = temporaryFolder({ 'diff/renamed/new': '' });
    execFileSync('setfattr', ['-n', 'trusted.overlay.redirect', '-v', '/old', join(folder.path, 'diff/renamed')]);
    truncateSync(folder.write('diff/hollow', ''), 5000);
    const all = await shown(folder, { sparing: { redirects: true, metacopies: true } });
    expect(all.gaps.map(({ path }) => path).toSorted()).toEqual(['/hollow', '/renamed']);
    expect([...all.contents.keys()]).toEqual(['renamed/new']);
  });

  test('what is left out of the question is a gap', async () => {
    using folder = temporaryFolder({ 'diff/small': 'x' });
    truncateSync(folder.write('diff/large', ''), 100 * 1024 ** 2);
    for (const name of ['small', 'large']) chmodSync(join(folder.path, 'diff', name), 0o755);
    execFileSync('setcap', ['cap_net_raw+ep', join(folder.path, 'diff/small')]);
    const all = await shown(folder, {}, () => 'skip');
    expect(all.entries.find(({ path }) => path === 'small')?.capability).toBe(netRaw.toString('hex'));
    expect(all.gaps.map(({ reason }) => reason.en)).toEqual([expect.stringContaining('1 programs are too many')]);
  });
});
