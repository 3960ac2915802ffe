import { expect, test } from 'vitest';
import { container, judge } from '../../../test/subjects.ts';
import { containerCgroupParent as control } from './container-cgroup-parent.ts';

function under(cgroupParent: string) {
  return judge(control, container({ cgroupParent }));
}

test('no parent leaves the choice to the engine', () => {
  expect(judge(control, container()).status).toBe('pass');
  expect(under('').status).toBe('pass');
});

test.each([
  '/docker',
  'docker',
  '/docker/',
  'system.slice',
  'user.slice',
  'machine.slice',
  'machine.slice/machine-libpod_pod_4f1c.slice',
  '/kubepods/burstable/pod4f1c',
  'kubepods-besteffort-pod4f1c.slice',
])('%s is what engines, systemd and the kubelet use themselves', (parent) => {
  expect(under(parent).status).toBe('pass');
});

test.each(['/', 'unlimited.slice', '/docker-unlimited', '/docker/other', 'system.slice.evil', 'Docker'])(
  '%s is another place, and fails at its field',
  (parent) => {
    const verdict = under(parent);
    expect(verdict.status).toBe('fail');
    expect(verdict.field).toBe('cgroupParent');
    expect(verdict.message.en).toContain(parent);
  },
);

test.each(['/docker/..', '/kubepods/../init.scope', 'kubepods/../..', '/kubepods/./../x'])(
  'no pattern is deceived by the detour %s',
  (parent) => {
    expect(under(parent).status).toBe('fail');
  },
);

test('a detour to an allowed place is allowed', () => {
  expect(under('/x/../docker').status).toBe('pass');
});

test('a site may allow parents of its own', () => {
  const batch = container({ cgroupParent: 'batch-night.slice' });
  expect(judge(control, batch).status).toBe('fail');
  expect(judge(control, batch, { parameters: { allowed: ['/batch-*.slice'] } }).status).toBe('pass');
});

test('the message names the place that a detour leads to', () => {
  expect(under('/docker/..').message.en).toBe('It is placed under the cgroup /.');
});
