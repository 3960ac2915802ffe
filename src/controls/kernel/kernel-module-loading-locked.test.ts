import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge } from '../../../test/subjects.ts';
import type { KernelFacts } from '../../model/host.ts';
import { kernelWith } from './other-kernel.ts';
import { kernelModuleLoadingLocked as control } from './kernel-module-loading-locked.ts';

const switchName = 'kernel.modules_disabled';
const required = { parameters: { required: true } };
const open = { parameters: { [switchName]: '0' }, modulesMustBeSigned: false, lockdown: 'none' };
const having = (values: Parameters<typeof kernelWith>[0]) => host(kernelWith({ ...open, ...values }));
const lacking = (facts: Partial<KernelFacts>) => host({ kernel: { ...having({}).kernel, ...facts } });

test('an ordinary host is not asked, a strict one fails', () => {
  expect(judge(control, having({})).status).toBe('not-applicable');
  expect(judge(control, having({}), required)).toMatchObject({ status: 'fail', field: switchName });
  expect(judge(control, having({ modulesMustBeSigned: null, lockdown: null }), required).status).toBe('fail');
});

test.each([
  ['loading is off', { parameters: { [switchName]: '1' } }],
  ['the kernel loads none', { parameters: {} }],
  ['signatures are demanded', { modulesMustBeSigned: true }],
  ['lockdown keeps its integrity', { lockdown: 'integrity' }],
  ['lockdown keeps its secrets', { lockdown: 'confidentiality' }],
])('passes where %s', (_, values) => {
  expect(judge(control, having(values), required).status).toBe('pass');
  expect(judge(control, having(values)).status).toBe('pass');
});

test.each([
  ['the switch', { parameters: hidden }],
  ['the switch alone', { hiddenParameters: [switchName] }],
  ['signatures', { modulesMustBeSigned: hidden }],
  ['lockdown', { lockdown: hidden }],
])('%s that cannot be read is unknown where it is required', (_, facts) => {
  expect(judge(control, lacking(facts), required).status).toBe('unknown');
  expect(judge(control, lacking(facts)).status).toBe('not-applicable');
});

test('what cannot be taken back is for a person', () => {
  expect(control.remedy(host(), contextOf(control, required)).kind).toBe('manual');
});
