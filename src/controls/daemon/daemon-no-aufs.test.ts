import { expect, test } from 'vitest';
import { contextOf, engine, hidden, info, judge } from '../../../test/subjects.ts';
import { daemonNoAufs as control } from './daemon-no-aufs.ts';

const using = (storageDriver: string | undefined) => engine({}, { info: info({ storageDriver }) });
const snapshotter = (storageDriver: string) =>
  engine({}, { info: info({ storageDriver, storageStatus: [['driver-type', 'io.containerd.snapshotter.v1']] }) });

test.each(['aufs', 'overlay', 'devicemapper', 'vfs'])('%s fails', (driver) => {
  expect(judge(control, using(driver))).toMatchObject({ status: 'fail', field: 'storage-driver' });
});

test.each(['overlay2', 'btrfs', 'zfs', 'fuse-overlayfs'])('%s passes', (driver) => {
  expect(judge(control, using(driver)).status).toBe('pass');
});

test('a containerd image store names its snapshotter', () => {
  expect(judge(control, snapshotter('overlayfs')).status).toBe('pass');
  expect(judge(control, snapshotter('stargz')).status).toBe('pass');
  expect(judge(control, snapshotter('native')).status).toBe('fail');
  expect(judge(control, snapshotter('aufs')).status).toBe('fail');
});

test('Podman’s overlay is the maintained one', () => {
  expect(judge(control, { ...using('overlay'), kind: 'podman' }).status).toBe('pass');
  expect(judge(control, { ...using('vfs'), kind: 'podman' }).status).toBe('fail');
});

test('a driver can be accepted, and one that nobody knows is unknown', () => {
  expect(judge(control, using('vfs'), { parameters: { acceptedDrivers: ['vfs'] } }).status).toBe('pass');
  expect(judge(control, using('acme')).status).toBe('unknown');
  expect(judge(control, using('acme'), { parameters: { acceptedDrivers: ['acme'] } }).status).toBe('pass');
});

test('the running engine outranks its file, both ways', () => {
  expect(
    judge(control, engine({ 'storage-driver': 'overlay2' }, { info: info({ storageDriver: 'vfs' }) })).status,
  ).toBe('fail');
  expect(
    judge(control, engine({ 'storage-driver': 'vfs' }, { info: info({ storageDriver: 'overlay2' }) })).status,
  ).toBe('pass');
});

test('an engine that does not answer, or names no driver, is unknown', () => {
  expect(judge(control, engine({}, { info: hidden })).status).toBe('unknown');
  expect(judge(control, using(undefined)).status).toBe('unknown');
});

test('images and containers stay behind, so that only a person can change it', () => {
  expect(control.remedy(using('vfs'), contextOf(control)).kind).toBe('manual');
  const podman = control.remedy({ ...using('vfs'), kind: 'podman' }, contextOf(control));
  expect(podman).toMatchObject({ kind: 'manual', summary: { en: expect.stringContaining('storage.conf') } });
  expect(JSON.stringify(podman)).not.toContain('docker');
});
