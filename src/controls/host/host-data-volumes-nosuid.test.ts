import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge } from '../../../test/subjects.ts';
import { imageStore, keeping, mount, mounted } from './data-mounts.fixture.ts';
import { hostDataVolumesNosuid as control } from './host-data-volumes-nosuid.ts';

const root = mount('/', '8:1');
const data = (...options: string[]) => mount('/var/lib/docker', '8:17', ...options);

test.each([
  [['nosuid', 'nodev'], 'pass'],
  [['noexec', 'nodev', 'nosuid'], 'pass'],
  [['nosuid'], 'fail'],
  [['nodev'], 'fail'],
  [[], 'fail'],
])('options %j: %s', (options, status) => {
  expect(judge(control, mounted(root, data(...options)))).toMatchObject({
    status,
    ...(status === 'fail' ? { field: 'mounts' } : {}),
  });
});

test.each([
  ['overlay2', 'fail'],
  ['zfs', 'fail'],
  ['vfs', 'not-applicable'],
  ['btrfs', 'not-applicable'],
])('with %s: %s, because nosuid must not reach the programs of containers', (storageDriver, status) => {
  expect(judge(control, mounted(root, data()), keeping({ storageDriver })).status).toBe(status);
  expect(judge(control, mounted(root, data('nosuid', 'nodev')), keeping({ storageDriver })).status).toBe('pass');
});

test('data on the file system of the system is not asked about', () => {
  expect(judge(control, mounted(root)).status).toBe('not-applicable');
  expect(judge(control, mounted(root, mount('/var/lib/docker', '8:1'))).status).toBe('not-applicable');
});

test('the image store of containerd counts too, one mount for both once', () => {
  const store = mount('/var/lib/containerd', '8:33');
  const subject = mounted(root, data('nosuid', 'nodev'), store);
  expect(judge(control, subject).status).toBe('pass');
  expect(judge(control, subject, imageStore).message.en).toBe('/var/lib/containerd lacks nosuid and nodev.');
  const shared = keeping({
    dataRoot: '/data/docker',
    storageStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
  });
  const parameters = { containerdRoot: '/data/containerd' };
  const both = mounted(root, mount('/data', '8:33', 'nosuid'));
  expect(judge(control, both, { ...shared, parameters }).message.en).toBe('/data lacks nodev.');
});

test('the remedy remounts what lacks an option', () => {
  expect(control.remedy(mounted(root, data()), contextOf(control))).toMatchObject({
    commands: ['mount -o remount,nosuid,nodev /var/lib/docker'],
    disruption: 'none',
  });
  const spaced = mounted(root, mount('/data of docker', '8:33'));
  expect(control.remedy(spaced, contextOf(control, keeping({ dataRoot: '/data of docker' })))).toMatchObject({
    commands: ["mount -o remount,nosuid,nodev '/data of docker'"],
  });
});

test('an engine elsewhere is not asked, and what cannot be read is unknown', () => {
  expect(judge(control, mounted(root), keeping({}, { local: false })).status).toBe('not-applicable');
  expect(judge(control, mounted(root, data()), keeping({}, { info: hidden })).status).toBe('unknown');
  expect(judge(control, host({ mounts: hidden })).status).toBe('unknown');
});
