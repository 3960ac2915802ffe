import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { readCopiedHost } from './copied-host.ts';

async function read(root: string) {
  const { machine } = await readCopiedHost(root);
  return machine;
}

test('what only a running engine or kernel tells is unreadable', async () => {
  using root = temporaryFolder({ 'etc/passwd': 'root:x:0:0::/root:/bin/sh\n', 'etc/group': 'root:x:0:\n' });
  const { host, engine, containers } = await read(`${root.path}//`);
  expect(engine).toMatchObject({ local: false, info: { known: false }, process: { known: false } });
  expect(engine.configuration).toMatchObject({ known: true, value: null, path: `${root.path}/etc/docker/daemon.json` });
  expect(host.accounts.known).toBe(true);
  expect([host.kernelRelease, host.mounts, host.kernel.parameters].some(({ known }) => known)).toBe(false);
  expect(containers).toEqual([]);
});

test('the engine’s files are looked for where its configuration says', async () => {
  const settings = { 'data-root': '/data/docker', tlskey: '/srv/tls/key.pem', hosts: ['unix:///srv/engine.sock'] };
  using root = temporaryFolder({
    'etc/docker/daemon.json': JSON.stringify(settings),
    'data/docker/x': '',
    'var/lib/docker/x': '',
    'srv/tls/key.pem': '',
    'srv/engine.sock': '',
  });
  const { files } = (await read(root.path)).host;
  expect(files).toMatchObject({
    'engine-configuration': { value: [{ path: '/etc/docker/daemon.json' }] },
    'engine-data': { value: [{ path: '/data/docker' }] },
    'engine-socket': { value: [{ path: '/srv/engine.sock' }] },
    'tls-key': { value: [{ path: '/srv/tls/key.pem' }] },
    // The command line, which nobody sees, may name one.
    'tls-certificate': { known: false },
  });
});

test('a configuration that is a link is followed within the folder', async () => {
  using root = temporaryFolder({ 'etc/static/daemon.json': '{"icc": false}' });
  mkdirSync(join(root.path, 'etc/docker'));
  symlinkSync('/etc/static/daemon.json', join(root.path, 'etc/docker/daemon.json'));
  expect((await read(root.path)).engine.configuration).toMatchObject({ value: { values: { icc: false } } });
});

test('a pipe in the place of the configuration is not waited for', async () => {
  using root = temporaryFolder({ 'etc/docker/x': '' });
  execFileSync('mkfifo', [join(root.path, 'etc/docker/daemon.json')]);
  expect((await read(root.path)).engine.configuration).toMatchObject({ known: false });
});

test('a configuration that cannot be read as JSON leaves the usual places', async () => {
  using root = temporaryFolder({ 'etc/docker/daemon.json': '{', 'var/lib/docker/x': '' });
  const { engine, host } = await read(root.path);
  expect(engine.configuration.known).toBe(false);
  expect(host.files).toMatchObject({
    'engine-configuration': { value: [{ path: '/etc/docker/daemon.json' }] },
    'engine-data': { value: [{ path: '/var/lib/docker' }] },
    'tls-key': { known: false },
  });
});
