import { expect, test } from 'vitest';
import { container, contextOf, hidden, judge, running } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { applySpecChange, type SpecChange } from '../../model/spec-change.ts';
import { containerMemoryLimit as control } from './container-memory-limit.ts';

const mebibyte = 1024 ** 2;
const cgroup = (limits: { memory?: number; memorySwap?: number }) =>
  known(limits, 'kernel', '/sys/fs/cgroup/docker-f0');

test.each([null, 0, -1])('a configured limit of %s is no limit', (memory) => {
  const verdict = judge(control, container({ resources: { memory, memorySwap: null } }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('resources.memory');
});

test.each([null, 0])(
  'with a swap limit of %s the engine allows as much swap as memory: it is bounded',
  (memorySwap) => {
    expect(judge(control, container({ resources: { memorySwap } })).status).toBe('pass');
  },
);

test('unlimited swap makes the memory limit worth little', () => {
  const verdict = judge(control, container({ resources: { memorySwap: -1 } }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('resources.memorySwap');
});

test('a container that the OOM killer spares fails, limit or not', () => {
  const verdict = judge(control, container({ resources: { oomKillDisable: true } }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('resources.oomKillDisable');
  expect(judge(control, container({ resources: { oomKillDisable: false } })).status).toBe('pass');
});

test('the cgroup outranks the configuration, both ways', () => {
  const none = { resources: { memory: null, memorySwap: null } };
  expect(judge(control, running({ limits: cgroup({ memory: mebibyte, memorySwap: mebibyte }) }, none)).status).toBe(
    'pass',
  );
  const verdict = judge(control, running({ limits: cgroup({}) }));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]?.source).toBe('kernel');
});

test('the cgroup outranks the configuration on swap, both ways', () => {
  const unlimited = running({ limits: cgroup({ memory: mebibyte, memorySwap: -1 }) });
  expect(judge(control, unlimited).field).toBe('resources.memorySwap');
  const limited = running({}, { resources: { memorySwap: -1 } });
  expect(judge(control, limited).status).toBe('pass');
});

test('a cgroup that does not account for swap leaves swap to the configuration', () => {
  const limits = cgroup({ memory: mebibyte });
  expect(judge(control, running({ limits })).status).toBe('pass');
  expect(judge(control, running({ limits }, { resources: { memorySwap: -1 } })).status).toBe('fail');
});

test('an unreadable cgroup falls back to the configuration and says so in its evidence', () => {
  const verdict = judge(control, running({ limits: hidden }));
  expect(verdict.status).toBe('pass');
  expect(verdict.evidence[0]?.source).toBe('engine-api');
});

const failures: SpecChange[] = [
  { resources: { memory: null, memorySwap: null } },
  { resources: { memory: 0, memorySwap: 0, memoryReservation: 1024 * mebibyte } },
  { resources: { memorySwap: -1 } },
  { resources: { oomKillDisable: true } },
  { resources: { memory: null, memorySwap: -1, oomKillDisable: true } },
];
test.each(failures)('the remedy of %j makes it pass with limits that an engine accepts', (change) => {
  const before = container(change);
  const remedy = control.remedy(before, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('not a change of the container');
  const after = applySpecChange(before, remedy.change);
  expect(judge(control, after).status).toBe('pass');
  const { memory = 0, memorySwap = 0, memoryReservation = 0 } = after.resources;
  expect(memory).toBeGreaterThanOrEqual(memoryReservation);
  expect(memorySwap).toBeGreaterThanOrEqual(memory);
});

function summary(change: SpecChange): string {
  return control.remedy(container(change), contextOf(control)).summary.en;
}

test('the remedy says only what it does', () => {
  expect(summary({ resources: { memory: null, memorySwap: null } })).toContain('Limit its memory to 512 MiB');
  expect(summary({ resources: { memorySwap: -1 } })).toContain('Limit its swap to 256 MiB');
  expect(summary({ resources: { oomKillDisable: true } })).toBe('Leave the OOM killer on.');
});

test('the remedy keeps a limit that is there, and re-creates nothing for it', () => {
  const remedy = control.remedy(container({ resources: { memorySwap: -1 } }), contextOf(control));
  expect(remedy).toMatchObject({ disruption: 'none', change: { resources: { memorySwap: 512 * mebibyte } } });
});

test('the remedy sets again what the configuration says and the cgroup does not', () => {
  const remedy = control.remedy(running({ limits: cgroup({}) }), contextOf(control));
  expect(remedy).toMatchObject({ change: { resources: { memory: 256 * mebibyte, memorySwap: 512 * mebibyte } } });
});
