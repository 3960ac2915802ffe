import { expect, test } from 'vitest';
import { container, contextOf, judge, running } from '../../../test/subjects.ts';
import type { SpecChange } from '../../model/spec-change.ts';
import { containerHealthcheck as control } from './container-healthcheck.ts';

const checked = ['CMD', '/usr/bin/web', '--health'];

function health(status: string): SpecChange {
  return { healthCheck: { test: checked, status } };
}

test('a declared check passes, running or not', () => {
  expect(judge(control, container()).status).toBe('pass');
  expect(judge(control, running()).status).toBe('pass');
});

test.each([null, { test: [] }])('a check of %j is none', (healthCheck) => {
  const verdict = judge(control, container({ healthCheck }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('healthCheck');
});

test.each(['NONE', 'none'])('%s switches the check off', (none) => {
  const verdict = judge(control, running({}, { healthCheck: { test: [none] } }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('healthCheck.test');
});

test('before creation the image may still bring a check, and the message says so', () => {
  const { id: _id, ...declared } = container({ healthCheck: null });
  const verdict = judge(control, declared);
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('not known');
  expect(judge(control, container({ healthCheck: null })).message.en).not.toContain('not known');
});

test('a running container that is unhealthy fails with that message', () => {
  const verdict = judge(control, running({}, health('unhealthy')));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('healthCheck.status');
  expect(verdict.message.en).toContain('unhealthy');
});

test('healthy and starting pass, and so does what was unhealthy before it stopped', () => {
  expect(judge(control, running({}, health('healthy'))).status).toBe('pass');
  expect(judge(control, running({}, health('starting'))).status).toBe('pass');
  expect(judge(control, { ...container(health('unhealthy')), state: 'stopped' }).status).toBe('pass');
});

test('Kubernetes has probes instead; Swarm and Compose use the check', () => {
  const none = container({ healthCheck: null });
  expect(judge(control, { ...none, owner: { kind: 'kubernetes' } }).status).toBe('not-applicable');
  expect(control.dialects).not.toContain('pod');
  expect(judge(control, { ...none, owner: { kind: 'swarm' } }).status).toBe('fail');
  expect(judge(control, { ...none, owner: { kind: 'compose' } }).status).toBe('fail');
});

test('a person must write the check, or find out why it fails', () => {
  const missing = control.remedy(container({ healthCheck: null }), contextOf(control));
  expect(missing).toMatchObject({ kind: 'manual', disruption: 'recreate' });
  const unhealthy = control.remedy(running({}, health('unhealthy')), contextOf(control));
  expect(unhealthy).toMatchObject({ kind: 'manual', commands: [expect.stringContaining('.State.Health')] });
});
