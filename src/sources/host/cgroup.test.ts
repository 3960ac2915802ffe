import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { type CgroupMounts, readCgroupLimits, readCgroupUsage, readCgroupMounts } from './cgroup.ts';

const id = '0123456789abcdef'.repeat(4);

describe('the mount table', () => {
  const versionOne = `31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
39 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
`;

  test('of version 1 has a folder for each controller', () => {
    using folder = temporaryFolder({ mountinfo: versionOne });
    const mounts = readCgroupMounts(join(folder.path, 'mountinfo'));
    expect(mounts).toMatchObject({ version: 1 });
    expect(mounts?.unified).toBeUndefined();
    expect(mounts?.controllers.get('memory')).toBe('/sys/fs/cgroup/memory');
    expect(mounts?.controllers.get('cpu')).toBe('/sys/fs/cgroup/cpu,cpuacct');
    expect(mounts?.controllers.get('cpuacct')).toBe('/sys/fs/cgroup/cpu,cpuacct');
  });

  test('of version 2 has one folder', () => {
    const text = '30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n';
    using folder = temporaryFolder({ mountinfo: text });
    expect(readCgroupMounts(join(folder.path, 'mountinfo'))).toEqual({
      version: 2,
      unified: '/sys/fs/cgroup',
      controllers: new Map(),
    });
  });

  test('of both is version 1 where the controllers are', () => {
    const text = `${versionOne}41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n`;
    using folder = temporaryFolder({ mountinfo: text });
    const both = readCgroupMounts(join(folder.path, 'mountinfo'));
    expect(both).toMatchObject({ version: 1, unified: '/sys/fs/cgroup/unified' });
  });

  test('of both is version 2 where version 1 only names systemd’s tree', () => {
    const text = `40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd
41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n`;
    using folder = temporaryFolder({ mountinfo: text });
    expect(readCgroupMounts(join(folder.path, 'mountinfo'))).toMatchObject({ version: 2 });
  });

  test('that is not there is nothing', () => {
    expect(readCgroupMounts('/nowhere/mountinfo')).toBeUndefined();
  });
});

/** A tree of version 2 with one container, and what is read of it. */
function unified(files: Readonly<Record<string, string>>) {
  const scope = `system.slice/docker-${id}.scope`;
  using folder = temporaryFolder(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${scope}/${name}`, text])),
  );
  const fact = readCgroupLimits(`0::/${scope}\n`, { version: 2, controllers: new Map(), unified: folder.path });
  return { fact, path: join(folder.path, scope) };
}

describe('version 2', () => {
  test('every limit', () => {
    const { fact, path } = unified({
      'memory.max': '268435456\n',
      'memory.swap.max': '0\n',
      'cpu.max': '50000 100000\n',
      'pids.max': '100\n',
    });
    expect(fact).toEqual({
      known: true,
      source: 'kernel',
      path,
      value: { memory: 268_435_456, memorySwap: 268_435_456, cpus: 0.5, pids: 100 },
    });
  });

  test('no limit at all', () => {
    const { fact } = unified({
      'memory.max': 'max\n',
      'memory.swap.max': 'max\n',
      'cpu.max': 'max 100000\n',
      'pids.max': 'max\n',
    });
    expect(fact).toMatchObject({ known: true, value: {} });
  });

  test('swap counts on top of memory, and may have no end', () => {
    const memory = { 'memory.max': '1000\n', 'pids.max': 'max\n' };
    expect(unified({ ...memory, 'memory.swap.max': '500\n' }).fact).toMatchObject({ value: { memorySwap: 1500 } });
    expect(unified({ ...memory, 'memory.swap.max': 'max\n' }).fact).toMatchObject({ value: { memorySwap: -1 } });
    expect(unified(memory).fact).toMatchObject({ value: { memory: 1000, memorySwap: 1000 } });
  });

  test('a group that cannot be read is unknown, not unlimited', () => {
    const { fact, path } = unified({});
    expect(fact).toMatchObject({ known: false, path });
  });
});

/** A tree of version 1 with one container, and what is read of it. */
function controllers(files: Readonly<Record<string, string>>) {
  using folder = temporaryFolder(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => {
        const [controller, file] = name.split('/');
        return [`${controller}/docker/${id}/${file}`, text];
      }),
    ),
  );
  const mounts: CgroupMounts = {
    version: 1,
    controllers: new Map(
      ['memory', 'pids', 'cpu'].map((name) => [name, join(folder.path, name === 'cpu' ? 'cpu,cpuacct' : name)]),
    ),
  };
  const cgroup = `11:memory:/docker/${id}\n5:cpu,cpuacct:/docker/${id}\n4:pids:/docker/${id}\n0::/system.slice\n`;
  return { fact: readCgroupLimits(cgroup, mounts), path: join(folder.path, '*/docker', id) };
}

/** What the kernel writes where there is no limit. */
const unlimited = '9223372036854771712\n';

describe('version 1', () => {
  test('every limit, each from its own tree', () => {
    const { fact, path } = controllers({
      'memory/memory.limit_in_bytes': '268435456\n',
      'memory/memory.memsw.limit_in_bytes': '536870912\n',
      'cpu,cpuacct/cpu.cfs_quota_us': '150000\n',
      'cpu,cpuacct/cpu.cfs_period_us': '100000\n',
      'pids/pids.max': '100\n',
    });
    expect(fact).toEqual({
      known: true,
      source: 'kernel',
      path,
      value: { memory: 268_435_456, memorySwap: 536_870_912, cpus: 1.5, pids: 100 },
    });
  });

  test('no limit at all', () => {
    const { fact } = controllers({
      'memory/memory.limit_in_bytes': unlimited,
      'memory/memory.memsw.limit_in_bytes': unlimited,
      'cpu,cpuacct/cpu.cfs_quota_us': '-1\n',
      'cpu,cpuacct/cpu.cfs_period_us': '100000\n',
      'pids/pids.max': 'max\n',
    });
    expect(fact).toMatchObject({ known: true, value: {} });
  });

  test('swap without an end, and swap that the kernel does not account for', () => {
    const memory = { 'memory/memory.limit_in_bytes': '1000\n', 'pids/pids.max': 'max\n' };
    expect(controllers({ ...memory, 'memory/memory.memsw.limit_in_bytes': unlimited }).fact).toMatchObject({
      value: { memory: 1000, memorySwap: -1 },
    });
    const { fact } = controllers(memory);
    expect(fact.known ? fact.value : {}).toEqual({ memory: 1000 });
  });

  test('a group that cannot be read is unknown', () => {
    expect(controllers({ 'memory/memory.limit_in_bytes': '1000\n' }).fact.known).toBe(false);
  });
});

test('without a cgroup file system the limits are unknown', () => {
  expect(readCgroupLimits(`0::/docker/${id}\n`, undefined)).toMatchObject({
    known: false,
    need: { en: 'mount the cgroup file system where Plimsoll runs' },
  });
});

describe('what is used now', () => {
  test('version 2', () => {
    using folder = temporaryFolder({
      'a/memory.current': '1000\n',
      'a/memory.stat': 'anon 100\ninactive_file 300\n',
      'a/pids.current': '7\n',
    });
    const mounts: CgroupMounts = { version: 2, controllers: new Map(), unified: folder.path };
    expect(readCgroupUsage('0::/a\n', mounts)).toEqual({ memory: 700, pids: 7 });
    expect(readCgroupUsage('0::/b\n', mounts)).toBeUndefined();
    expect(readCgroupUsage('0::/a\n', undefined)).toBeUndefined();
  });

  test('version 1, with what is below it', () => {
    using folder = temporaryFolder({
      'memory/a/memory.usage_in_bytes': '1000\n',
      'memory/a/memory.stat': 'inactive_file 5\ntotal_inactive_file 300\n',
      'pids/a/pids.current': '7\n',
    });
    const controllersOf = new Map(['memory', 'pids'].map((name) => [name, join(folder.path, name)]));
    const mounts: CgroupMounts = { version: 1, controllers: controllersOf };
    expect(readCgroupUsage('4:memory:/a\n3:pids:/a\n', mounts)).toEqual({ memory: 700, pids: 7 });
  });
});
