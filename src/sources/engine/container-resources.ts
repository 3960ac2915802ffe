import type { Resources } from '../../model/container-spec.ts';
import type { JsonObject } from '../../model/json.ts';
import { booleanAt, listAt, numberAt, textAt } from './reading.ts';

/** The part of `HostConfig` that limits resources. The engine writes 0 where nothing was set. */
export function readResources(host: JsonObject): Resources {
  return {
    memory: bounded(numberAt(host, 'Memory')),
    memorySwap: bounded(numberAt(host, 'MemorySwap')),
    memoryReservation: bounded(numberAt(host, 'MemoryReservation')),
    oomKillDisable: booleanAt(host, 'OomKillDisable'),
    oomScoreAdjust: set(numberAt(host, 'OomScoreAdj')),
    cpus: processors(host),
    cpuShares: set(numberAt(host, 'CpuShares')),
    cpuset: textAt(host, 'CpusetCpus'),
    memoryNodes: textAt(host, 'CpusetMems'),
    pids: set(numberAt(host, 'PidsLimit')),
    blockIoWeight: set(numberAt(host, 'BlkioWeight')),
    blockIoThrottles: set(throttles(host)),
  };
}

/** Half of the bytes that can be addressed are no limit: an update can take one back only by so large a number. */
const boundless = 2 ** 62;

function bounded(bytes: number | undefined): number | undefined {
  return bytes !== undefined && bytes >= boundless ? undefined : set(bytes);
}

function set(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value;
}

/** From `NanoCpus`, or from quota over period; the period is 100 ms unless set. */
function processors(host: JsonObject): number | undefined {
  const nano = set(numberAt(host, 'NanoCpus'));
  if (nano !== undefined) return nano / 1e9;
  const quota = numberAt(host, 'CpuQuota') ?? 0;
  return quota > 0 ? quota / (set(numberAt(host, 'CpuPeriod')) ?? 100_000) : undefined;
}

function throttles(host: JsonObject): number {
  return [
    'BlkioWeightDevice',
    'BlkioDeviceReadBps',
    'BlkioDeviceWriteBps',
    'BlkioDeviceReadIOps',
    'BlkioDeviceWriteIOps',
  ].reduce((count, field) => count + listAt(host, field).length, 0);
}
