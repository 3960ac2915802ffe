import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../test/temporary-folder.ts';
import { known, unreadable } from '../../model/fact.ts';
import { readStandpoint } from './standpoint.ts';

const id = 'c0'.repeat(32);
const docker = [
  `500 400 0:40 / / rw - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/A,upperdir=/var/lib/docker/overlay2/${id}/diff`,
  `501 500 254:1 /var/lib/docker/containers/${id}/hosts /etc/hosts rw - ext4 /dev/vda1 rw`,
].join('\n');
const plain = '27 1 254:1 / / rw - ext4 /dev/vda1 rw\n';
const listed =
  'Num RefCount\n0: 00000002 00000000 00010000 0001 01 27017 /run/docker.sock\n0: 00000003 00000000 00000000 0001 03 27018\n';

/** What of a process there is: where its root leads to, and the numbers of its namespaces. */
interface Standing {
  readonly root?: string;
  readonly net?: string;
  readonly pid?: string;
}

const first = { pid: '4026531836', net: '4026531840' };
const own = { pid: '4026532700', net: '4026532701' };

function stand(place: TemporaryFolder, process: number | 'self', { root, net, pid }: Standing): void {
  const folder = join(place.path, `proc/${process}`);
  mkdirSync(join(folder, 'ns'), { recursive: true });
  if (pid !== undefined) symlinkSync(`pid:[${pid}]`, join(folder, 'ns/pid'));
  if (net !== undefined) {
    place.write(`net-${net}/dev`, '');
    symlinkSync(join(place.path, `net-${net}`), join(folder, 'net'));
  }
  if (root !== undefined) {
    mkdirSync(join(place.path, root), { recursive: true });
    symlinkSync(join(place.path, root), join(folder, 'root'));
  }
}

interface Scene {
  readonly files?: Readonly<Record<string, string>>;
  readonly self: Standing;
  readonly first?: Standing;
  readonly engine?: Standing;
  readonly isEngineHere?: boolean;
  readonly uid?: number;
}

/** What is not the host's. */
function hidden({ files = {}, self, first: one, engine, isEngineHere = true, uid = 0 }: Scene): string[] {
  using place = temporaryFolder({ 'proc/self/mountinfo': plain, ...files });
  stand(place, 'self', self);
  if (one) stand(place, 1, one);
  if (engine) stand(place, 70, engine);
  const owner = engine
    ? known(70, 'kernel', '/proc/70/fd')
    : unreadable('kernel', 'owner', { en: 'not seen', zh: '' }, { en: '', zh: '' });
  const spy = vi.spyOn(process, 'geteuid').mockReturnValue(uid);
  try {
    return Object.keys(readStandpoint(owner, isEngineHere, place.path)).toSorted();
  } finally {
    spy.mockRestore();
  }
}

const everything = ['files', 'network', 'processes'];
const inDocker = { 'proc/self/mountinfo': docker, '.dockerenv': '' };
const closed = {};

test.each<[string, Scene, string[]]>([
  ['the host', { self: first, first: { root: '.', ...first } }, []],
  ['the host, as a user', { self: first, first: closed, uid: 1000 }, []],
  [
    'a rootless engine has a network and folders of its own',
    { self: first, first: { root: '.', ...first }, engine: { root: 'rootless', net: '4026532555' } },
    [],
  ],
  [
    'the same as a user',
    { self: first, first: closed, engine: { root: 'rootless', net: '4026532555' }, uid: 1000 },
    [],
  ],
  [
    'a container of LXC with its engine',
    { self: own, first: { root: '.', ...own }, engine: { root: '.', ...own } },
    [],
  ],
  ['a container of LXC without one', { self: own, first: { root: '.', ...own }, isEngineHere: false }, []],
  ['a virtual machine made from an image', { self: first, first: closed, files: { '.dockerenv': '' } }, []],
  [
    'an engine in a container of another, asked from within',
    { files: inDocker, self: own, first: { root: '.', ...own }, engine: { root: '.', ...own } },
    [],
  ],
  [
    'a shell in a PID namespace of its own',
    {
      files: { '.dockerenv': '' },
      self: { ...first, pid: own.pid },
      first: { root: '.', ...first, pid: own.pid },
    },
    ['processes'],
  ],
  [
    'a shell in a network of its own',
    { self: { ...first, net: own.net }, first: { root: '.', ...first } },
    ['network'],
  ],
  ['a container', { files: inDocker, self: own, first: { root: '.', ...own } }, everything],
  ['a container, as a user', { files: inDocker, self: own, first: closed, uid: 1000 }, everything],
  [
    'a container and no engine',
    { files: inDocker, self: own, first: { root: '.', ...own }, isEngineHere: false },
    everything,
  ],
  [
    'a container in the host’s PID namespace',
    { files: inDocker, self: { ...first, net: own.net }, first: { root: 'host', ...first } },
    ['files', 'network'],
  ],
  ['the same without the permission to look', { files: inDocker, self: first, first: closed }, ['files', 'network']],
  [
    'a container in the PID namespace and the network of the host',
    { files: inDocker, self: first, first: { root: 'host', ...first }, engine: { root: 'host', ...first } },
    ['files'],
  ],
  [
    'a container in the network of the host only',
    {
      files: { ...inDocker, [`net-${first.net}/unix`]: listed },
      self: { ...own, net: first.net },
      first: { root: '.' },
    },
    ['files', 'processes'],
  ],
  [
    'a shell that a container opened on the host',
    { files: { 'proc/self/cgroup': `0::/docker/${id}\n` }, self: first, first: { root: '.', ...first } },
    [],
  ],
])('%s', (_, scene, expected) => {
  expect(hidden(scene)).toEqual(expected);
});

test.each([
  ['Podman', `1 0 0:5 /containers/storage/overlay-containers/${id}/userdata/hosts /etc/hosts rw - tmpfs tmpfs rw`],
  [
    'containerd',
    '1 0 0:5 / / rw - overlay overlay rw,upperdir=/a/io.containerd.snapshotter.v1.overlayfs/snapshots/7/fs',
  ],
  ['CRI', `1 0 0:5 /a/io.containerd.grpc.v1.cri/sandboxes/${id}/resolv.conf /etc/resolv.conf rw - ext4 /dev/vda rw`],
  ['a pod', '1 0 0:5 /var/lib/kubelet/pods/0f8fad5b-d9cb-469f-a165-70867728950e/etc-hosts /etc/hosts rw - ext4 x rw'],
  [
    'Podman without hosts',
    `1 0 0:5 /x/overlay-containers/${id}/userdata/.containerenv /run/.containerenv rw - tmpfs x rw`,
  ],
  ['BuildKit', '1 0 0:5 / / rw - overlay overlay rw,upperdir=/var/lib/docker/overlay2/q1w2e3r4t5y6u7i8o9p0a1s2d/diff'],
  ['Docker, its folder on a disk of its own', `1 0 8:1 /containers/${id}/hostname /etc/hostname rw - ext4 x rw`],
])('a container of %s', (_, line) => {
  expect(hidden({ files: { 'proc/self/mountinfo': line }, self: own, first: closed, uid: 1 })).toEqual(everything);
});

test.each([
  [
    'a host that has mounted its containers',
    docker.replace(' / / rw', ` / /var/lib/docker/overlay2/${id}/merged rw`).split('\n')[0],
  ],
  [
    'a host whose root is laid over',
    '1 0 0:5 / / rw - overlay composefs ro,lowerdir=/run/ostree/.private/cfsroot-lower',
  ],
])('%s is no container', (_, line = '') => {
  expect(hidden({ files: { 'proc/self/mountinfo': line }, self: own, first: closed, uid: 1 })).toEqual([]);
});

test('it says what would help', () => {
  using place = temporaryFolder({ '.dockerenv': '' });
  const gone = unreadable('kernel', 'owner', { en: '', zh: '' }, { en: '', zh: '' });
  const { files } = readStandpoint(gone, false, place.path);
  expect(files?.need.en).toContain('--pid=host --network=host');
  expect(files?.need.en).toContain('--root /host');
});

test('this very host', () => {
  expect(readStandpoint(known(process.pid, 'kernel', 'self'), true)).toEqual({});
});

test('without a mount table the file that the engine leaves is the sign', () => {
  using place = temporaryFolder({ 'run/.containerenv': '' });
  const gone = unreadable('kernel', 'owner', { en: '', zh: '' }, { en: '', zh: '' });
  expect(readStandpoint(gone, false, place.path)).toHaveProperty('files');
  place.write('proc/self/mountinfo', plain);
  expect(readStandpoint(gone, false, place.path)).toEqual({});
});
