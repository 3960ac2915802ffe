import { readdirSync, readFileSync } from 'node:fs';
import { readIfPossible } from './file.ts';

/** One process as `/proc` shows it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** The kernel's name for it, at most 15 characters. */
  readonly name: string;
  /** Clock ticks after the machine's start. */
  readonly startTicks: number;
  /** The text of `/proc/PID/cgroup`; empty for the kernel's own threads. */
  readonly cgroup: string;
  /** The 64 hexadecimal digits of a container's id in its cgroup's path. */
  readonly container?: string;
}

/** Every process of the machine, read once. Empty where `/proc` is not mounted. */
export function readProcesses(root = '/proc'): ProcessEntry[] {
  let names: string[];
  try {
    names = readdirSync(root);
  } catch {
    return [];
  }
  return names.filter((name) => /^\d+$/.test(name)).flatMap((name) => readProcess(root, Number(name)) ?? []);
}

/** The flag of the kernel's own threads, PF_KTHREAD: in a PID namespace their numbers are anybody's. */
const kernelThread = 0x20_0000;

function readProcess(root: string, pid: number): ProcessEntry | undefined {
  // A process may end between the listing and the reading: then it is not there.
  const stat = readIfPossible(`${root}/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name stands in parentheses and may itself hold spaces and parentheses.
  const end = stat.lastIndexOf(')');
  const fields = stat.slice(end + 2).split(' ');
  const isKernelThread = (Number(fields[6]) & kernelThread) !== 0;
  const cgroup = isKernelThread ? '' : (readIfPossible(`${root}/${pid}/cgroup`) ?? '');
  const container = containerInCgroup(cgroup);
  return {
    pid,
    name: stat.slice(stat.indexOf('(') + 1, end),
    parent: Number(fields[1]),
    cgroup,
    startTicks: Number(fields[19]),
    ...(container ? { container } : {}),
  };
}

/** The innermost container that a cgroup belongs to: engines put its id into the path. */
export function containerInCgroup(cgroup: string): string | undefined {
  return cgroup.match(/[0-9a-f]{64}/g)?.at(-1);
}

/** When the machine started, milliseconds since 1970. */
export function bootTime(root = '/proc'): number {
  const seconds = /^btime (\d+)$/m.exec(readIfPossible(`${root}/stat`) ?? '')?.[1];
  return Number(seconds ?? 0) * 1000;
}

/** `/proc/PID/stat` counts in these; Linux fixes it at 100 for programs. */
export const ticksPerSecond = 100;

/** The fields of `/proc/PID/status`. Throws what reading a file throws. */
export function readStatus(pid: number, root = '/proc'): ReadonlyMap<string, string> {
  const lines = readFileSync(`${root}/${pid}/status`, 'utf8').split('\n');
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
}
