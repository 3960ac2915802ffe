import { expect, test } from 'vitest';
import type { AuditStep } from '../../model/plan.ts';
import { auditSteps } from './audit.ts';

const step: AuditStep = { kind: 'audit', path: '/etc/docker', permissions: 'wa' };

/** A kernel with these rules, and what it was told. */
function kernel(list: string) {
  const told: string[] = [];
  const steps = auditSteps(async (options) => {
    if (options[0] !== '-l') told.push(options.join(' '));
    return options[0] === '-l' ? list : '';
  });
  return { steps, told };
}

test.each([
  ['No rules\n', 'before'],
  ['-w /etc/docker -p wa -k plimsoll\n', 'after'],
  ['-w /x -p r\n-w /etc/docker -p aw -k plimsoll\n', 'after'],
  ['-a always,exit -S all -F dir=/etc/docker -F perm=wa -F key=plimsoll\n', 'after'],
  // Somebody else's, of less, or of more than this.
  ['-w /etc/docker -p wa -k docker\n', 'before'],
  ['-w /etc/docker -p w -k plimsoll\n', 'before'],
  ['-w /etc/docker/certs.d -p wa -k plimsoll\n', 'before'],
  ['-a always,exit -S all -F path=/etc/docker -F perm=wa -F auid=0 -F key=plimsoll\n', 'before'],
])('%j is %s', async (list, side) => {
  expect(await kernel(list).steps.side(step)).toBe(side);
});

test('what is as wanted already is not told again', async () => {
  const none = kernel('No rules\n');
  await none.steps.bring(step, 'before');
  await none.steps.bring(step, 'after');
  expect(none.told).toEqual(['-w /etc/docker -p wa -k plimsoll']);
  const there = kernel('-w /etc/docker -p wa -k plimsoll\n');
  await there.steps.bring(step, 'after');
  await there.steps.bring(step, 'before');
  expect(there.told).toEqual(['-W /etc/docker -p wa -k plimsoll']);
});

test('a tool that may not ask, and says so only in words, is no answer', async () => {
  await expect(kernel('You must be root to run this program.\n').steps.side(step)).rejects.toThrow(/must be root/);
});
