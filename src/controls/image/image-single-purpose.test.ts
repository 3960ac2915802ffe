import { expect, test } from 'vitest';
import { contextOf, image, judge } from '../../../test/subjects.ts';
import { imageSinglePurpose as control } from './image-single-purpose.ts';

const starting = (entrypoint: string[], command: string[] = []) => image({}, { entrypoint, command });

test.each([
  [['/usr/bin/supervisord', '-n'], [], 'entrypoint'],
  [[], ['/usr/bin/supervisord'], 'command'],
  [['/sbin/init'], [], 'entrypoint'],
  [[], ['/sbin/init'], 'command'],
  [['/usr/lib/systemd/systemd'], [], 'entrypoint'],
  [['/entrypoint.sh'], ['supervisord', '-c', '/etc/supervisord.conf'], 'command'],
  [['tini', '--', 'runsvdir', '/etc/service'], [], 'entrypoint'],
  [['tini', '--'], ['supervisord'], 'command'],
  [['/bin/sh', '-c', 'exec supervisord'], [], 'entrypoint'],
])('%j %j starts several services', (entrypoint, command, field) => {
  const verdict = judge(control, starting(entrypoint, command));
  expect(verdict).toMatchObject({ status: 'fail', field: `configuration.${field}` });
  expect(verdict.evidence[0]?.path).toMatch(field === 'command' ? /Cmd$/ : /Entrypoint$/);
});

test.each([
  [['tini', '--', 'web'], []],
  [['/init'], []],
  [['/docker-entrypoint.sh'], ['nginx', '-g', 'daemon off;']],
  [['web', '--supervisord'], []],
  [[], []],
])('%j %j does not', (entrypoint, command) => {
  expect(judge(control, starting(entrypoint, command)).status).toBe('pass');
});

test('a site may accept one', () => {
  const subject = starting(['supervisord']);
  expect(judge(control, subject, { parameters: { accepted: ['supervisord'] } }).status).toBe('pass');
  expect(control.remedy(subject, contextOf(control))).toMatchObject({ disruption: 'rebuild' });
});
