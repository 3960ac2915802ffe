import { expect, test } from 'vitest';
import { container, hidden, judge, running } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { containerCpuLimit as control } from './container-cpu-limit.ts';

const cgroup = (limits: { cpus?: number }) => known(limits, 'kernel', '/sys/fs/cgroup/docker-f0');

test.each([null, 0, -1])('%s processors are no limit', (cpus) => {
  const verdict = judge(control, container({ resources: { cpus } }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('resources.cpus');
});

test('a number of processors passes, whether it came from NanoCpus or from a quota, which docker-bench ignores', () => {
  expect(judge(control, container({ resources: { cpus: 0.25 } })).status).toBe('pass');
});

test('a weight alone passes, and the message says that it is no limit', () => {
  const verdict = judge(control, container({ resources: { cpus: null, cpuShares: 512 } }));
  expect(verdict.status).toBe('pass');
  expect(verdict.message.en).toContain('512 and no limit');
  expect(judge(control, container({ resources: { cpus: null, cpuShares: 0 } })).status).toBe('fail');
});

test('pinning to a processor is not a limit', () => {
  expect(judge(control, container({ resources: { cpus: null, cpuset: '0' } })).status).toBe('fail');
});

test('the cgroup outranks the configuration, both ways', () => {
  expect(judge(control, running({ limits: cgroup({ cpus: 2 }) }, { resources: { cpus: null } })).status).toBe('pass');
  const verdict = judge(control, running({ limits: cgroup({}) }));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]?.source).toBe('kernel');
});

test('a cgroup without a quota does not take the configured weight away', () => {
  const verdict = judge(control, running({ limits: cgroup({}) }, { resources: { cpuShares: 256 } }));
  expect(verdict.status).toBe('pass');
  expect(verdict.evidence.map((each) => each.source)).toEqual(['kernel', 'engine-api']);
});

test('an unreadable cgroup falls back to the configuration', () => {
  expect(judge(control, running({ limits: hidden })).evidence[0]?.source).toBe('engine-api');
  expect(judge(control, running({ limits: hidden }, { resources: { cpus: null } })).status).toBe('fail');
});
