import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startFakeEngine } from '../../../test/fake-engine.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { inodeOf, parseOsRelease, readHost } from './host.ts';

test.each([
  [
    'Debian',
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\nHOME_URL="x"\n',
    'debian',
    '12',
  ],
  ['Alpine', "ID=alpine\nVERSION_ID=3.20.1\nID_LIKE='x'\n", 'alpine', '3.20.1'],
  ['quotes of either kind', 'VERSION_ID=\'9.4\'\nID="rhel"\n', 'rhel', '9.4'],
  ['a rolling release', 'ID=arch\n', 'arch', ''],
  ['ID_LIKE first', 'ID_LIKE=debian\nVERSION_CODENAME=x\nID=ubuntu\nVERSION_ID="24.04"\n', 'ubuntu', '24.04'],
  ['nothing', '', '', ''],
])('os-release with %s', (_, text, id, version) => {
  expect(parseOsRelease(text)).toEqual({ id, version });
});

test('this very host', async () => {
  await using engine = await startFakeEngine();
  const host = readHost({ version: 2, controllers: new Map() }, []);
  expect(host.kernelRelease).toMatchObject({ known: true, value: release(), source: 'kernel' });
  expect(host.cgroupVersion).toMatchObject({ value: 2 });
  expect(host.root).toBe(process.geteuid?.() === 0);
  expect(host.securityModules.path).toMatch(/^\/sys\//);
  const path = engine.address.kind === 'unix' ? engine.address.path : '';
  const { dev, ino } = statSync(path);
  const sockets = host.runtimeSockets.known ? host.runtimeSockets.value : [];
  expect(sockets).toContainEqual({ path, inode: `${dev}:${ino}` });
});

test('without a mount table the version of cgroups is unknown', () => {
  expect(readHost(undefined, []).cgroupVersion.known).toBe(false);
});

test('the same file has one inode under all its names', () => {
  using folder = temporaryFolder({ file: '', other: '' });
  symlinkSync('file', join(folder.path, 'link'));
  const inode = inodeOf(join(folder.path, 'file'));
  expect(inode).toMatch(/^\d+:\d+$/);
  expect(inodeOf(join(folder.path, 'link'))).toBe(inode);
  expect(inodeOf(join(folder.path, 'other'))).not.toBe(inode);
  expect(inodeOf(join(folder.path, 'missing'))).toBeUndefined();
});

test('os-release of a copied host is looked for within it, and a pipe is not waited for', () => {
  using elsewhere = temporaryFolder({ 'os-release': 'ID=own\n' });
  using root = temporaryFolder({ 'usr/lib/os-release': 'ID=alpine\nVERSION_ID=3.20\n', 'etc/passwd': '' });
  symlinkSync('/usr/lib/os-release', join(root.path, 'etc/os-release'));
  const read = () => readHost(undefined, [], root.path).distribution;
  expect(read()).toMatchObject({ known: true, value: { id: 'alpine', version: '3.20' } });
  rmSync(join(root.path, 'etc/os-release'));
  symlinkSync(join(elsewhere.path, 'os-release'), join(root.path, 'etc/os-release'));
  expect(read().known).toBe(false);
  rmSync(join(root.path, 'etc/os-release'));
  execFileSync('mkfifo', [join(root.path, 'etc/os-release')]);
  expect(read()).toMatchObject({ known: false, reason: { en: expect.stringContaining('regular file') } });
});

test('without securityfs the folder of SELinux is the sign of it', () => {
  using root = temporaryFolder({ 'sys/kernel/vmcoreinfo': '' });
  const read = () => readHost(undefined, [], root.path).securityModules;
  expect(read()).toMatchObject({ known: true, value: [] });
  mkdirSync(join(root.path, 'sys/fs/selinux'), { recursive: true });
  expect(read()).toMatchObject({ known: true, value: ['selinux'] });
});
