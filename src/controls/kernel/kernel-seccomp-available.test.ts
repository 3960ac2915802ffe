import { expect, test } from 'vitest';
import { contextOf, engine, hidden, host, info, judge, kernel, machine } from '../../../test/subjects.ts';
import { kernelWith } from './other-kernel.ts';
import { kernelSeccompAvailable as control } from './kernel-seccomp-available.ts';

const listing = (...securityOptions: string[]) => ({
  machine: machine({ engine: engine({}, { info: info({ securityOptions }) }) }),
});

test('what the kernel lists passes, whatever the engine says', () => {
  expect(judge(control, host(), listing())).toMatchObject({ status: 'pass', evidence: [{ source: 'kernel' }] });
});

test('an empty list fails', () => {
  expect(
    judge(control, host(kernelWith({ seccompActions: [] })), listing('name=seccomp,profile=builtin')),
  ).toMatchObject({
    status: 'fail',
    field: 'kernel.seccompActions',
  });
});

test.each(['name=seccomp,profile=default', 'name=seccomp,profile=builtin'])(
  'docker-bench looks for the word default: an engine with %s is believed where the kernel cannot be asked',
  (option) => {
    expect(judge(control, kernel({ seccompActions: hidden }), listing(option)).status).toBe('pass');
  },
);

test('otherwise it is unknown', () => {
  const subject = kernel({ seccompActions: hidden });
  expect(judge(control, subject, listing()).status).toBe('unknown');
  expect(judge(control, subject, { machine: undefined }).status).toBe('unknown');
  const elsewhere = { machine: machine({ engine: engine({}, { local: false }) }) };
  expect(judge(control, subject, elsewhere).status).toBe('unknown');
});

test('only another kernel mends it', () => {
  expect(control.remedy(host(), contextOf(control)).summary.en).toContain('CONFIG_SECCOMP_FILTER');
});
