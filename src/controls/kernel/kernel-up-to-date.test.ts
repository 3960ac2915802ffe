import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { kernelWith } from './other-kernel.ts';
import { kernelUpToDate as control } from './kernel-up-to-date.ts';

const running = (release: string, ...installed: string[]) =>
  host({ ...kernelWith({ installed }), kernelRelease: known(release, 'kernel', '/proc/sys/kernel/osrelease') });

test.each([
  ['6.1.0-18-amd64', ['6.1.0-18-amd64', '6.1.0-21-amd64']],
  ['6.1.0-9-amd64', ['6.1.0-10-amd64', '6.1.0-9-amd64']],
  ['6.1.0-18-amd64', ['6.1.0-21-amd64']],
])('%s fails among %j', (release, installed) => {
  const verdict = judge(control, running(release, ...installed));
  expect(verdict).toMatchObject({ status: 'fail', field: 'kernelRelease' });
  expect(verdict.evidence.map(({ value }) => value)).toEqual([release, installed]);
});

test.each([
  ['6.1.0-21-amd64', ['6.1.0-18-amd64', '6.1.0-21-amd64']],
  ['6.1.0-21-amd64', ['6.1.0-18-amd64']],
  ['6.1.0-21-amd64', ['6.1.0-21-amd64', '6.10.0-1-cloud-amd64', 'rescue']],
])('%s passes among %j', (release, installed) => {
  expect(judge(control, running(release, ...installed)).status).toBe('pass');
});

test.each([
  ['a container has no kernels', running('6.1.0-21-amd64')],
  ['another flavour is no failure', running('6.8.0-31-generic', '6.11.0-1008-aws')],
  ['a kernel from outside', running('6.18.44-fc', '6.19.0-1-amd64')],
  ['a release that is no number', running('next', '6.1.0-21-amd64')],
])('%s', (_, subject) => {
  expect(judge(control, subject).status).toBe('not-applicable');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, host({ kernelRelease: hidden })).status).toBe('unknown');
  expect(judge(control, host({ kernel: { ...host().kernel, installed: hidden } })).status).toBe('unknown');
});

test('a reboot is for a person', () => {
  expect(control.remedy(host(), contextOf(control))).toMatchObject({ kind: 'manual', disruption: 'reboot' });
});
