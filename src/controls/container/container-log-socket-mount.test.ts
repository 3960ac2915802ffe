import { expect, test } from 'vitest';
import { container, contextOf, judge } from '../../../test/subjects.ts';
import type { Mount } from '../../model/container-spec.ts';
import { containerLogSocketMount as control } from './container-log-socket-mount.ts';

const bind = (source: string, change: Partial<Mount> = {}): Mount => ({
  kind: 'bind',
  source,
  target: '/x',
  readOnly: true,
  options: {},
  ...change,
});

test.each([
  '/dev/log',
  '/run/systemd/journal',
  '/run/systemd/journal/',
  '/var/run/systemd/journal/socket',
  '/run/systemd/journal.tenant/dev-log',
])('%s is a log socket, even read-only', (path) => {
  const verdict = judge(control, container({ mounts: [bind('/srv'), bind(path)] }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('mounts[1]');
});

test.each(['/dev', '/run', '/run/systemd', '/'])('%s holds one', (path) => {
  const verdict = judge(control, container({ mounts: [bind(path)] }), { machine: undefined });
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('which holds');
});

test.each(['/dev/logger', '/run/systemd/journald.conf', '/run/log', '/var/log/journal', '/srv/dev/log'])(
  '%s is none',
  (path) => expect(judge(control, container({ mounts: [bind(path)] })).status).toBe('pass'),
);

test('a link to the socket and a volume that binds it are seen through', () => {
  const link = bind('/srv/log', { hostPath: '/run/systemd/journal/dev-log' });
  expect(judge(control, container({ mounts: [link] })).status).toBe('fail');
  const options = { type: 'none', o: 'bind', device: '/dev/log' };
  expect(judge(control, container({ mounts: [bind('log', { kind: 'volume', options })] })).status).toBe('fail');
});

test('a container of its own /dev/log, by tmpfs or volume, passes', () => {
  const own: Mount = { kind: 'tmpfs', target: '/dev/log', readOnly: false, options: {} };
  expect(judge(control, container({ mounts: [own] })).status).toBe('pass');
});

test('the remedy takes away that mount alone', () => {
  const subject = container({ mounts: [bind('/srv'), bind('/dev/log')] });
  expect(control.remedy(subject, contextOf(control))).toMatchObject({ change: { mounts: [{ source: '/srv' }] } });
});
