import { expect, test } from 'vitest';
import { ownContainers } from './own-container.ts';

const [own, other] = ['a'.repeat(64), 'b'.repeat(64)];

const mount = (root: string, target: string) => `600 599 8:1 ${root} ${target} rw,relatime - ext4 /dev/sda1 rw`;

const found = (mounts: readonly string[], cgroup = '0::/\n') => [
  ...ownContainers((path) => (path.endsWith('cgroup') ? cgroup : `${mounts.join('\n')}\n`)),
];

test('the engine puts files of its own into a container', () => {
  expect(found([mount(`/var/lib/docker/containers/${own}/hostname`, '/etc/hostname')])).toEqual([own]);
});

test('a control group of version 1 bears the id', () => {
  expect(found([], `4:memory:/docker/${own}\n`)).toEqual([own]);
  expect(found([], `0::/system.slice/docker-${own}.scope\n`)).toEqual([own]);
});

test('what a host sees of its containers is not where it runs', () => {
  const shared = mount('/', `/var/lib/docker/containers/${other}/mounts/shm`);
  expect(found([shared, mount(`/data/${other}`, '/srv/data')])).toEqual([]);
});

test('where nothing can be read it is nowhere', () => {
  expect([...ownContainers(() => '')]).toEqual([]);
});
