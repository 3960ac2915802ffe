import { expect, test } from 'vitest';
import { contextOf, hidden, host, judge } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { FileStatus } from '../../model/host-file.ts';
import { imageStore, keeping, mount, mounted } from './data-mounts.fixture.ts';
import { hostSeparatePartition as control } from './host-separate-partition.ts';

const root = mount('/', '8:1');

test.each([
  ['its own mount', [root, mount('/var/lib/docker', '8:17')]],
  ['a mount of its own above it', [root, mount('/var/lib/docker', '8:17'), mount('/var', '8:2')]],
])('%s passes', (_, mounts) => {
  expect(judge(control, mounted(...mounts)).status).toBe('pass');
});

test.each([
  ['everything on one', [root]],
  ['a partition of the system', [root, mount('/var', '8:2')]],
  ['docker-bench takes any mount point for a partition: a bind mount', [root, mount('/var/lib/docker', '8:1')]],
  ['a subvolume of /var', [root, mount('/var', '8:2'), mount('/var/lib/docker', '8:2')]],
  ['mounts below it', [root, mount('/var/lib/docker/overlay2/ab/merged', '0:40')]],
  ['a neighbour with the same beginning', [root, mount('/var/lib/dock', '8:17')]],
  ['a later mount on top', [root, mount('/var/lib/docker', '8:17'), mount('/var/lib/docker', '8:1')]],
])('%s fails', (_, mounts) => {
  const verdict = judge(control, mounted(...mounts));
  expect(verdict).toMatchObject({ status: 'fail', field: 'mounts' });
  expect(verdict.evidence.map(({ path }) => path)).toEqual(['/proc/1/mountinfo /var/lib/docker']);
});

test.each([
  ['the folder of a remapped engine', '/var/lib/docker/100000.100000', 'pass'],
  ['a disk for data', '/data/docker', 'pass'],
  ['another place', '/opt/docker', 'fail'],
])('%s', (_, dataRoot, status) => {
  const subject = mounted(root, mount('/var/lib/docker', '8:17'), mount('/data', '8:33'));
  expect(judge(control, subject, keeping({ dataRoot })).status).toBe(status);
});

/** A folder of data that is a link to another disk. */
function linked(name: string): FileStatus {
  return { path: `/var/lib/${name}`, realPath: `/data/${name}`, kind: 'folder', uid: 0, gid: 0, mode: 0o710 };
}

test('a data root behind a link is where the link leads, and so is the folder of containerd', () => {
  const subject = mounted(root, mount('/data', '8:33'));
  const judged = ({ machine }: typeof imageStore, ...names: readonly string[]) => {
    const files = { ...host().files, 'engine-data': known(names.map(linked), 'file', '/var/lib/docker') };
    return judge(control, subject, { machine: { ...machine, host: { ...subject, files } } }).status;
  };
  expect(judged(keeping({}), 'docker')).toBe('pass');
  expect(judged(imageStore, 'docker')).toBe('fail');
  expect(judged(imageStore, 'docker', 'containerd')).toBe('pass');
});

test('the image store of containerd is asked for too', () => {
  const docker = mount('/var/lib/docker', '8:17');
  expect(judge(control, mounted(root, docker), imageStore).status).toBe('fail');
  const both = mounted(root, docker, mount('/var/lib/containerd', '8:33'));
  expect(judge(control, both, imageStore).status).toBe('pass');
  const parameters = { containerdRoot: '/var/lib/docker/containerd' };
  expect(judge(control, mounted(root, docker), { ...imageStore, parameters }).status).toBe('pass');
  for (const folder of ['/run/docker', '/run/user/1000/docker', '/run/snap.docker']) {
    const containerdAddress = `${folder}/containerd/containerd.sock`;
    const own = keeping({ storageStatus: [['driver-type', 'io.containerd.snapshotter.v1']], containerdAddress });
    expect(judge(control, mounted(root, docker), own).status).toBe('pass');
  }
});

test('an engine elsewhere keeps its data elsewhere', () => {
  expect(judge(control, mounted(root), keeping({}, { local: false })).status).toBe('not-applicable');
  expect(judge(control, mounted(root), { machine: undefined }).status).toBe('not-applicable');
});

test('what cannot be read is unknown', () => {
  expect(judge(control, host({ mounts: hidden })).status).toBe('unknown');
  expect(judge(control, mounted()).status).toBe('unknown');
  expect(judge(control, mounted(root), keeping({}, { info: hidden })).status).toBe('unknown');
});

test('moving the data is for a person', () => {
  expect(control.remedy(mounted(root), contextOf(control))).toMatchObject({
    kind: 'manual',
    disruption: 'daemon-restart',
  });
});
