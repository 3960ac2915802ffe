import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, host, info, judge, machine } from '../../../test/subjects.ts';
import { answered } from '../answered.fixture.ts';
import { hostMultiTenantSeparation as control } from './host-multi-tenant-separation.ts';

/** Running containers with these labels, in addition to none of the usual ones. */
const beside = (...labels: readonly Readonly<Record<string, string>>[]) => {
  const containers = labels.map((each, index) => ({
    ...container(),
    name: `c${index}`,
    labels: Object.fromEntries(Object.entries(each).filter(([name]) => name !== 'runtime')),
    runtime: each['runtime'] ?? 'runc',
    state: 'running' as const,
  }));
  return { machine: machine({ containers, engine: engine({}, { info: info({ containers: labels.length }) }) }) };
};

test.each([
  [[{ tenant: 'a' }, { tenant: 'b' }], 'fail'],
  [[{ 'shop.example/tenant': 'a' }, { 'example.shop.tenant': 'b' }], 'fail'],
  [[{ environment: 'production' }, { environment: 'test' }, {}], 'fail'],
  [[{ tenant: 'a' }, { tenant: 'a' }], 'pass'],
  [[{ tenant: 'a' }, { tenant: 'b', runtime: 'runsc' }], 'not-applicable'],
  [[{ tenant: 'a' }, { tenant: 'a' }, { tenant: 'b', runtime: 'kata-qemu' }], 'pass'],
  [[{ tenant: 'a' }], 'not-applicable'],
  [[], 'not-applicable'],
  [[{ tenant: 'a' }, {}], 'unknown'],
  [[{ tenant: 'a' }, { tenant: '' }], 'unknown'],
  [[{}, {}], 'unknown'],
] as const)('containers with %j', (labels, status) => {
  expect(judge(control, host(), beside(...labels)).status).toBe(status);
});

const context = (holds: boolean, tenant = 'a') => ({
  ...contextOf(control, beside({ tenant: 'a' }, tenant === 'a' ? {} : { tenant })),
  answer: answered(holds),
});

test('a person may answer where labels do not, but not against them', () => {
  expect(control.judge(host(), context(true)).status).toBe('pass');
  expect(control.judge(host(), context(false)).status).toBe('fail');
  expect(control.judge(host(), context(true, 'b')).status).toBe('fail');
});

test('containers that could not be read are unknown', () => {
  const counted = machine({ containers: [], engine: engine({}, { info: info({ containers: 3 }) }) });
  expect(judge(control, host(), { machine: counted }).status).toBe('unknown');
  const silent = machine({ containers: [], engine: engine({}, { info: hidden }) });
  expect(judge(control, host(), { machine: silent })).toMatchObject({ status: 'unknown', need: hidden.need });
});

test('containers that do not run share nothing', () => {
  const stopped = { ...container(), state: 'stopped' as const };
  expect(judge(control, host(), { machine: machine({ containers: [stopped, stopped] }) }).status).toBe(
    'not-applicable',
  );
  expect(judge(control, host(), { machine: undefined }).status).toBe('not-applicable');
  expect(control.remedy(host(), contextOf(control)).kind).toBe('manual');
});
