import { expect, test } from 'vitest';
import { web } from './reading.fixture.ts';

test.each<[string, object]>([
  ['mem_limit: 512m', { memory: 512 * 1024 ** 2 }],
  ['mem_limit: 1gb', { memory: 1024 ** 3 }],
  ['mem_limit: 1.5GiB', { memory: 1.5 * 1024 ** 3 }],
  ['mem_limit: 100 KB', { memory: 102_400 }],
  ['mem_limit: 1000000', { memory: 1_000_000 }],
  ['mem_limit: 10b', { memory: 10 }],
  ['mem_limit: 0', {}],
  ['mem_limit: plenty', {}],
  ['memswap_limit: -1', { memorySwap: -1 }],
  ['memswap_limit: "-1"', { memorySwap: -1 }],
  ['mem_reservation: 64m', { memoryReservation: 64 * 1024 ** 2 }],
  ['mem_limit: 1g\ndeploy: {resources: {limits: {memory: 256M}}}', { memory: 256 * 1024 ** 2 }],
  ['mem_limit: 1g\ndeploy: {resources: {limits: {cpus: "0.5"}}}', { memory: 1024 ** 3, cpus: 0.5 }],
  ['deploy: {resources: {reservations: {memory: 20M, cpus: "0.1"}}}', { memoryReservation: 20 * 1024 ** 2 }],
  ['cpus: 1.5', { cpus: 1.5 }],
  ['cpus: "0.50"', { cpus: 0.5 }],
  ['cpu_quota: 50000', { cpus: 0.5 }],
  ['cpu_quota: 50000\ncpu_period: 50ms', { cpus: 1 }],
  ['cpu_quota: 0', {}],
  ['cpu_quota: 50000\ncpus: 2', { cpus: 2 }],
  ['cpu_shares: 73\ncpuset: 0,1', { cpuShares: 73, cpuset: '0,1' }],
  ['pids_limit: 100', { pids: 100 }],
  ['pids_limit: -1', { pids: -1 }],
  ['pids_limit: 0', {}],
  ['pids_limit: 5\ndeploy: {resources: {limits: {pids: 9}}}', { pids: 9 }],
  ['oom_kill_disable: true', { oomKillDisable: true }],
  [
    'blkio_config: {weight: 300, device_read_bps: [{path: /dev/a, rate: 1mb}], weight_device: [{path: /dev/a, weight: 1}]}',
    { blockIoWeight: 300, blockIoThrottles: 2 },
  ],
])('%j', (keys, expected) => {
  expect(web(keys).resources).toEqual(expected);
});

test.each<[string, object]>([
  ['restart: always', { name: 'always' }],
  ['restart: "no"', { name: 'no' }],
  ['restart: no', { name: 'no' }],
  ['restart: unless-stopped', { name: 'unless-stopped' }],
  ['restart: on-failure', { name: 'on-failure' }],
  ['restart: on-failure:3', { name: 'on-failure', maximumRetries: 3 }],
  [
    'restart: always\ndeploy: {restart_policy: {condition: on-failure, max_attempts: 3}}',
    { name: 'on-failure', maximumRetries: 3 },
  ],
  ['deploy: {restart_policy: {condition: none}}', { name: 'no' }],
  ['deploy: {restart_policy: {delay: 5s}}', { name: 'always' }],
  ['restart: sometimes', {}],
])('%j', (keys, expected) => {
  expect(web(keys).restart).toEqual(expected);
});

test('limits of processes are one number or two', () => {
  expect(
    web('ulimits: {nproc: 65535, nofile: {soft: 20000, hard: "40000"}, core: -1, stack: {hard: 5}}').ulimits,
  ).toEqual([
    { name: 'nproc', soft: 65_535, hard: 65_535 },
    { name: 'nofile', soft: 20_000, hard: 40_000 },
    { name: 'core', soft: -1, hard: -1 },
    { name: 'stack', soft: 5, hard: 5 },
  ]);
});

test.each<[string, object]>([
  ['/dev/a', { source: '/dev/a', target: '/dev/a', permissions: 'rwm' }],
  ['/dev/a:/dev/b', { source: '/dev/a', target: '/dev/b', permissions: 'rwm' }],
  ['/dev/a:/dev/b:r', { source: '/dev/a', target: '/dev/b', permissions: 'r' }],
  ['/dev/a:rw', { source: '/dev/a', target: '/dev/a', permissions: 'rw' }],
  ['{source: /dev/a, target: /dev/b, permissions: rw}', { source: '/dev/a', target: '/dev/b', permissions: 'rw' }],
])('the device %s', (entry, expected) => {
  expect(web(`devices:\n  - ${entry}`).devices).toEqual([expected]);
});

test.each<[string, string[]]>([
  ['gpus: all', ['gpu']],
  ['gpus: [{count: 2}]', ['gpu']],
  ['gpus: [{driver: nvidia, count: 2}]', ['nvidia']],
  ['gpus: [{device_ids: ["0", "1"]}]', ['0,1']],
  ['devices: [vendor.example/class=one, /dev/a]', ['vendor.example/class=one']],
  ['deploy: {resources: {reservations: {devices: [{driver: nvidia, capabilities: [gpu]}]}}}', ['nvidia']],
  ['deploy: {resources: {reservations: {devices: [{capabilities: [gpu, tpu]}]}}}', ['gpu,tpu']],
])('%s asks a driver for devices', (keys, expected) => {
  expect(web(keys).deviceRequests).toEqual(expected);
});
