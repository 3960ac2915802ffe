import { expect, test } from 'vitest';
import { contextOf, image, judge } from '../../../test/subjects.ts';
import { imageSinglePurpose as control } from './image-single-purpose.ts';

const starting = (entrypoint: string[], command: string[] = []) => image({}, { entrypoint, command });

test.each([
  [['/usr/bin/supervisord', '-n'], []],
  [[], ['/usr/bin/supervisord']],
  [['/sbin/init'], []],
  [['/usr/lib/systemd/systemd'], []],
  [['/entrypoint.sh'], ['supervisord', '-c', '/etc/supervisord.conf']],
  [['tini', '--', 'runsvdir', '/etc/service'], []],
  [['/bin/sh', '-c', 'exec supervisord'], []],
])('%j %j starts several services', (entrypoint, command) => {
  expect(judge(control, starting(entrypoint, command))).toMatchObject({
    status: 'fail',
    field: 'configuration.entrypoint',
  });
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
