import { expect, test } from 'vitest';
import { mapFact } from '../../model/fact.ts';
import { exemplarEngine } from '../../model/exemplar.ts';
import { trappedKeys } from './trapped.fixture.ts';

const resource = 1n << 24n;

function daemon(hard: number, capabilityBoundingSet: bigint) {
  const openFiles = { soft: 1024, hard };
  return mapFact(exemplarEngine.process, (process) => ({
    ...process,
    arguments: ['dockerd'],
    openFiles,
    capabilityBoundingSet,
  }));
}

const nofile = (Hard: number) => ({ 'default-ulimits': { nofile: { Name: 'nofile', Soft: 1024, Hard } } });

test.each([
  ['above its own', nofile(65_536), 20_000, 0n, ['default-ulimits']],
  ['without a limit', nofile(-1), 20_000, 0n, ['default-ulimits']],
  ['as high as its own', nofile(20_000), 20_000, 0n, []],
  ['above its own, which it may raise', nofile(65_536), 20_000, resource, []],
  ['where it has none', nofile(65_536), Number.POSITIVE_INFINITY, 0n, []],
  ['of another kind', { 'default-ulimits': { nproc: { Name: 'nproc', Soft: 1, Hard: 65_536 } } }, 20_000, 0n, []],
])('a limit of open files %s', (_, settings, own, capabilities, keys) => {
  expect(trappedKeys(settings, { engine: { process: daemon(own, capabilities) } })).toEqual(keys);
});
