import { expect, test } from 'vitest';
import { container, machine } from '../../test/subjects.ts';
import type { Machine } from '../model/control.ts';
import type { CoverageEntry } from './coverage.ts';
import { judgeSubjects, subjectsOf } from './judge.ts';
import { type PolicyRequest, resolvePolicy } from './policy.ts';
import { useOfWaivers } from './waiver-use.ts';
import type { Waiver } from './waivers.ts';

const now = new Date('2026-07-01T12:00:00Z');
const valid: Waiver = {
  control: 'container-pids-limit',
  subject: 'container/*',
  reason: 'batch work',
  owner: 'shop',
  until: '2026-12-31',
};
const unlimited = container({ resources: { pids: null } });

/** What becomes of a waiver on this machine. */
function useOf(waiver: Waiver, here: Machine, request: PolicyRequest = {}, coverage: readonly CoverageEntry[] = []) {
  const policy = resolvePolicy({ ...request, waivers: [waiver] });
  const findings = judgeSubjects(subjectsOf(here), { policy, now, machine: here });
  return useOfWaivers({ policy, findings, coverage }, now).map(({ state, findings: count }) => [state, count]);
}

test('one that covers failures is used, as often as it does', () => {
  const here = machine({ containers: [unlimited, { ...unlimited, name: 'db' }] });
  expect(useOf(valid, here)).toEqual([['used', 2]]);
});

test('one that covers nothing can go', () => {
  expect(useOf(valid, machine())).toEqual([['unused', 0]]);
  expect(useOf({ ...valid, subject: 'container/gone' }, machine({ containers: [unlimited] }))).toEqual([['unused', 0]]);
});

test('one that has expired is said to have, whether or not it covers something', () => {
  const expired = { ...valid, until: '2026-06-30' };
  expect(useOf(expired, machine({ containers: [unlimited] }))).toEqual([['expired', 1]]);
  expect(useOf(expired, machine())).toEqual([['expired', 0]]);
});

test('a run that leaves its control out does not say that it can go', () => {
  expect(useOf(valid, machine(), { only: ['daemon-*'] })).toEqual([]);
  expect(useOf(valid, machine(), { skip: ['container-pids-limit'] })).toEqual([]);
  expect(useOf(valid, machine(), { severity: 'high' })).toEqual([]);
  expect(useOf(valid, machine(), { severity: 'medium' })).toEqual([['unused', 0]]);
});

test('a run that could not list the containers does not say that it can go', () => {
  const gap = { subject: 'engine/x', what: 'GET /containers/json?all=1', reason: { en: 'refused', zh: '被拒绝' } };
  expect(useOf(valid, machine({ containers: [] }), {}, [gap])).toEqual([]);
});

test('a failure that could not be judged this time does not say that it can go', () => {
  const unknown: Waiver = { ...valid, control: 'daemon-*', subject: 'engine/*' };
  const policy = resolvePolicy({ waivers: [unknown], only: ['daemon-icc-disabled'] });
  const here = machine();
  const [finding] = judgeSubjects(subjectsOf(here), { policy, now, machine: here });
  const findings = finding ? [{ ...finding, status: 'unknown' as const }] : [];
  expect(useOfWaivers({ policy, findings, coverage: [] }, now)).toEqual([]);
});

test('a scan says it only of waivers that are about what was scanned', () => {
  const policy = resolvePolicy({ waivers: [valid] });
  const scanned = (id: string) => useOfWaivers({ policy, findings: [], coverage: [], scanned: [{ id }] }, now);
  expect(scanned('image/shop/web')).toEqual([]);
  expect(scanned('container/web')).toMatchObject([{ state: 'unused' }]);
});
