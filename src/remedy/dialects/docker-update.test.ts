import { expect, test } from 'vitest';
import { updateOptions } from './docker-update.ts';

test('every live field has an option', () => {
  const resources = {
    memory: 1024 ** 3,
    memorySwap: 1536 * 1024 ** 2,
    memoryReservation: 512 * 1024 ** 2,
    cpus: 1.5,
    cpuShares: 512,
    cpuset: '0-1',
    memoryNodes: '0',
    pids: 200,
    blockIoWeight: 300,
  };
  expect(updateOptions({ resources, restart: { name: 'on-failure', maximumRetries: 5 } })).toEqual([
    '--memory=1g',
    '--memory-swap=1536m',
    '--memory-reservation=512m',
    '--cpus=1.5',
    '--cpu-shares=512',
    '--cpuset-cpus=0-1',
    '--cpuset-mems=0',
    '--pids-limit=200',
    '--blkio-weight=300',
    '--restart=on-failure:5',
  ]);
});

test('memory brings its swap along, or the engine refuses it', () => {
  expect(updateOptions({ resources: { memory: 256 * 1024 ** 2 } })).toEqual(['--memory=256m', '--memory-swap=512m']);
  expect(updateOptions({ resources: { memory: 0 } })).toEqual(['--memory=0']);
  expect(updateOptions({ resources: { memory: 1024, memorySwap: -1 } })).toEqual(['--memory=1k', '--memory-swap=-1']);
});

test('retries alone mean the one policy that counts them', () => {
  expect(updateOptions({ restart: { maximumRetries: 5 } })).toEqual(['--restart=on-failure:5']);
  expect(updateOptions({ restart: { name: 'always' } })).toEqual(['--restart=always']);
});

test('a change that needs a new container has no options, not even for a part of it', () => {
  expect(updateOptions({ privileged: false })).toEqual([]);
  expect(updateOptions({ privileged: false, resources: { pids: 200 } })).toEqual([]);
  expect(updateOptions({ resources: { pids: null } })).toEqual([]);
});
