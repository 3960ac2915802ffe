import { isLiveChange, type SpecChange } from '../../model/spec-change.ts';
import { shellWord } from '../shell.ts';
import { byteSize, restartPolicy } from './engine-words.ts';

/** A live change as options of `docker update`; none where one of its fields needs the container made anew. */
export function updateOptions(change: SpecChange): string[] {
  if (!isLiveChange(change)) return [];
  const { memory, memorySwap, memoryReservation, ...resources } = change.resources ?? {};
  // The engine refuses a memory limit above the old limit of memory and swap together, so the two go together.
  // Twice the memory is what it would give a new container.
  const swap = memorySwap ?? (memory ? 2 * memory : undefined);
  return [
    ...option('--memory', size(memory)),
    ...option('--memory-swap', size(swap)),
    ...option('--memory-reservation', size(memoryReservation)),
    ...option('--cpus', resources.cpus),
    ...option('--cpu-shares', resources.cpuShares),
    ...option('--cpuset-cpus', resources.cpuset),
    ...option('--cpuset-mems', resources.memoryNodes),
    ...option('--pids-limit', resources.pids),
    ...option('--blkio-weight', resources.blockIoWeight),
    ...option('--restart', restart(change.restart)),
  ];
}

function restart(change: SpecChange['restart']): string | undefined {
  return change
    ? restartPolicy({ name: change.name ?? undefined, maximumRetries: change.maximumRetries ?? undefined })
    : undefined;
}

function size(bytes: number | null | undefined): string | undefined {
  return bytes === null || bytes === undefined ? undefined : byteSize(bytes);
}

function option(name: string, value: string | number | null | undefined): string[] {
  return value === null || value === undefined ? [] : [`${name}=${shellWord(String(value))}`];
}
