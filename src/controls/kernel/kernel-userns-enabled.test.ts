import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge, kernel } from '../../../test/subjects.ts';
import { kernelWith } from './other-kernel.ts';
import { kernelUsernsEnabled as control } from './kernel-userns-enabled.ts';

const limit = 'user.max_user_namespaces';
const set = (parameters: Readonly<Record<string, string>>) => host(kernelWith({ parameters }));

test('a limit of 0 fails, and the remedy raises it', () => {
  expect(judge(control, set({ [limit]: '0' }))).toMatchObject({
    status: 'fail',
    field: limit,
    evidence: [{ source: 'kernel', path: '/proc/sys/user/max_user_namespaces', value: '0' }],
  });
  expect(control.remedy(host(), contextOf(control))).toMatchObject({
    changes: [{ kind: 'parameter', name: limit }],
    disruption: 'none',
  });
});

test.each([
  [{ [limit]: '96365' }, 'any user'],
  [{ [limit]: '1', 'kernel.unprivileged_userns_clone': '1' }, 'any user'],
  [{ [limit]: '96365', 'kernel.unprivileged_userns_clone': '0' }, 'held back'],
  [{ [limit]: '96365', 'kernel.apparmor_restrict_unprivileged_userns': '1' }, 'held back'],
])('%j passes, and says for whom', (parameters, words) => {
  const verdict = judge(control, set(parameters));
  expect(verdict.status).toBe('pass');
  expect(verdict.message.en).toContain(words);
});

test('a kernel without the bound is not asked', () => {
  expect(judge(control, set({})).status).toBe('not-applicable');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, kernel({ parameters: hidden })).status).toBe('unknown');
  const { parameters } = set({}).kernel;
  expect(judge(control, kernel({ parameters, hiddenParameters: [limit] })).status).toBe('unknown');
});
