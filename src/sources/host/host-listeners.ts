import type { Fact } from '../../model/fact.ts';
import type { HostListener, HostProcess } from '../../model/host.ts';
import { notReadYet } from './not-read-yet.ts';
import type { ProcessEntry } from './processes.ts';

/** Sockets that wait for others in the host's own network namespace, with their processes. */
export function readHostListeners(processes: readonly ProcessEntry[], root = ''): Fact<readonly HostListener[]> {
  return notReadYet(`${root}/proc/1/net ${processes.length}`);
}

/** Processes outside of containers; the kernel's own threads left out. */
export function readHostProcesses(processes: readonly ProcessEntry[], root = ''): Fact<readonly HostProcess[]> {
  return notReadYet(`${root}/proc ${processes.length}`);
}
