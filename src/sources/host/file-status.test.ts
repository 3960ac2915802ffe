import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readFileStatus } from './file-status.ts';

test('a file below a root has the paths of the machine, and all twelve bits', () => {
  using root = temporaryFolder({ 'usr/bin/dockerd': '' });
  chmodSync(join(root.path, 'usr/bin/dockerd'), 0o4755);
  const owner = { uid: process.getuid?.(), gid: process.getgid?.() };
  expect(readFileStatus('/usr/bin/dockerd', root.path)).toEqual({
    path: '/usr/bin/dockerd',
    realPath: '/usr/bin/dockerd',
    kind: 'file',
    mode: 0o4755,
    ...owner,
  });
});

test.each([
  ['absolute', '/real/place'],
  ['relative', '../real/place'],
  ['that climbs above the root', '../../../../../real/./place/'],
])('a link %s is followed inside of the root', (_, target) => {
  using root = temporaryFolder({ 'real/place/file': '' });
  mkdirSync(join(root.path, 'etc'));
  symlinkSync(target, join(root.path, 'etc/docker'));
  const path = '/etc/docker/file';
  expect(readFileStatus(path, root.path)).toMatchObject({ path, realPath: '/real/place/file', kind: 'file' });
  expect(readFileStatus('/etc/docker', root.path)?.kind).toBe('folder');
});

test('on the machine itself links are followed too', () => {
  using folder = temporaryFolder({ real: '' });
  const link = join(folder.path, 'link');
  symlinkSync('real', link);
  expect(readFileStatus(link)).toMatchObject({ path: link, kind: 'file', realPath: expect.stringMatching(/real$/) });
});

test.each(['/nothing', '/file/below', '/dangling'])('nothing stands at %s', (path) => {
  using root = temporaryFolder({ file: '' });
  symlinkSync('/gone', join(root.path, 'dangling'));
  expect(readFileStatus(path, root.path)).toBeUndefined();
  expect(readFileStatus(root.path + path)).toBeUndefined();
});

test('links in a circle are an error, not an absence', () => {
  using root = temporaryFolder();
  symlinkSync('/b', join(root.path, 'a'));
  symlinkSync('/a', join(root.path, 'b'));
  expect(() => readFileStatus('/a', root.path)).toThrow(expect.objectContaining({ code: 'ELOOP' }));
});

test('sockets, devices and the root itself are told apart', async () => {
  using root = temporaryFolder();
  const server = createServer().listen(join(root.path, 'docker.sock'));
  await once(server, 'listening');
  expect(readFileStatus('/docker.sock', root.path)?.kind).toBe('socket');
  expect(readFileStatus('/', root.path)).toMatchObject({ realPath: '/', kind: 'folder' });
  expect(readFileStatus('/dev/null')?.kind).toBe('other');
  server.close();
});
