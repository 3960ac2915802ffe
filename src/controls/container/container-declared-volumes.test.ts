import { expect, test } from 'vitest';
import { container, contextOf, hidden, judge, running } from '../../../test/subjects.ts';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import { containerDeclaredVolumes as control } from './container-declared-volumes.ts';

const volume = (change: Partial<Mount> = {}): Mount => ({
  kind: 'volume',
  source: 'data',
  target: '/data',
  readOnly: false,
  options: {},
  ...change,
});
const changed = (paths: string[], mounts: Mount[] = [], change: Partial<ContainerSpec> = {}) =>
  judge(control, {
    ...container({ readOnlyRoot: false, mounts }),
    state: 'stopped',
    changedPaths: known(paths, 'engine-api', 'GET /containers/f0/changes'),
    ...change,
  });
const rootEntry = (options: string[]) =>
  known(
    [{ target: '/', options, propagation: [], fileSystem: 'overlay', source: 'overlay' }],
    'kernel',
    '/proc/412/mountinfo',
  );

test('an anonymous volume fails at its mount, even under a read-only root', () => {
  const mounts = [volume(), volume({ target: '/cache', anonymous: true })];
  const verdict = judge(control, container({ mounts }));
  expect(verdict.status).toBe('fail');
  expect(verdict.field).toBe('mounts[1]');
  expect(judge(control, container({ mounts: [volume({ anonymous: false })] })).status).toBe('pass');
});

test('a change outside every mount fails and is named by its deepest paths', () => {
  const verdict = changed(['/var', '/var/cache', '/var/cache/z', '/var/cache/a', '/x']);
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('/var/cache/a, /var/cache/z, /x');
  expect(verdict.message.en).not.toContain('/var,');
});

// As `docker diff` shows after a run: mount points, the directories above them, files that the engine makes.
test('mount points, the directories above them and what the engine makes do not count', () => {
  const made = ['/srv', '/srv/app', '/srv/app/data', '/etc', '/etc/hosts', '/etc/mtab', '/run', '/run/secrets', '/dev'];
  expect(changed([...made, '/.dockerenv', '/proc', '/sys'], [volume({ target: '/srv/app/data/' })]).status).toBe(
    'pass',
  );
  expect(changed(['/srv/app/data/old'], [volume({ target: '/srv/app/data' })]).status).toBe('pass');
});

test("a file beside the engine's own, or beside a mount, counts", () => {
  expect(changed(['/etc', '/etc/shadow']).message.en).toContain('/etc/shadow');
  expect(changed(['/run', '/run/app.pid']).status).toBe('fail');
  expect(changed(['/data2'], [volume()]).status).toBe('fail');
  expect(changed(['/etc/hosts.deny']).status).toBe('fail');
});

test('nothing changed passes', () => {
  expect(changed([]).status).toBe('pass');
});

test('a read-only root passes without asking', () => {
  expect(judge(control, container()).status).toBe('pass');
});

test('the mount table outranks the configuration, both ways', () => {
  const writable = running({ mounts: rootEntry(['rw']) });
  const changedPaths = known(['/x'], 'engine-api', 'GET /containers/f0/changes');
  expect(judge(control, { ...writable, changedPaths }).status).toBe('fail');
  const readOnly = running({ mounts: rootEntry(['ro', 'relatime']) }, { readOnlyRoot: false });
  expect(judge(control, { ...readOnly, changedPaths }).status).toBe('pass');
  expect(judge(control, running({ mounts: hidden })).status).toBe('pass');
});

test('on paper only anonymous volumes can be judged', () => {
  expect(judge(control, container({ readOnlyRoot: false })).status).toBe('not-applicable');
});

test('changes that were not asked for, or could not be read, are unknown', () => {
  const subject = container({ readOnlyRoot: false });
  expect(judge(control, { ...subject, state: 'stopped' }).status).toBe('unknown');
  expect(judge(control, { ...subject, state: 'running' }).status).toBe('unknown');
  expect(judge(control, { ...subject, state: 'running', changedPaths: hidden }).status).toBe('unknown');
});

test('the remedy names the volume and drops where the nameless one lies', () => {
  const nameless = volume({
    target: '/srv/db',
    anonymous: true,
    source: 'ab12',
    hostPath: '/var/lib/docker/volumes/ab12/_data',
  });
  const remedy = control.remedy(container({ mounts: [nameless] }), contextOf(control));
  expect(remedy).toMatchObject({ kind: 'spec', change: { mounts: [{ source: 'web-srv-db', target: '/srv/db' }] } });
  expect(JSON.stringify(remedy)).not.toContain('ab12');
  expect(control.remedy(container({ readOnlyRoot: false, mounts: [] }), contextOf(control)).kind).toBe('manual');
});

// Seen on Docker 20.10: runc leaves a file or a directory in the writable layer to mount on.
test('what was made only to mount something there does not count', () => {
  expect(changed(['/sbin', '/sbin/docker-init']).status).toBe('pass');
  expect(changed(['/run/docker.sock'], [volume({ kind: 'bind', target: '/var/run/docker.sock' })]).status).toBe('pass');
  const entries = ['/', '/opt/gpu/driver.so'].map((target) => ({
    target,
    options: ['rw'],
    propagation: [],
    fileSystem: 'ext4',
    source: '/dev/vda',
  }));
  const live = running({ mounts: known(entries, 'kernel', '/proc/412/mountinfo') }, { readOnlyRoot: false });
  const wrote = (...paths: string[]) => ({ ...live, changedPaths: known(paths, 'file', '/upper') });
  expect(judge(control, wrote('/opt', '/opt/gpu', '/opt/gpu/driver.so')).status).toBe('pass');
  expect(judge(control, wrote('/opt/gpu/driver.so', '/opt/gpu/driver.log')).message.en).toContain(
    ': /opt/gpu/driver.log.',
  );
});
