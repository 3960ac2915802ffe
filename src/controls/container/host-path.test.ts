import { expect, test } from 'vitest';
import { container, info, engine, machine } from '../../../test/subjects.ts';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { canonicalPath, hostMounts, isWithin, normalPath } from './host-path.ts';

const mount = (change: Partial<Mount>): Mount => ({
  kind: 'bind',
  target: '/x',
  readOnly: false,
  options: {},
  ...change,
});
const volume = (change: Partial<Mount>) => mount({ kind: 'volume', source: 'data', driver: 'local', ...change });
const paths = (mounts: Mount[], change: Partial<ContainerSpec> = {}) =>
  hostMounts({ ...container({ mounts }), ...change }, machine()).map(({ path }) => path);

test.each([
  ['/etc/', '/etc'],
  ['//etc/./ssh/../', '/etc'],
  ['/../..', '/'],
  ['/', '/'],
  ['~/.ssh', '/home/~/.ssh'],
  ['$HOME', '/home/~'],
  ['${HOME}/.docker', '/home/~/.docker'],
])('%s is %s', (path, normal) => expect(normalPath(path)).toBe(normal));

test('the usual links are followed even on paper, by whole names', () => {
  expect(canonicalPath('/var/run/docker.sock')).toBe('/run/docker.sock');
  expect(canonicalPath('/var/lock/')).toBe('/run/lock');
  expect(canonicalPath('/var/runner')).toBe('/var/runner');
});

test('a path is compared by segments', () => {
  expect(isWithin('/etc/ssh', '/etc')).toBe(true);
  expect(isWithin('/etc', '/etc')).toBe(true);
  expect(isWithin('/etcetera', '/etc')).toBe(false);
  expect(isWithin('/srv', '/')).toBe(true);
});

test('a followed path outranks the written one', () => {
  expect(paths([mount({ source: '/srv/link', hostPath: '/etc' })])).toEqual(['/etc']);
  expect(paths([mount({ source: '/srv/link' })])).toEqual(['/srv/link']);
});

test('a volume counts only as a bind in disguise', () => {
  const disguise = { type: 'none', o: 'rw,bind', device: '/etc' };
  expect(paths([volume({ options: disguise })])).toEqual(['/etc']);
  expect(paths([volume({ options: disguise, hostPath: '/var/lib/docker/volumes/data/_data' })])).toEqual(['/etc']);
  expect(paths([volume({ options: { ...disguise, o: 'rbind' }, hostPath: '/real' })])).toEqual(['/real']);
  expect(paths([volume({ hostPath: '/var/lib/docker/volumes/data/_data' })])).toEqual([]);
  expect(paths([volume({ hostPath: '/mnt/moved/volumes/data/_data' })])).toEqual([]);
  expect(paths([volume({ options: { type: 'nfs', o: 'addr=10.0.0.1', device: ':/export' } })])).toEqual([]);
  expect(paths([volume({ options: { type: 'tmpfs', o: 'nosuid', device: 'tmpfs' } })])).toEqual([]);
});

test('a data directory is recognised under the data root that the engine names', () => {
  const moved = machine({ engine: engine({}, { info: info({ dataRoot: '/data/docker/100000.100000' }) }) });
  const own = mount({ kind: 'volume', hostPath: '/data/docker/100000.100000/volumes/data/nested' });
  expect(hostMounts(container({ mounts: [own] }), moved)).toEqual([]);
});

test('what the engine or the kubelet put there was asked for by nobody', () => {
  const id = 'f0'.repeat(32);
  expect(paths([mount({ source: `/var/lib/docker/containers/${id}/hosts` })])).toEqual([]);
  const others = '/var/lib/docker/containers/abc/hosts';
  expect(paths([mount({ source: others })])).toEqual([others]);
  const pod = { owner: { kind: 'kubernetes' } as const, labels: { 'io.kubernetes.pod.uid': 'abc' } };
  expect(paths([mount({ source: '/var/lib/kubelet/pods/abc/etc-hosts' })], pod)).toEqual([]);
  expect(paths([mount({ source: '/var/lib/kubelet/pods/def/volumes' })], pod)).toHaveLength(1);
  expect(paths([mount({ source: '/var/lib/kubelet/pods' })], pod)).toHaveLength(1);
});

test('relative paths, tmpfs and images show nothing of the host', () => {
  expect(paths([mount({ source: './data' }), mount({ kind: 'tmpfs' }), mount({ kind: 'image', source: 'x' })])).toEqual(
    [],
  );
});

// Seen on Docker 20.10: a volume of type proc shows the host's processes, an overlay over /etc its shadow file.
test.each([
  [{ type: 'proc', device: 'proc' }, ['/proc']],
  [{ type: 'sysfs', device: 'anything' }, ['/sys']],
  [{ type: 'overlay', device: 'overlay', o: 'lowerdir=/etc:/root' }, ['/etc', '/root']],
  [
    { type: 'overlay', device: 'overlay', o: 'lowerdir=/srv/base, upperdir=/etc,workdir=/srv/work' },
    ['/srv/base', '/etc'],
  ],
  [{ type: 'ext4', device: '/dev/vg/data' }, []],
])("a local volume with %j shows these of the host's paths: %j", (options, expected) => {
  expect(paths([volume({ options })])).toEqual(expected);
  expect(paths([volume({ options, driver: 'other' })])).toEqual([]);
});
