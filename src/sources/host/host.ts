import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type Fact, known } from '../../model/fact.ts';
import { noAdvisories } from '../../model/host-component.ts';
import type { HostFacts, RuntimeSocket } from '../../model/host.ts';
import type { CgroupMounts } from './cgroup.ts';
import { readAccounts, readSubordinateIds } from './accounts.ts';
import { readCredentials } from './credentials.ts';
import { readEnabledUnits } from './enabled-units.ts';
import { readHostListeners, readHostProcesses } from './host-listeners.ts';
import { readKernel } from './kernel.ts';
import { readHostMounts } from './mount-table.ts';
import type { ProcessEntry } from './processes.ts';
import { fileFailure, readFact, readIfPossible, readTextIn } from './file.ts';
import { controlSockets, readUnixSockets } from './sockets.ts';
import type { Standpoint } from './standpoint.ts';

/** What is only found once the engine is known. */
export type LateHostFacts = Pick<HostFacts, 'files' | 'bindSources'>;
/** What other programs are asked for. */
export type AskedHostFacts = Pick<HostFacts, 'audit' | 'packetFilter'>;

/**
 * Reads what controls ask about the host itself. `root` is the folder that its file systems are looked for in. What is
 * not the host's where this process stands is not read.
 */
export function readHost(
  cgroups: CgroupMounts | undefined,
  processes: readonly ProcessEntry[],
  root = '',
  standpoint: Standpoint = {},
): Omit<HostFacts, keyof LateHostFacts | keyof AskedHostFacts> {
  const { files } = standpoint;
  const accounts = files ?? readAccounts(root);
  return {
    kernel: readKernel(root, standpoint),
    mounts: readHostMounts(root, standpoint),
    accounts,
    subordinateIds: files ?? readSubordinateIds(root),
    listeners: readHostListeners(processes, root, standpoint),
    processes: readHostProcesses(processes, root, standpoint),
    enabledUnits: files ?? readEnabledUnits(root),
    credentials: readCredentials(accounts, root),
    distribution: files ?? readDistribution(root),
    kernelRelease: readKernelRelease(root),
    securityModules: readSecurityModules(root),
    cgroupVersion: cgroups
      ? known(cgroups.version, 'kernel', '/proc/self/mountinfo')
      : fileFailure(`${root}/proc/self/mountinfo`, { code: 'ENOENT' }),
    runtimeSockets: standpoint.network ?? files ?? readRuntimeSockets(root),
    root: process.geteuid?.() === 0,
    components: noAdvisories,
  };
}

/** `6.1.0-21-amd64`. */
export function readKernelRelease(root = ''): Fact<string> {
  return readFact(`${root}/proc/sys/kernel/osrelease`, (text) => text.trim());
}

/** `/etc/os-release` is a link to what the package brings; of a copied host it may be anything. */
function readDistribution(root: string): HostFacts['distribution'] {
  const path = '/etc/os-release';
  try {
    return known(parseOsRelease(readTextIn(root, path)), 'file', root + path);
  } catch (error) {
    return fileFailure(root + path, error);
  }
}

/** Reads `NAME="value"` lines. */
export function parseOsRelease(text: string): { id: string; version: string } {
  const field = (name: string) => new RegExp(`^${name}=["']?([^"'\\n]*)`, 'm').exec(text)?.[1] ?? '';
  return { id: field('ID'), version: field('VERSION_ID') };
}

/** securityfs lists the modules; where it is not mounted, the modules' own files and folders tell. */
function readSecurityModules(root: string): Fact<readonly string[]> {
  const list = `${root}/sys/kernel/security/lsm`;
  try {
    return known(readFileSync(list, 'utf8').trim().split(','), 'kernel', list);
  } catch (error) {
    if (!existsSync(`${root}/sys/kernel`)) return fileFailure(list, error);
    const modules = [
      ...(readIfPossible(`${root}/sys/module/apparmor/parameters/enabled`)?.trim() === 'Y' ? ['apparmor'] : []),
      ...(existsSync(`${root}/sys/fs/selinux`) ? ['selinux'] : []),
    ];
    return known(modules, 'kernel', '/sys/module/apparmor, /sys/fs/selinux');
  }
}

function readRuntimeSockets(root: string): Fact<readonly RuntimeSocket[]> {
  const table = `${root}/proc/net/unix`;
  // Of a copied file system nothing listens: that there are none is not known.
  if (root !== '') return fileFailure(table, { code: 'ENOENT' });
  const paths = readUnixSockets(table)
    .filter((socket) => socket.listening && controlSockets.has(basename(socket.path)))
    .map((socket) => socket.path);
  const sockets = [...new Set(paths)].flatMap((path) => {
    const inode = inodeOf(path);
    return inode === undefined ? [] : [{ path, inode }];
  });
  return known(sockets, 'kernel', '/proc/net/unix');
}

/** `device:inode` of what a path leads to, links followed. */
export function inodeOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
