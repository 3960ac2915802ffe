import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, info, judge, machine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { kernelLsmActive as control } from './kernel-lsm-active.ts';
import { kernelWith } from './other-kernel.ts';

const having = (...names: string[]) => host({ securityModules: known(names, 'kernel', '/sys/kernel/security/lsm') });
const listing = (securityOptions: string[], facts = {}) => ({
  machine: machine({ engine: engine({}, { info: info({ securityOptions }), ...facts }) }),
});

test.each([[[]], [['lockdown', 'capability', 'yama', 'bpf', 'landlock']]])('%j fails, for the host', (names) => {
  expect(judge(control, having(...names))).toMatchObject({ status: 'fail', field: 'securityModules' });
  expect(control.remedy(having(...names), contextOf(control)).summary.en).toContain('command line');
});

test('SELINUX=disabled of RHEL 9: SELinux without a policy is not taken for active', () => {
  const disabled = { ...having('lockdown', 'selinux'), ...kernelWith({ selinux: null }) };
  expect(judge(control, disabled, listing(['name=selinux'])).status).toBe('pass');
  expect(judge(control, disabled, listing([]))).toMatchObject({ status: 'unknown', evidence: [{}, { value: null }] });
  expect(judge(control, { ...having('apparmor'), ...kernelWith({ selinux: null }) }).status).toBe('pass');
});

test('an engine that uses neither leaves AppArmor idle', () => {
  const seccomp = ['name=seccomp,profile=builtin'];
  expect(judge(control, having('apparmor'), listing(seccomp)).status).toBe('fail');
  expect(control.remedy(having('apparmor'), contextOf(control))).toMatchObject({ disruption: 'daemon-restart' });
  expect(judge(control, having('apparmor'), listing([...seccomp, 'name=apparmor'])).status).toBe('pass');
});

test.each([
  ['SELinux is asked of the engine elsewhere', having('selinux'), listing([])],
  ['a rootless engine cannot use AppArmor', having('apparmor'), listing(['name=rootless'])],
  ['an engine elsewhere', having('apparmor'), listing([], { local: false })],
  ['an engine that does not answer', having('apparmor'), listing([], { info: hidden })],
  ['no engine', having('apparmor'), { machine: undefined }],
])('%s: passes', (_, subject, circumstances) => {
  expect(judge(control, subject, circumstances).status).toBe('pass');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, host({ securityModules: hidden })).status).toBe('unknown');
});
