import type { Resources, Ulimit } from '../../../model/container-spec.ts';
import { nameAndValue } from '../../../syntax/docker-run/split.ts';
import type { Given } from './given.ts';

/** The options that limit resources. 0 is the same as nothing, as for the engine. */
export function resourcesOf(given: Given): Resources {
  const bytes = (name: string, field: string) => nonZero(given.read(name, `resources.${field}`, byteCount));
  const number = (name: string, field: string) => nonZero(given.read(name, `resources.${field}`, decimal));
  const throttles = given.all(...throttleOptions);
  for (const option of throttles) given.place('resources.blockIoThrottles', option);
  return present({
    memory: bytes('memory', 'memory'),
    memorySwap: bytes('memory-swap', 'memorySwap'),
    memoryReservation: bytes('memory-reservation', 'memoryReservation'),
    oomKillDisable: given.flag('oom-kill-disable', 'resources.oomKillDisable'),
    oomScoreAdjust: number('oom-score-adj', 'oomScoreAdjust'),
    cpus: number('cpus', 'cpus') ?? quota(given),
    cpuShares: number('cpu-shares', 'cpuShares'),
    cpuset: given.text('cpuset-cpus', 'resources.cpuset'),
    memoryNodes: given.text('cpuset-mems', 'resources.memoryNodes'),
    pids: number('pids-limit', 'pids'),
    blockIoWeight: number('blkio-weight', 'blockIoWeight'),
    blockIoThrottles: nonZero(throttles.length),
  });
}

const throttleOptions = [
  'blkio-weight-device',
  'device-read-bps',
  'device-read-iops',
  'device-write-bps',
  'device-write-iops',
];

/** Processors from quota and period, both in microseconds; the period is 100 ms unless set. */
function quota(given: Given): number | undefined {
  const time = given.read('cpu-quota', 'resources.cpus', decimal);
  const period = given.last('cpu-period') ? given.read('cpu-period', 'resources.cpus', decimal) : undefined;
  const option = given.last('cpu-quota');
  if (!option || time === undefined || time <= 0) return undefined;
  given.place('resources.cpus', option);
  return time / (nonZero(period) ?? 100_000);
}

export function ulimitsOf(given: Given): Ulimit[] {
  const ulimits: Ulimit[] = [];
  for (const option of given.all('ulimit')) {
    const [name, limits] = nameAndValue(option.value);
    const [soft, hard] = (limits ?? '').split(':').map(ulimitValue);
    if (soft === undefined || (hard === undefined && limits?.includes(':'))) given.unreadable(option, 'ulimits');
    else {
      given.place(`ulimits[${ulimits.length}]`, option);
      ulimits.push({ name, soft, hard: hard ?? soft });
    }
  }
  return ulimits;
}

function ulimitValue(text: string): number | undefined {
  return text === 'unlimited' ? -1 : /^-?\d+$/.test(text) ? Number(text) : undefined;
}

const unitSizes: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
  p: 1024 ** 5,
};

/** Bytes from `512m`, `1.5GB`, `64MiB`, `-1`. */
export function byteCount(text: string): number | undefined {
  const [, number, unit = ''] = /^(-?\d+(?:\.\d+)?) ?([kmgtp]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  return Math.floor(Number(number) * (unitSizes[unit.toLowerCase()] ?? 1));
}

function decimal(text: string): number | undefined {
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text.trim()) ? Number(text) : undefined;
}

function nonZero(value: number | undefined): number | undefined {
  return value === 0 ? undefined : value;
}

/** Without the fields that are not set. */
export function present<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
