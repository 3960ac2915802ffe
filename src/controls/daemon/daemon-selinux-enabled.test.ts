import { expect, test } from 'vitest';
import { engine, hidden, host, info, judge, machine } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { daemonSelinuxEnabled as control } from './daemon-selinux-enabled.ts';

const modules = (...names: string[]) =>
  machine({ host: host({ securityModules: known(names, 'kernel', '/sys/kernel/security/lsm') }) });
const plain = info({ securityOptions: ['name=seccomp,profile=builtin'] });

test('an engine that reports SELinux passes', () => {
  expect(judge(control, engine()).status).toBe('pass');
});

test('on a host with SELinux an engine without it fails, whatever the file promises', () => {
  const verdict = judge(control, engine({ 'selinux-enabled': true }, { info: plain }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'selinux-enabled' });
  expect(verdict.evidence[0]?.source).toBe('kernel');
});

test('a host without SELinux is not asked', () => {
  const where = modules('lockdown', 'capability', 'apparmor');
  expect(judge(control, engine({}, { info: plain }), { machine: where }).status).toBe('not-applicable');
  expect(judge(control, engine({}, { info: hidden }), { machine: where }).status).toBe('not-applicable');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
  const where = machine({ host: host({ securityModules: hidden }) });
  expect(judge(control, engine({}, { info: plain }), { machine: where }).status).toBe('unknown');
});

test("this machine's modules say nothing of an engine elsewhere", () => {
  const where = modules('capability');
  expect(judge(control, engine({}, { info: plain, local: false }), { machine: where }).status).toBe('unknown');
  expect(judge(control, engine({}, { info: plain }), { machine: undefined }).status).toBe('unknown');
  expect(judge(control, engine({}, { local: false })).status).toBe('pass');
});
