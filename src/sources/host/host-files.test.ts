import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { engine, hidden, info } from '../../../test/subjects.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../test/temporary-folder.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { known, mapFact } from '../../model/fact.ts';
import type { HostFileRole } from '../../model/host-file.ts';
import { readBindSources, readHostFiles } from './host-files.ts';

/** An engine of which nothing is known but where it may be asked. */
const unseen: Partial<EngineFacts> = {
  local: false,
  process: hidden,
  configuration: hidden,
  units: hidden,
  info: hidden,
};

function started(options: readonly string[], uid = 0): Pick<EngineFacts, 'process'> {
  return { process: mapFact(engine().process, (before) => ({ ...before, arguments: options, uid })) };
}

function configuredIn(file: string): Pick<EngineFacts, 'configuration'> {
  return { configuration: mapFact(engine().configuration, (before) => (before ? { ...before, file } : before)) };
}

function pathsOf(root: TemporaryFolder, role: HostFileRole, facts: Partial<EngineFacts> = {}) {
  const fact = readHostFiles(engine({}, facts), root.path)[role];
  return fact.known ? fact.value.map(({ path }) => path) : fact;
}

const usual: Readonly<Partial<Record<HostFileRole, string>>> = {
  'engine-service-unit': '/usr/lib/systemd/system/docker.service',
  'engine-socket-unit': '/usr/lib/systemd/system/docker.socket',
  'engine-configuration-folder': '/etc/docker',
  'engine-configuration': '/etc/docker/daemon.json',
  'engine-defaults': '/etc/default/docker',
  'engine-sysconfig': '/etc/sysconfig/docker',
  'engine-socket': '/run/docker.sock',
  'engine-data': '/var/lib/docker',
  'engine-program': '/usr/bin/dockerd',
  'containerd-program': '/usr/bin/containerd',
  'containerd-shim': '/usr/bin/containerd-shim-runc-v2',
  'containerd-socket': '/run/containerd/containerd.sock',
  'containerd-run': '/run/containerd',
  'containerd-configuration': '/etc/containerd/config.toml',
  'runc-program': '/usr/sbin/runc',
  'registry-certificate': '/etc/docker/certs.d/registry.example:5000/ca.crt',
};
const tree = Object.fromEntries(
  Object.values(usual).flatMap((path) => (path === '/etc/docker' || path === '/run/containerd' ? [] : [[path, '']])),
);

test('an engine that says nothing has its files at the usual places', () => {
  using root = temporaryFolder(tree);
  const files = readHostFiles(engine({}, unseen), root.path);
  const found = Object.entries(files).map(([role, fact]) => [role, fact.known && fact.value.map(({ path }) => path)]);
  expect(Object.fromEntries(found)).toEqual({
    ...Object.fromEntries(Object.entries(usual).map(([role, path]) => [role, [path]])),
    'tls-ca-certificate': false,
    'tls-certificate': false,
    'tls-key': false,
  });
});

test('what is not there is known not to be', () => {
  using root = temporaryFolder();
  for (const role of Object.keys(usual) as HostFileRole[]) expect(pathsOf(root, role)).toEqual([]);
});

test('an engine on another machine has no files here, one that could not be asked may have', () => {
  const role = 'engine-configuration';
  expect(readHostFiles(engine({}, { local: false }))[role]).toMatchObject({ known: false });
  expect(readHostFiles(engine({}, { ...unseen, endpoint: 'tcp://192.0.2.1:2376' }))[role].known).toBe(false);
  expect(readHostFiles(engine({}, unseen))[role].known).toBe(true);
});

test('the units that were read, drop-ins included, and the socket beside them', () => {
  const drop = '/etc/systemd/system/docker.service.d/50-proxy.conf';
  using root = temporaryFolder({ ...tree, [drop]: '', '/etc/systemd/system/docker.socket.d/group.conf': '' });
  const files = [usual['engine-service-unit'] ?? '', drop].map((path) => ({
    path: root.path + path,
    kind: 'vendor' as const,
    modified: 0,
  }));
  const units = known({ name: 'docker.service', files, vendorFileIntact: null }, 'file', 'docker.service');
  expect(pathsOf(root, 'engine-service-unit', { units })).toEqual([usual['engine-service-unit'], drop]);
  expect(pathsOf(root, 'engine-service-unit', { units: known(null, 'kernel', '') })).toContain(drop);
  expect(pathsOf(root, 'engine-socket-unit', { units })).toEqual([
    usual['engine-socket-unit'],
    '/etc/systemd/system/docker.socket.d/group.conf',
  ]);
});

test('a unit that is masked is none', () => {
  using root = temporaryFolder({ 'dev/null': '' });
  mkdirSync(join(root.path, 'etc/systemd/system'), { recursive: true });
  symlinkSync('/gone', join(root.path, 'etc/systemd/system/docker.socket'));
  expect(pathsOf(root, 'engine-socket-unit')).toEqual([]);
});

test('--config-file has its own folder, unless that is everybody’s', () => {
  using root = temporaryFolder({ ...tree, 'srv/engine/daemon.json': '', 'tmp/daemon.json': '', 'srv/engine/shop': '' });
  expect(pathsOf(root, 'engine-configuration', configuredIn('/srv/engine/shop'))).toEqual(['/srv/engine/shop']);
  expect(pathsOf(root, 'engine-configuration', configuredIn('/srv/engine/daemon.json'))).toEqual([
    '/srv/engine/daemon.json',
  ]);
  const folder = 'engine-configuration-folder';
  expect(pathsOf(root, folder, configuredIn('/srv/engine/daemon.json'))).toEqual(['/etc/docker', '/srv/engine']);
  expect(pathsOf(root, folder, configuredIn('/tmp/daemon.json'))).toEqual(['/etc/docker']);
});

test('every unix socket that the engine is told to listen on, and only real sockets count as such', async () => {
  using root = temporaryFolder({ 'srv/guard.sock': '' });
  mkdirSync(join(root.path, 'run'));
  const server = createServer().listen(join(root.path, 'run/docker.sock'));
  await once(server, 'listening');
  const facts = started(['dockerd', '-H', 'fd://', '-H', 'unix:///srv/guard.sock']);
  const fact = readHostFiles(engine({}, facts), root.path)['engine-socket'];
  expect(fact).toMatchObject({ value: [{ path: '/run/docker.sock', kind: 'socket' }, { path: '/srv/guard.sock' }] });
  server.close();
});

test('remapped users: the data root itself and the folder in use; images of containerd lie in its own', () => {
  using root = temporaryFolder({ 'data/docker/100000.100000/x': '', 'var/lib/containerd/x': '' });
  const storageStatus = [['driver-type', 'io.containerd.snapshotter.v1']] as const;
  const facts = { info: info({ dataRoot: '/data/docker/100000.100000', storageStatus }) };
  expect(pathsOf(root, 'engine-data', facts)).toEqual([
    '/data/docker',
    '/data/docker/100000.100000',
    '/var/lib/containerd',
  ]);
});

test('images of a containerd that the engine started itself lie below the engine’s data', () => {
  using root = temporaryFolder({ 'var/lib/docker/x': '', 'var/lib/containerd/x': '' });
  const storageStatus = [['driver-type', 'io.containerd.snapshotter.v1']] as const;
  const containerdAddress = '/run/user/1000/docker/containerd/containerd.sock';
  expect(pathsOf(root, 'engine-data', { info: info({ storageStatus, containerdAddress }) })).toEqual([
    '/var/lib/docker',
  ]);
});

test('the kernel says which program runs, and what lies beside it belongs to it', () => {
  using root = temporaryFolder({ ...tree, 'opt/docker/dockerd': '', 'opt/docker/containerd': '' });
  mkdirSync(join(root.path, 'proc/400'), { recursive: true });
  symlinkSync('/opt/docker/dockerd', join(root.path, 'proc/400/exe'));
  expect(pathsOf(root, 'engine-program')).toEqual(['/opt/docker/dockerd']);
  expect(pathsOf(root, 'containerd-program')).toEqual(['/usr/bin/containerd', '/opt/docker/containerd']);
});

test.each([
  ['as it was started', ['/usr/local/bin/dockerd'], ['/usr/local/bin/dockerd']],
  ['at the usual place where it was started by name', ['dockerd'], ['/usr/bin/dockerd', '/usr/local/bin/dockerd']],
])('without the kernel the program is %s', (_, options, paths) => {
  using root = temporaryFolder({ ...tree, 'usr/local/bin/dockerd': '' });
  expect(pathsOf(root, 'engine-program', started(options))).toEqual(paths);
});

test('the seeds name /usr/bin/containerd: one file under two names is one, its older name counts', () => {
  using root = temporaryFolder({ 'usr/sbin/containerd': '', 'usr/libexec/docker/docker-containerd': '' });
  mkdirSync(join(root.path, 'usr/bin'));
  symlinkSync('../sbin/containerd', join(root.path, 'usr/bin/containerd'));
  const files = readHostFiles(engine(), root.path)['containerd-program'];
  expect(files).toMatchObject({
    value: [
      { path: '/usr/bin/containerd', realPath: '/usr/sbin/containerd' },
      { path: '/usr/libexec/docker/docker-containerd' },
    ],
  });
});

test('containerd listens where the engine says', () => {
  using root = temporaryFolder({ ...tree, 'run/docker/containerd/containerd.sock': '' });
  const own = { info: info({ containerdAddress: '/run/docker/containerd/containerd.sock' }) };
  expect(pathsOf(root, 'containerd-socket', own)).toEqual(['/run/docker/containerd/containerd.sock']);
  expect(pathsOf(root, 'containerd-run', own)).toEqual(['/run/containerd', '/run/docker/containerd']);
  const told = { info: hidden, ...started(['dockerd', '--containerd=/run/containerd/containerd.sock']) };
  expect(pathsOf(root, 'containerd-socket', told)).toEqual(['/run/containerd/containerd.sock']);
});

test('certificates: as named, in the daemon’s home where only TLS is on, none where it is off', () => {
  using root = temporaryFolder({
    'proc/400/environ': 'PATH=/bin\0HOME=/root\0',
    'root/.docker/key.pem': '',
    'srv/tls/key.pem': '',
  });
  const key = (...options: string[]) => pathsOf(root, 'tls-key', started(['dockerd', ...options]));
  expect(key('--tlskey', '/srv/tls/key.pem')).toEqual(['/srv/tls/key.pem']);
  expect(key('--tlsverify')).toEqual(['/root/.docker/key.pem']);
  expect(key('--tlsverify=false')).toEqual(['/root/.docker/key.pem']);
  expect(key('--tls=false')).toEqual([]);
  expect(key()).toEqual([]);
  expect(pathsOf(root, 'tls-key', { configuration: hidden })).toBe(hidden);
});

test('docker-bench #556: a rootless engine has its files at its user’s places', () => {
  const home = '/home/shop';
  const places: Readonly<Partial<Record<HostFileRole, string>>> = {
    'engine-service-unit': `${home}/.config/systemd/user/docker.service`,
    'engine-configuration': `${home}/.config/docker/daemon.json`,
    'registry-certificate': `${home}/.config/docker/certs.d/registry.example/ca.crt`,
    'engine-socket': '/run/user/1000/docker.sock',
    'containerd-socket': '/run/user/1000/docker/containerd/containerd.sock',
    'engine-data': `${home}/.local/share/docker/x`,
    'engine-program': `${home}/bin/dockerd`,
  };
  using root = temporaryFolder({
    ...tree,
    ...Object.fromEntries(Object.values(places).map((path) => [path, ''])),
    'proc/400/environ': `HOME=${home}\0XDG_RUNTIME_DIR=/run/user/1000\0`,
  });
  const facts = {
    ...started([`${home}/bin/dockerd`], 1000),
    info: hidden,
    endpoint: 'fd://',
    configuration: known(null, 'file', `${home}/.config/docker/daemon.json`),
  };
  const found = Object.keys(places).map((role) => [role, pathsOf(root, role as HostFileRole, facts)]);
  const expected = Object.entries(places).map(([role, path]) => [role, [path.replace(/\/x$/, '')]]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  expect(pathsOf(root, 'engine-defaults', facts)).toEqual([]);
});

test('podman has units, certificates and programs of its own, and no containerd', () => {
  using root = temporaryFolder({
    ...tree,
    'usr/lib/systemd/system/podman.socket': '',
    'etc/containers/certs.d/registry.example/ca.crt': '',
    'usr/bin/crun': '',
    'etc/containers/containers.conf': '',
  });
  const configuration = known(null, 'file', '/etc/docker/daemon.json');
  const facts = { ...unseen, kind: 'podman' as const, configuration };
  expect(pathsOf(root, 'engine-socket-unit', facts)).toEqual(['/usr/lib/systemd/system/podman.socket']);
  expect(pathsOf(root, 'engine-configuration', facts)).toEqual(['/etc/containers/containers.conf']);
  expect(pathsOf(root, 'containerd-socket', facts)).toEqual([]);
  expect(pathsOf(root, 'runc-program', facts)).toEqual(['/usr/bin/crun', '/usr/sbin/runc']);
  expect(pathsOf(root, 'registry-certificate', facts)).toHaveLength(2);
  // One of an ordinary user asks the machine's folders too.
  expect(pathsOf(root, 'registry-certificate', { ...facts, ...started(['podman'], 1000) })).toHaveLength(2);
});

test('podman does not do what Docker’s daemon.json beside it says', () => {
  using root = temporaryFolder({
    'data/docker/x': '',
    'var/lib/containers/x': '',
    'srv/tls/key.pem': '',
    'run/docker.sock': '',
    'run/podman/podman.sock': '',
  });
  const hosts = ['unix:///run/docker.sock'];
  const { configuration } = engine({ 'data-root': '/data/docker', tlskey: '/srv/tls/key.pem', hosts });
  const facts = { ...unseen, kind: 'podman' as const, endpoint: 'unix:///run/podman/podman.sock', configuration };
  expect(pathsOf(root, 'engine-data', facts)).toEqual(['/var/lib/containers']);
  expect(pathsOf(root, 'engine-socket', facts)).toEqual(['/run/podman/podman.sock']);
  expect(pathsOf(root, 'tls-key', facts)).toEqual([]);
});

test('what may not be looked at is unknown', () => {
  using root = temporaryFolder();
  mkdirSync(join(root.path, 'etc'));
  symlinkSync('/etc/docker', join(root.path, 'etc/docker'));
  const files = readHostFiles(engine(), root.path);
  expect(files['engine-configuration']).toMatchObject({ known: false, path: '/etc/docker/daemon.json' });
  expect(files['registry-certificate'].known).toBe(false);
  expect(files['engine-defaults']).toMatchObject({ known: true, value: [] });
});

test('the host’s ends of bind mounts by path', () => {
  using root = temporaryFolder({ 'srv/shop/file': '' });
  chmodSync(join(root.path, 'srv/shop'), 0o1777);
  symlinkSync('loop', join(root.path, 'loop'));
  expect(readBindSources(['/srv/shop', '/gone'], root.path)).toMatchObject({
    value: { '/srv/shop': { kind: 'folder', mode: 0o1777 } },
  });
  expect(readBindSources(['/gone'], root.path)).toMatchObject({ known: true, value: {} });
  expect(readBindSources(['/srv/shop', '/loop'], root.path)).toMatchObject({ known: false, path: '/loop' });
});
