import { expect, test } from 'vitest';
import { container, contextOf, engine, info, judge, machine, running } from '../../../test/subjects.ts';
import type { Mount } from '../../model/container-spec.ts';
import { known } from '../../model/fact.ts';
import { containerNoSensitiveMounts as control } from './container-no-sensitive-mounts.ts';

const bind = (source: string, change: Partial<Mount> = {}): Mount => ({
  kind: 'bind',
  source,
  target: '/x',
  readOnly: false,
  options: {},
  ...change,
});
const mounted = (...mounts: Mount[]) => container({ mounts });

// The directories that docker-bench 5.6 misses (/root, /home, /var/run, /var/lib/docker, anything below a listed one).
test.each([
  '/',
  '/etc',
  '/etc/',
  '/etc/ssh/keys',
  '/root',
  '/home/alice',
  '/var/run/app',
  '/var/lib/docker/overlay2',
  '/lib64',
  '/sbin',
  '/var/log/',
  '/srv/../etc',
  '~/.ssh',
])('%s is sensitive, writable or read-only', (path) => {
  expect(judge(control, mounted(bind(path))).status).toBe('fail');
  expect(judge(control, mounted(bind(path, { readOnly: true })), { machine: undefined }).status).toBe('fail');
});

test.each(['/srv/app', '/etcetera', '/data', '/opt/usr', '/libexec', '/variable', './data'])('%s is not', (path) => {
  expect(judge(control, mounted(bind(path))).status).toBe('pass');
});

test('a directory that holds a sensitive one is as bad, and the message says which', () => {
  const verdict = judge(control, mounted(bind('/var/lib')));
  expect(verdict.status).toBe('fail');
  expect(verdict.message.en).toContain('/var/lib, which holds /var/lib/containerd, at /x');
});

test('what the link leads to is judged, not its name', () => {
  expect(judge(control, mounted(bind('/srv/link', { hostPath: '/etc/ssh' }))).status).toBe('fail');
  expect(judge(control, mounted(bind('/home/alice/data', { hostPath: '/data/alice' }))).status).toBe('pass');
});

test("the engine's data root is sensitive wherever it is", () => {
  const moved = machine({ engine: engine({}, { info: info({ dataRoot: '/data/docker' }) }) });
  expect(judge(control, mounted(bind('/data/docker/containers')), { machine: moved }).status).toBe('fail');
  expect(judge(control, mounted(bind('/data')), { machine: moved }).status).toBe('fail');
  expect(judge(control, mounted(bind('/data/app')), { machine: moved }).status).toBe('pass');
  expect(judge(control, mounted(bind('/data/docker/containers'))).status).toBe('pass');
});

test('a volume is judged by its options, not by where its data lies', () => {
  const volume: Mount = {
    ...bind('shop'),
    kind: 'volume',
    driver: 'local',
    hostPath: '/var/lib/docker/volumes/shop/_data',
  };
  expect(judge(control, mounted(volume)).status).toBe('pass');
  const disguise = { ...volume, options: { type: 'none', o: 'bind', device: '/root' } };
  expect(judge(control, mounted(disguise)).status).toBe('fail');
});

test("another's volume, bound by its path, is the engine's data root", () => {
  expect(judge(control, mounted(bind('/var/lib/docker/volumes/shop/_data'))).status).toBe('fail');
});

test('exceptions hold for read-only mounts alone, as the kernel says', () => {
  const zone = bind('/etc/localtime', { target: '/etc/localtime', hostPath: '/usr/share/zoneinfo/Europe/Oslo' });
  expect(judge(control, mounted(zone)).status).toBe('fail');
  const readOnly = { ...zone, readOnly: true };
  expect(judge(control, mounted(readOnly)).status).toBe('pass');
  expect(judge(control, mounted(bind('/etc/ssl/certs', { readOnly: true }))).status).toBe('pass');
  expect(judge(control, mounted(bind('/etc/ssl', { readOnly: true }))).status).toBe('fail');
  const entry = { target: '/etc/localtime', options: ['rw'], propagation: [], fileSystem: 'ext4', source: '/dev/vda' };
  const mounts = known([entry], 'kernel', '/proc/412/mountinfo');
  expect(judge(control, running({ mounts }, { mounts: [readOnly] })).status).toBe('fail');
});

test('an exception that is a link to something else is none', () => {
  const trap = bind('/etc/localtime', { readOnly: true, hostPath: '/etc/shadow' });
  expect(judge(control, mounted(trap)).status).toBe('fail');
});

test('a site can name its own paths and exceptions', () => {
  const subject = mounted(bind('/srv/vault', { readOnly: true }));
  expect(judge(control, subject, { parameters: { paths: ['/srv/'] } }).status).toBe('fail');
  const parameters = { paths: ['/srv'], exceptions: ['/srv/vault/'] };
  expect(judge(control, subject, { parameters }).status).toBe('pass');
});

test('every sensitive mount is named, and the first is the place', () => {
  const verdict = judge(control, mounted(bind('/srv'), bind('/boot'), bind('/usr', { target: '/y' })));
  expect(verdict.field).toBe('mounts[1]');
  expect(verdict.message.en).toContain('/boot at /x, /usr at /y');
  expect(verdict.evidence.map(({ value }) => value)).toEqual(['/boot', '/usr']);
});

test('the remedy keeps the mounts that are not at fault', () => {
  const remedy = control.remedy(mounted(bind('/boot'), bind('/srv/app')), contextOf(control));
  expect(remedy).toMatchObject({ kind: 'spec', change: { mounts: [{ source: '/srv/app' }] } });
});

test("a volume that the local driver fills with the host's own file systems fails", () => {
  const volume: Mount = { kind: 'volume', source: 'x', target: '/x', readOnly: true, driver: 'local', options: {} };
  expect(judge(control, mounted({ ...volume, options: { type: 'proc', device: 'proc' } })).status).toBe('fail');
  const overlay = { type: 'overlay', device: 'overlay', o: 'lowerdir=/etc:/root' };
  const verdict = judge(control, mounted({ ...volume, options: overlay }));
  expect(verdict).toMatchObject({ status: 'fail', field: 'mounts[0]' });
  expect(verdict.message.en).toContain('/etc at /x, /root at /x');
});
