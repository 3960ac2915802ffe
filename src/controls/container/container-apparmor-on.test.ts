import { expect, test } from 'vitest';
import { container, contextOf, engine, hidden, host, info, judge, machine, running } from '../../../test/subjects.ts';
import type { Machine } from '../../model/control.ts';
import { known } from '../../model/fact.ts';
import { containerApparmorOn as control } from './container-apparmor-on.ts';

const label = (text: string) => known(text, 'kernel', '/proc/412/attr/current');
const modules = (...names: string[]) => ({
  host: host({ securityModules: known(names, 'kernel', '/sys/kernel/security/lsm') }),
});
const options = (...securityOptions: string[]) => engine({}, { info: info({ securityOptions }) });
const on = (change: Partial<Machine>) => ({ machine: machine(change) });
const withProfile = (appArmor: string | null) => ({ security: { appArmor } });

test('the default profile or a named one passes on paper, unconfined fails', () => {
  expect(judge(control, container(withProfile(null))).status).toBe('pass');
  expect(judge(control, container(withProfile('web'))).status).toBe('pass');
  const verdict = judge(control, container(withProfile('unconfined')));
  expect(verdict).toMatchObject({ status: 'fail', field: 'security.appArmor' });
});

// docker-bench 5.2 asks only whether any profile is named.
test('on a host without AppArmor it is not asked, and a named profile is said to have no effect', () => {
  const subject = container(withProfile('anything'));
  const verdict = judge(control, subject, on(modules('capability', 'selinux')));
  expect(verdict.status).toBe('not-applicable');
  expect(verdict.message.en).toContain('anything has no effect');
  const ran = running({ securityLabel: label('') }, withProfile('anything'));
  expect(judge(control, ran, on(modules('capability'))).status).toBe('not-applicable');
});

test('the label of the process outranks the configuration, both ways', () => {
  const enforced = running({ securityLabel: label('docker-default (enforce)') }, withProfile('unconfined'));
  expect(judge(control, enforced).status).toBe('pass');
  const verdict = judge(control, running({ securityLabel: label('unconfined') }));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ source: 'kernel' }] });
  expect(judge(control, running({ securityLabel: label('') })).status).toBe('fail');
});

test.each(['web (complain)', 'web (unconfined)', 'web (mixed)'])('%s is not enforced', (text) => {
  expect(judge(control, running({ securityLabel: label(text) })).status).toBe('fail');
});

test('a profile that only records is put into enforce mode by hand', () => {
  const subject = running({ securityLabel: label('my web (complain)') });
  expect(judge(control, subject).message.en).toContain('my web only records');
  expect(control.remedy(subject, contextOf(control)).kind).toBe('manual');
});

test('an SELinux label or an unreadable one leaves the configuration to decide', () => {
  const context = label('system_u:system_r:container_t:s0:c1,c2');
  expect(judge(control, running({ securityLabel: context })).status).toBe('pass');
  expect(judge(control, running({ securityLabel: context }, withProfile('unconfined'))).status).toBe('fail');
  expect(judge(control, running({ securityLabel: hidden })).evidence[0]?.source).toBe('engine-api');
});

test('a privileged container is unconfined unless it names a profile', () => {
  const verdict = judge(control, container({ privileged: true, ...withProfile(null) }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'privileged' });
  expect(judge(control, container({ privileged: true, ...withProfile('web') })).status).toBe('pass');
});

test('a rootless engine cannot use it', () => {
  const rootless = on({ engine: options('name=seccomp,profile=builtin', 'name=rootless') });
  expect(judge(control, container(), rootless).status).toBe('not-applicable');
  expect(judge(control, running({ securityLabel: label('unconfined') }), rootless).status).toBe('not-applicable');
});

test('an engine that does not use the AppArmor of its host leaves the container unconfined', () => {
  const unused = on({ engine: options('name=seccomp,profile=builtin') });
  expect(judge(control, container(), unused).status).toBe('fail');
  expect(control.remedy(container(), contextOf(control, unused)).kind).toBe('manual');
});

test('the modules of this host say nothing of an engine elsewhere', () => {
  const elsewhere = { ...options('name=apparmor'), local: false };
  expect(judge(control, container(), on({ engine: elsewhere, ...modules('capability') })).status).toBe('pass');
  const silent = { ...options(), local: false };
  expect(judge(control, container(), on({ engine: silent, ...modules('apparmor') })).status).toBe('unknown');
});

test('modules that cannot be read are unknown, unless the engine lists AppArmor', () => {
  const unread = { host: host({ securityModules: hidden }) };
  expect(judge(control, container(), on(unread)).status).toBe('pass');
  expect(judge(control, container(), on({ ...unread, engine: options() })).status).toBe('unknown');
  const silent = engine({}, { info: hidden });
  expect(judge(control, container(), on({ engine: silent })).status).toBe('unknown');
});

test('without a machine the paper alone is judged', () => {
  expect(judge(control, container(), { machine: undefined }).status).toBe('pass');
  expect(judge(control, container(withProfile('unconfined')), { machine: undefined }).status).toBe('fail');
});
