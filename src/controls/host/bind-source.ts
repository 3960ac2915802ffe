import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Machine } from '../../model/control.ts';
import type { FileStatus } from '../../model/host-file.ts';
import type { HostFacts } from '../../model/host.ts';
import { canonicalPath, hostMounts, isWithin } from '../container/host-path.ts';
import { isReadOnly } from '../container/mount-entry.ts';

/** Where the kernel shows itself: rights there are its own. */
const kernelFolders = ['/dev', '/proc', '/sys'];

/** A container that was given a path of the host. */
export interface BindUser {
  readonly container: ContainerSpec;
  readonly path: string;
  readonly inode: string | undefined;
  readonly writable: boolean;
}

/** Every bind mount that a person asked for; what the engine itself mounts and pseudo files are left out. */
export function bindUsers(machine: Machine | undefined): BindUser[] {
  return (machine?.containers ?? []).flatMap((container) =>
    hostMounts(container, machine)
      .filter(({ path }) => !isOfKernel(path))
      .map(({ path, mount }) => ({
        container,
        path: canonicalPath(path),
        inode: mount.hostInode,
        writable: !isReadOnly(container, mount),
      })),
  );
}

/** A file or a folder of the host, and the containers that were given it. */
export interface BoundFile {
  readonly file: FileStatus;
  readonly users: readonly BindUser[];
}

/** Files and folders of the host that containers were given; sockets, devices and what the kernel shows are left out. */
export function boundFiles({ bindSources }: HostFacts, machine: Machine | undefined): BoundFile[] {
  if (!bindSources.known) return [];
  const asked = Map.groupBy(bindUsers(machine), ({ path }) => path);
  const mounted = (machine?.containers ?? []).flatMap(({ mounts }) => mounts.flatMap(({ hostPath }) => hostPath ?? []));
  const engineMade = new Set(mounted.filter((path) => !asked.has(canonicalPath(path))));
  return Object.entries(bindSources.value)
    .filter(([path, { kind }]) => !engineMade.has(path) && !isOfKernel(path) && (kind === 'file' || kind === 'folder'))
    .map(([path, file]) => ({ file, users: asked.get(canonicalPath(path)) ?? [] }));
}

/** Who works in a container, as the host numbers users; `undefined` where that is not known. */
export function hostUserOf(
  { effective, user = '' }: ContainerSpec,
  machine: Machine | undefined,
): { readonly uid: number; readonly gid?: number } | undefined {
  if (effective?.user.known) return { uid: effective.user.value.hostUid, gid: effective.user.value.hostGid };
  const info = machine?.engine.info;
  const isMapped = !info?.known || info.value.securityOptions.some((option) => /^name=(userns|rootless)/.test(option));
  const [, uid, gid] = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(user) ?? [];
  if (isMapped || uid === undefined) return undefined;
  return { uid: Number(uid), ...(gid === undefined ? {} : { gid: Number(gid) }) };
}

function isOfKernel(path: string): boolean {
  return kernelFolders.some((folder) => isWithin(canonicalPath(path), folder));
}
