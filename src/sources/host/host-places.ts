import { readlinkSync } from 'node:fs';
import { posix } from 'node:path';
import { daemonSetting } from '../../model/daemon-setting.ts';
import { type Fact, known } from '../../model/fact.ts';
import type { HostFileRole } from '../../model/host-file.ts';
import type { JsonValue } from '../../model/json.ts';
import { namesIn, readFileStatus } from './file-status.ts';
import { type EngineFileFacts, engineHome, type EngineHome } from './engine-home.ts';
import { unitPlaces } from './unit-places.ts';

type Place = () => Fact<readonly string[]>;

/** Folders that hold much else: who may write to them is not the engine's matter. */
const sharedFolders = new Set([
  '/',
  '/etc',
  '/home',
  '/opt',
  '/root',
  '/run',
  '/srv',
  '/tmp',
  '/usr',
  '/var',
  '/var/tmp',
]);

/** Where files of each role stand, as far as they exist; asked only when called. Paths are the machine's own. */
export function hostPlaces(engine: EngineFileFacts, root: string): Readonly<Record<HostFileRole, Place>> {
  const home = engineHome(engine, root);
  const isPodman = engine.kind === 'podman';
  const folder = isPodman ? `${home.configuration}/containers` : `${home.configuration}/docker`;
  const ifDocker = (places: () => readonly string[]) => () => at(isPodman ? [] : places());
  const ifOfRoot = (path: string) => () => at(isPodman || home.isRootless ? [] : [path], path);
  const programs = (...names: readonly string[]) => programPlaces(names, engine, home, root);
  const configurationFile = configurationPlace(engine, `${folder}/${isPodman ? 'containers.conf' : 'daemon.json'}`);
  const units = () => unitPlaces(engine, home, root);
  return {
    'engine-service-unit': () => at(units().service),
    'engine-socket-unit': () => at(units().socket),
    'engine-configuration-folder': () => at([folder, ...ownFolders([configurationFile], folder)]),
    'engine-configuration': () => at([configurationFile]),
    'engine-defaults': ifOfRoot('/etc/default/docker'),
    'engine-sysconfig': ifOfRoot('/etc/sysconfig/docker'),
    'engine-socket': () => at(socketPlaces(engine, home)),
    'engine-data': () => at(dataPlaces(engine, home)),
    'engine-program': () => at(ownProgram(engine, root) ?? programs(isPodman ? 'podman' : 'dockerd', 'docker-daemon')),
    'containerd-program': ifDocker(() => programs('containerd', 'docker-containerd')),
    'containerd-shim': ifDocker(() => programs(...shims)),
    'containerd-socket': ifDocker(() => containerdSockets(engine, home)),
    'containerd-run': ifDocker(() => [
      '/run/containerd',
      ...ownFolders(containerdSockets(engine, home), '/run/docker'),
    ]),
    'containerd-configuration': ifDocker(() => ['/etc/containerd/config.toml']),
    'runc-program': () => at(programs('runc', 'docker-runc', ...(isPodman ? ['crun'] : []))),
    'registry-certificate': () =>
      at(certificates(isPodman ? [...new Set([folder, '/etc/containers', '/etc/docker'])] : [folder], root)),
    'tls-ca-certificate': () => tlsPlace(engine, home, 'tlscacert', 'ca.pem'),
    'tls-certificate': () => tlsPlace(engine, home, 'tlscert', 'cert.pem'),
    'tls-key': () => tlsPlace(engine, home, 'tlskey', 'key.pem'),
  };
}

/** Podman takes none of dockerd's settings, whatever stands in a `daemon.json` beside it. */
function settingOf(engine: EngineFileFacts, key: string): Fact<JsonValue | undefined> {
  return engine.kind === 'podman' ? known(undefined, 'file', 'containers.conf') : daemonSetting(engine, key);
}

function at(paths: readonly string[], usual = paths[0] ?? '/'): Fact<readonly string[]> {
  return known(paths, 'file', usual);
}

/** The reader of Docker's configuration says which file it is, be it there or not. */
function configurationPlace({ configuration, kind }: EngineFileFacts, usual: string): string {
  if (kind === 'podman') return usual;
  if (configuration.known) return posix.resolve('/', configuration.value?.file ?? configuration.path);
  return configuration.path.endsWith('.json') ? posix.resolve('/', configuration.path) : usual;
}

/** The folders that files stand in, where they are there for these files. */
function ownFolders(files: readonly string[], usual: string): string[] {
  const folders = files.map((file) => posix.dirname(file));
  return folders.filter(
    (each) => each !== usual && !sharedFolders.has(each) && !/^\/(home|run\/user)\/[^/]+$/.test(each),
  );
}

function socketPlaces(engine: EngineFileFacts, home: EngineHome): string[] {
  const hosts = settingOf(engine, 'hosts');
  const configured = hosts.known && Array.isArray(hosts.value) ? hosts.value.map(String) : [];
  const named = [engine.endpoint, ...configured].flatMap((address) => /^unix:\/\/(\/.*)$/.exec(address)?.[1] ?? []);
  const usual = engine.kind === 'podman' ? 'podman/podman.sock' : 'docker.sock';
  return named.length > 0 ? named : [`${home.runtime}/${usual}`];
}

/** With remapped users the engine works in `UID.GID` below its data root; containerd's images lie in its own. */
function dataPlaces(engine: EngineFileFacts, home: EngineHome): string[] {
  const { info } = engine;
  const setting = settingOf(engine, 'data-root');
  const configured = setting.known && typeof setting.value === 'string' ? setting.value : undefined;
  const inUse = (info.known ? info.value.dataRoot : undefined) ?? configured ?? home.data;
  // A containerd that the engine started itself keeps its data below the engine's.
  const usesContainerd =
    info.known &&
    info.value.storageStatus.some(([, value]) => value.startsWith('io.containerd.snapshotter.')) &&
    !info.value.containerdAddress?.includes('/docker/containerd/');
  return [inUse.replace(/\/\d+\.\d+\/?$/, ''), inUse, ...(usesContainerd ? ['/var/lib/containerd'] : [])];
}

const programFolders = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/libexec/docker',
  '/usr/lib/docker',
  '/opt/containerd/bin',
];

const shims = [
  'containerd-shim',
  'containerd-shim-runc-v1',
  'containerd-shim-runc-v2',
  'containerd-shim-kata-v2',
  'containerd-shim-runsc-v1',
  'docker-containerd-shim',
];

/** In the usual folders, and beside the daemon's own program. */
function programPlaces(
  names: readonly string[],
  engine: EngineFileFacts,
  home: EngineHome,
  root: string,
): readonly string[] {
  const beside = (ownProgram(engine, root) ?? []).map((program) => posix.dirname(program));
  const folders = new Set([...programFolders, ...(home.isRootless ? [`${home.user}/bin`] : []), ...beside]);
  return [...folders].flatMap((folder) => names.map((name) => `${folder}/${name}`));
}

/** The program that runs, as the kernel says; else as it was started. */
function ownProgram({ process }: EngineFileFacts, root: string): readonly string[] | undefined {
  if (!process.known) return undefined;
  const candidates = [linkOf(`${root}/proc/${process.value.pid}/exe`), process.value.arguments[0]];
  const program = candidates.find((path) => path?.startsWith('/') && isThere(path, root));
  return program === undefined ? undefined : [program];
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path).replace(/ \(deleted\)$/, '');
  } catch {
    return undefined;
  }
}

function isThere(path: string, root: string): boolean {
  try {
    return readFileStatus(path, root) !== undefined;
  } catch {
    return false;
  }
}

function containerdSockets(engine: EngineFileFacts, home: EngineHome): string[] {
  const { info } = engine;
  const setting = settingOf(engine, 'containerd');
  const configured = setting.known && typeof setting.value === 'string' ? setting.value : undefined;
  const address = (info.known ? info.value.containerdAddress : undefined) ?? configured;
  if (address) return [address.replace(/^unix:\/\//, '')];
  return [`${home.runtime}/containerd/containerd.sock`, `${home.runtime}/docker/containerd/containerd.sock`];
}

/** `certs.d/HOST:PORT/FILE`. */
function certificates(folders: readonly string[], root: string): string[] {
  const within = (folder: string) => namesIn(folder, root).map((name) => `${folder}/${name}`);
  return folders.flatMap((folder) => within(`${folder}/certs.d`)).flatMap(within);
}

/** A certificate that is not named is looked for in the daemon's home, where TLS is on at all. */
function tlsPlace(engine: EngineFileFacts, home: EngineHome, key: string, usual: string): Fact<readonly string[]> {
  const setting = settingOf(engine, key);
  if (!setting.known) return setting;
  if (typeof setting.value === 'string' && setting.value !== '') {
    return known([posix.resolve('/', setting.value)], setting.source, setting.path);
  }
  const isOn = ['tls', 'tlsverify'].some((name) => {
    const option = settingOf(engine, name);
    // `tlsverify: false` switches TLS on too.
    return option.known && (name === 'tls' ? option.value === true : option.value !== undefined);
  });
  return known(isOn ? [`${home.certificates}/${usual}`] : [], setting.source, setting.path);
}
