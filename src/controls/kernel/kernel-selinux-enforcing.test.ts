import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge, kernel } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { SelinuxState } from '../../model/host.ts';
import { kernelWith } from './other-kernel.ts';
import { kernelSelinuxEnforcing as control } from './kernel-selinux-enforcing.ts';

const being = (selinux: SelinuxState | null) => host(kernelWith({ selinux }));

test.each([
  [{ enforcing: true, configured: 'enforcing' }, 'pass'],
  [{ enforcing: true }, 'pass'],
  [{ enforcing: false, configured: 'enforcing' }, 'fail'],
  [{ enforcing: false }, 'fail'],
  [{ enforcing: true, configured: 'permissive' }, 'fail'],
  [{ enforcing: true, configured: 'disabled' }, 'fail'],
])('%j: %s', (selinux, status) => {
  expect(judge(control, being(selinux))).toMatchObject({ status, ...(status === 'fail' ? { field: 'selinux' } : {}) });
});

test('without SELinux it is not asked', () => {
  const securityModules = known(['capability', 'apparmor'], 'kernel', '/sys/kernel/security/lsm');
  expect(judge(control, { ...being(null), securityModules }).status).toBe('not-applicable');
});

test('SELinux that cannot be seen is unknown', () => {
  expect(judge(control, being(null)).status).toBe('unknown');
  expect(judge(control, kernel({ selinux: hidden })).status).toBe('unknown');
});

test('denials are looked at first', () => {
  expect(control.remedy(host(), contextOf(control))).toMatchObject({
    commands: [expect.stringContaining('ausearch'), 'setenforce 1', expect.any(String)],
  });
});
