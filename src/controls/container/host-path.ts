import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import type { Text } from '../../model/text.ts';

/** A mount that shows the container a part of the host. */
export interface HostMount {
  readonly mount: Mount;
  /** The mount in the model's own path: `mounts[0]`. */
  readonly field: string;
  /** The host's path, as far as it could be followed. */
  readonly path: string;
}

/**
 * The mounts that a person asked for and that lead to a path of the host: binds, and volumes that are binds in
 * disguise. A volume's own data directory and what the engine or the kubelet put there are left out, and so is
 * a relative path: only the reader of a file knows what it is relative to, and resolves it. A volume over several
 * directories is listed once for each.
 */
export function hostMounts(container: ContainerSpec, machine: Machine | undefined): HostMount[] {
  const dataRoot = dataRootOf(machine);
  return container.mounts.flatMap((mount, index) =>
    hostPathsOf(mount, dataRoot)
      .filter((path) => /^[/~$]/.test(path) && !isEngineMade(path, container, dataRoot))
      .map((path) => ({ mount, field: `mounts[${index}]`, path })),
  );
}

/** Where the engine keeps its images, layers and volumes. */
export function dataRootOf(machine: Machine | undefined): string {
  const info = machine?.engine.info;
  return (info?.known ? info.value.dataRoot : undefined) ?? '/var/lib/docker';
}

/** Options of the local driver that make a volume a bind of a host path: `o=bind` with a device. */
export function isBindVolume({ kind, options }: Mount): boolean {
  const flags = (options['o'] ?? '').split(',');
  return kind === 'volume' && options['device'] !== undefined && flags.some((flag) => /^r?bind$/.test(flag.trim()));
}

function hostPathsOf(mount: Mount, dataRoot: string): readonly string[] {
  const { kind, source, hostPath, driver = 'local', options } = mount;
  if (kind === 'bind') return [hostPath ?? source ?? ''];
  if (kind !== 'volume') return [];
  if (hostPath !== undefined && !isVolumeData(hostPath, dataRoot)) return [hostPath];
  if (isBindVolume(mount)) return [options['device'] ?? ''];
  if (driver !== 'local') return [];
  const type = options['type'] ?? '';
  return type === 'overlay' ? overlaidPaths(options['o'] ?? '') : (kernelPlaces[type] ?? []);
}

/**
 * Where the host has what the kernel shows in these file systems. The local driver mounts in the engine's
 * namespaces: a volume of type `proc` is the host's `/proc`, seen on Docker 20.10.
 */
const kernelPlaces: Readonly<Record<string, readonly string[]>> = {
  cgroup: ['/sys/fs/cgroup'],
  cgroup2: ['/sys/fs/cgroup'],
  debugfs: ['/sys/kernel/debug'],
  devtmpfs: ['/dev'],
  proc: ['/proc'],
  securityfs: ['/sys/kernel/security'],
  sysfs: ['/sys'],
  tracefs: ['/sys/kernel/tracing'],
};

/** The directories of the host that an overlay is laid over. */
function overlaidPaths(flags: string): string[] {
  return flags.split(',').flatMap((flag) => {
    const [, directories] = /^(?:lower|upper)dir=(.*)$/.exec(flag.trim()) ?? [];
    return directories?.split(':') ?? [];
  });
}

function isVolumeData(path: string, dataRoot: string): boolean {
  // The data root may itself be a link, so that the followed path lies elsewhere: its form still tells.
  return (
    /\/volumes\/[^/]+\/_data$/.test(path) ||
    ['volumes', 'plugins'].some((folder) => isWithin(normalPath(path), normalPath(`${dataRoot}/${folder}`)))
  );
}

function isEngineMade(path: string, { id, labels, owner }: ContainerSpec, dataRoot: string): boolean {
  const pod = labels['io.kubernetes.pod.uid'];
  return (
    (id !== undefined && isWithin(normalPath(path), normalPath(`${dataRoot}/containers/${id}`))) ||
    (owner.kind === 'kubernetes' && !!pod && isWithin(normalPath(path), `/var/lib/kubelet/pods/${pod}`))
  );
}

/** Nearly every path is in its plain form already, and controls ask for thousands of them. */
const plainPath = /^(?:\/[^/.~$][^/]*)+$/;

/** Without `.`, `..`, doubled and trailing slashes. A home directory (`~`, `$HOME`) is some directory in `/home`. */
export function normalPath(path: string): string {
  if (plainPath.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.replace(/^(~[^/]*|\$HOME|\$\{HOME\})(?=\/|$)/, '/home/~').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The same with the links that every current distribution has: `/var/run` is `/run`. */
export function canonicalPath(path: string): string {
  return normalPath(path).replace(/^\/var\/(run|lock)(?=\/|$)/, (_, name) => (name === 'run' ? '/run' : '/run/lock'));
}

/** Whether a path is a directory or lies below it, whole segments compared: `/etcetera` is not within `/etc`. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`);
}

/** Which host path is mounted where, and what it holds that is worth naming. */
export function mountWords({ path, mount }: HostMount, held?: string): Text {
  return held === undefined
    ? { en: `${path} at ${mount.target}`, zh: `${path}（挂载于 ${mount.target}）` }
    : { en: `${path}, which holds ${held}, at ${mount.target}`, zh: `${path}（含 ${held}，挂载于 ${mount.target}）` };
}
