import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge, kernel } from '../../../test/subjects.ts';
import { kernelWith } from './other-kernel.ts';
import { kernelNamespacesPresent as control } from './kernel-namespaces-present.ts';

const kinds = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'];
const having = (namespaces: readonly string[]) => host(kernelWith({ namespaces }));

test('time is not asked for', () => {
  expect(judge(control, having(kinds)).status).toBe('pass');
  expect(judge(control, having([...kinds, 'time'])).status).toBe('pass');
});

test.each(kinds)('a kernel without %s fails', (kind) => {
  const verdict = judge(control, having(kinds.filter((each) => each !== kind)));
  expect(verdict).toMatchObject({ status: 'fail', field: 'kernel.namespaces' });
  expect(verdict.message.en).toContain(kind);
});

test('the remedy names what to build', () => {
  const { summary } = control.remedy(having(kinds.filter((each) => each !== 'user')), contextOf(control));
  expect(summary.en).toContain('CONFIG_USER_NS');
  expect(summary.en).not.toContain('CONFIG_PID_NS');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, kernel({ namespaces: hidden })).status).toBe('unknown');
});
