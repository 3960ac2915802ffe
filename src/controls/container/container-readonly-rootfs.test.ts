import { expect, test } from 'vitest';
import { container, contextOf, hidden, judge, running } from '../../../test/subjects.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import { containerReadonlyRootfs as control } from './container-readonly-rootfs.ts';

const table = (...roots: string[][]) =>
  known(
    roots.map((options) => ({ target: '/', options, propagation: [], fileSystem: 'overlay', source: 'overlay' })),
    'kernel',
    '/proc/412/mountinfo',
  );

test('the configured option decides for a container that does not run', () => {
  expect(judge(control, container()).status).toBe('pass');
  const verdict = judge(control, container({ readOnlyRoot: false }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'readOnlyRoot' });
});

test('the mount table outranks the option, both ways', () => {
  expect(judge(control, running({ mounts: table(['ro', 'relatime']) }, { readOnlyRoot: false })).status).toBe('pass');
  const verdict = judge(control, running({ mounts: table(['rw', 'relatime']) }));
  expect(verdict).toMatchObject({ status: 'fail', evidence: [{ source: 'kernel', path: '/proc/412/mountinfo /' }] });
});

test('of several mounts at / the last one lies on top', () => {
  expect(judge(control, running({ mounts: table(['ro'], ['rw']) })).status).toBe('fail');
});

test('a table that is unreadable, or without /, leaves the option to decide', () => {
  expect(judge(control, running({ mounts: hidden }, { readOnlyRoot: false })).status).toBe('fail');
  expect(judge(control, running({ mounts: table() })).evidence[0]?.source).toBe('engine-api');
});

test('the remedy keeps /tmp and /run writable unless something is mounted there', () => {
  const subject = container({ readOnlyRoot: false });
  const remedy = control.remedy(subject, contextOf(control));
  if (remedy.kind !== 'spec') throw new Error('a change of the specification was expected');
  expect(remedy.change.readOnlyRoot).toBe(true);
  expect(remedy.change.mounts?.map(({ target }) => target)).toEqual(['/tmp', '/data', '/run']);
  expect(remedy.change.mounts?.at(-1)).toMatchObject({ kind: 'tmpfs', options: { nosuid: '', nodev: '', noexec: '' } });
});

test('the remedy names what the container has written where it no longer could', () => {
  const changed = [
    '/var',
    '/var/lib',
    '/var/lib/app',
    '/tmp/x',
    '/run/app.pid',
    '/data',
    '/data/rows',
    '/etc',
    '/etc/app.conf',
  ];
  const subject: ContainerSpec = {
    ...container({ readOnlyRoot: false }),
    changedPaths: known(changed, 'engine-api', 'GET /containers/ID/changes'),
  };
  const { summary } = control.remedy(subject, contextOf(control));
  expect(summary.en).toContain('elsewhere: /etc/app.conf, /var/lib/app.');
  const unread = control.remedy({ ...subject, changedPaths: hidden }, contextOf(control));
  expect(unread.summary.en).not.toContain('/etc/app.conf');
});

test('the remedy asks for no volume where only the engine made something to mount on', () => {
  const subject: ContainerSpec = {
    ...container({ readOnlyRoot: false }),
    changedPaths: known(['/sbin', '/sbin/docker-init', '/etc/hosts', '/.dockerenv'], 'file', '/upper'),
  };
  expect(control.remedy(subject, contextOf(control)).summary.en).not.toContain('elsewhere');
});
