import { expect, test } from 'vitest';
import { container, contextOf, judge } from '../../../test/subjects.ts';
import { applySpecChange } from '../../model/spec-change.ts';
import { containerSysctlsSafe as control } from './container-sysctls-safe.ts';
import { safeKernelParameters } from './safe-kernel-parameters.ts';

const setting = (...names: string[]) => container({ sysctls: Object.fromEntries(names.map((name) => [name, '1'])) });

test.each([...safeKernelParameters.keys(), 'net/ipv4/tcp_syncookies', 'net.core.somaxconn'])('%s is safe', (name) => {
  expect(judge(control, setting(name)).status).toBe('pass');
});

test.each(['net.ipv4.ip_forward', 'kernel.shmmax', 'net.ipv4.conf.eth0/100.rp_filter', 'net.core.somaxconn2'])(
  '%s is not',
  (name) => {
    expect(judge(control, setting(name))).toMatchObject({ status: 'fail', field: `sysctls["${name}"]` });
  },
);

test('a container that sets none passes', () => {
  expect(judge(control, container()).status).toBe('pass');
});

test('a site may allow more, or less, by name or pattern', () => {
  const subject = setting('net.core.somaxconn', 'net.ipv4.conf.all.src_valid_mark');
  expect(judge(control, subject, { parameters: { allowed: ['net/core/somaxconn', 'net.ipv4.conf.*'] } }).status).toBe(
    'pass',
  );
  expect(judge(control, subject, { parameters: { allowed: [] } })).toMatchObject({
    status: 'fail',
    field: 'sysctls["net.core.somaxconn"]',
    evidence: [{}, {}],
  });
});

test('the remedy takes away what is not safe, and nothing else', () => {
  const subject = setting('net.ipv4.ip_forward', 'net.ipv4.tcp_syncookies');
  const remedy = control.remedy(subject, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  expect(applySpecChange(subject, remedy.change).sysctls).toEqual({ 'net.ipv4.tcp_syncookies': '1' });
});
