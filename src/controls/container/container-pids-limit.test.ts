import { expect, test } from 'vitest';
import { container, hidden, judge, running } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { containerPidsLimit as control } from './container-pids-limit.ts';

test.each([undefined, 0, -1])('a configured limit of %s is no limit', (pids) => {
  const verdict = judge(control, container({ resources: { pids: pids ?? null } }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('resources.pids');
});

test('a configured limit passes', () => {
  const verdict = judge(control, container({ resources: { pids: 1 } }));
  expect(verdict.status).toBe('pass');
  expect(verdict.message.en).toBe('It may have 1 process at most.');
});

test('the cgroup outranks the configuration, both ways', () => {
  const limited = known({ pids: 10 }, 'kernel', '/sys/fs/cgroup/pids');
  const unlimited = known({}, 'kernel', '/sys/fs/cgroup/pids');
  expect(judge(control, running({ limits: limited }, { resources: { pids: null } })).status).toBe('pass');
  const verdict = judge(control, running({ limits: unlimited }));
  expect(verdict.status).toBe('fail');
  expect(verdict.evidence[0]?.source).toBe('kernel');
});

test('an unreadable cgroup falls back to the configuration and says so in its evidence', () => {
  expect(judge(control, running({ limits: hidden })).evidence[0]?.source).toBe('engine-api');
});
