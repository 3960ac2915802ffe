import type { CgroupLimits } from '../../model/effective.ts';
import { type Fact, known, type UnreadableFact, unreadable } from '../../model/fact.ts';
import { readIfPossible } from './file.ts';

/** Where the cgroup file systems are mounted. */
export interface CgroupMounts {
  readonly version: 1 | 2;
  /** Version 1: mount point by controller. */
  readonly controllers: ReadonlyMap<string, string>;
  /** Version 2: the unified mount point. */
  readonly unified?: string;
}

/** Reads the mount table: version 2 is in use when no controller is mounted as version 1. */
export function readCgroupMounts(file = '/proc/self/mountinfo'): CgroupMounts | undefined {
  const text = readIfPossible(file);
  if (text === undefined) return undefined;
  const controllers = new Map<string, string>();
  let unified: string | undefined;
  for (const line of text.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const target = before.split(' ')[4] ?? '';
    const [fileSystem, , options = ''] = after.split(' ');
    if (fileSystem === 'cgroup2') unified ??= target;
    if (fileSystem === 'cgroup') {
      for (const controller of options.split(','))
        if (!controllers.has(controller)) controllers.set(controller, target);
    }
  }
  const version = controllers.has('memory') || controllers.has('pids') ? 1 : 2;
  return { version, controllers, ...(unified === undefined ? {} : { unified }) };
}

/** The limits that the kernel enforces on a cgroup, which is given as the text of a process' `/proc/PID/cgroup`. */
export function readCgroupLimits(cgroup: string, mounts: CgroupMounts | undefined): Fact<CgroupLimits> {
  if (mounts === undefined) return noLimits('/proc/self/mountinfo');
  const folders = mounts.version === 2 ? unifiedFolder(cgroup, mounts) : controllerFolders(cgroup, mounts);
  const pids = readIfPossible(`${folders.pids}/pids.max`)?.trim();
  if (pids === undefined) return noLimits(folders.pids);
  const limits = mounts.version === 2 ? readUnified(folders.memory) : readControllers(folders);
  return known({ ...limits, ...(pids === 'max' ? {} : { pids: Number(pids) }) }, 'kernel', folders.shown);
}

/** What a cgroup takes now: bytes of memory that cannot be dropped at once, and a number of processes. */
export interface CgroupUsage {
  readonly memory: number;
  readonly pids: number;
}

/** What the kernel counts for the cgroup of a process; undefined where it does not say. */
export function readCgroupUsage(cgroup: string, mounts: CgroupMounts | undefined): CgroupUsage | undefined {
  if (mounts === undefined) return undefined;
  const isUnified = mounts.version === 2;
  const folders = isUnified ? unifiedFolder(cgroup, mounts) : controllerFolders(cgroup, mounts);
  const pids = numberIn(`${folders.pids}/pids.current`);
  const bytes = numberIn(`${folders.memory}/${isUnified ? 'memory.current' : 'memory.usage_in_bytes'}`);
  if (pids === undefined || bytes === undefined) return undefined;
  const details = readIfPossible(`${folders.memory}/memory.stat`) ?? '';
  // Pages of files count as used, although they can be dropped.
  const files = (isUnified ? /^inactive_file (\d+)$/m : /^total_inactive_file (\d+)$/m).exec(details)?.[1];
  return { memory: bytes - Number(files ?? 0), pids };
}

function noLimits(path: string): UnreadableFact {
  return unreadable(
    'kernel',
    path,
    { en: `${path} cannot be read`, zh: `${path} 无法读取` },
    { en: 'mount the cgroup file system where Plimsoll runs', zh: '在 Plimsoll 运行处挂载 cgroup 文件系统' },
  );
}

interface Folders {
  /** For evidence: version 1 has a folder for each controller. */
  readonly shown: string;
  readonly pids: string;
  readonly memory: string;
  readonly cpu: string;
}

function unifiedFolder(cgroup: string, { unified = '/sys/fs/cgroup' }: CgroupMounts): Folders {
  const folder = unified + (/^0::(.*)$/m.exec(cgroup)?.[1] ?? '');
  return { shown: folder, pids: folder, memory: folder, cpu: folder };
}

function controllerFolders(cgroup: string, { controllers }: CgroupMounts): Folders {
  const folder = (controller: string) => {
    const line = cgroup.split('\n').find((each) => (each.split(':')[1] ?? '').split(',').includes(controller));
    const path = line?.split(':').slice(2).join(':') ?? '';
    return (controllers.get(controller) ?? `/sys/fs/cgroup/${controller}`) + path;
  };
  const pids = folder('pids');
  return { shown: pids.replace(/\/pids(?=\/)/, '/*'), pids, memory: folder('memory'), cpu: folder('cpu') };
}

/** Version 1 writes "no limit" as the largest multiple of a page that fits 63 bits; an engine can take a limit back only so. */
const unlimitedBytes = 2 ** 62;

function readUnified(folder: string): CgroupLimits {
  const memory = numberIn(`${folder}/memory.max`);
  const swap = readIfPossible(`${folder}/memory.swap.max`)?.trim();
  const [quota, period] = (readIfPossible(`${folder}/cpu.max`) ?? 'max 100000').trim().split(' ');
  return {
    ...(memory === undefined || memory >= unlimitedBytes
      ? {}
      : { memory, memorySwap: swap === 'max' ? -1 : memory + Number(swap ?? 0) }),
    ...(quota === 'max' ? {} : { cpus: Number(quota) / Number(period) }),
  };
}

function readControllers({ memory, cpu }: Folders): CgroupLimits {
  const bytes = numberIn(`${memory}/memory.limit_in_bytes`);
  const swap = numberIn(`${memory}/memory.memsw.limit_in_bytes`);
  const quota = numberIn(`${cpu}/cpu.cfs_quota_us`) ?? -1;
  const period = numberIn(`${cpu}/cpu.cfs_period_us`) ?? 100_000;
  const isLimited = bytes !== undefined && bytes < unlimitedBytes;
  return {
    ...(isLimited ? { memory: bytes } : {}),
    ...(isLimited && swap !== undefined ? { memorySwap: swap < unlimitedBytes ? swap : -1 } : {}),
    ...(quota > 0 ? { cpus: quota / period } : {}),
  };
}

/** `undefined` for `max` and for a file that is not there. */
function numberIn(file: string): number | undefined {
  const text = readIfPossible(file)?.trim();
  return text === undefined || text === 'max' || text === '' ? undefined : Number(text);
}
