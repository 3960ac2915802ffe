import { expect, test } from 'vitest';
import { readResources } from './container-resources.ts';

test('zero is what the engine writes where nothing was set', () => {
  expect(
    readResources({ Memory: 0, MemorySwap: 0, NanoCpus: 0, CpuQuota: 0, CpuShares: 0, PidsLimit: 0, BlkioWeight: 0 }),
  ).toEqual({});
  expect(readResources({ PidsLimit: null, Memory: null, CpusetCpus: '' })).toEqual({});
});

test('a limit that no machine reaches is none: an update takes one back by such a number', () => {
  expect(readResources({ Memory: 9_223_372_036_854_772_000, MemorySwap: 2 ** 62, MemoryReservation: 2 ** 63 })).toEqual(
    {},
  );
  expect(readResources({ Memory: 2 ** 50 })).toEqual({ memory: 2 ** 50 });
});

test('every limit', () => {
  expect(
    readResources({
      Memory: 536_870_912,
      MemorySwap: -1,
      MemoryReservation: 268_435_456,
      OomKillDisable: true,
      NanoCpus: 1_500_000_000,
      CpuShares: 512,
      CpusetCpus: '0-3,6',
      CpusetMems: '0',
      PidsLimit: -1,
      BlkioWeight: 300,
      BlkioWeightDevice: [{ Path: '/dev/sda', Weight: 100 }],
      BlkioDeviceReadBps: [{ Path: '/dev/sda', Rate: 1024 }],
      BlkioDeviceWriteIOps: null,
    }),
  ).toEqual({
    memory: 536_870_912,
    memorySwap: -1,
    memoryReservation: 268_435_456,
    oomKillDisable: true,
    cpus: 1.5,
    cpuShares: 512,
    cpuset: '0-3,6',
    memoryNodes: '0',
    pids: -1,
    blockIoWeight: 300,
    blockIoThrottles: 2,
  });
});

test.each([
  ['its period', { CpuQuota: 50_000, CpuPeriod: 25_000 }, 2],
  ['the usual period', { CpuQuota: 50_000, CpuPeriod: 0 }, 0.5],
  ['no quota', { CpuQuota: -1, CpuPeriod: 100_000 }, undefined],
  ['NanoCpus besides', { NanoCpus: 2e9, CpuQuota: 50_000 }, 2],
])('processors from a quota and %s', (_, host, cpus) => {
  expect(readResources(host).cpus).toBe(cpus);
});
