import { expect, test } from 'vitest';
import { readTree, web } from './reading.fixture.ts';

const bind = { kind: 'bind', readOnly: false, options: {} };
const volume = { kind: 'volume', readOnly: false, options: {} };

test.each<[string, object]>([
  ['/etc:/x', { ...bind, source: '/etc', target: '/x' }],
  ['/etc:/x:ro', { ...bind, source: '/etc', target: '/x', readOnly: true }],
  [
    '/etc:/x:ro,z,rslave',
    { ...bind, source: '/etc', target: '/x', readOnly: true, propagation: 'rslave', options: { z: '' } },
  ],
  ['/etc:/x:cached', { ...bind, source: '/etc', target: '/x' }],
  ['./etc:/x', { ...bind, source: './etc', target: '/x' }],
  ['.:/x', { ...bind, source: '.', target: '/x' }],
  ['././a/../etc/:/x', { ...bind, source: './etc/', target: '/x' }],
  ['../../etc:/x', { ...bind, source: '../../etc', target: '/x' }],
  ['~/.ssh:/x', { ...bind, source: '~/.ssh', target: '/x' }],
  ['${PWD}/a:/x', { ...bind, source: '${PWD}/a', target: '/x' }],
  ['${DATA:?needed: yes}/a:/x:ro', { ...bind, source: '${DATA:?needed: yes}/a', target: '/x', readOnly: true }],
  ['data:/x', { ...volume, source: 'data', target: '/x' }],
  ['data:/x:ro,nocopy', { ...volume, source: 'data', target: '/x', readOnly: true, options: { nocopy: '' } }],
  ['/x', { ...volume, target: '/x', anonymous: true }],
  ['d:/x', { ...volume, source: 'd', target: '/x' }],
  ['d:/x:ro', { ...volume, source: 'd', target: '/x', readOnly: true }],
  ['C:/data:/x', { ...bind, source: 'C:/data', target: '/x' }],
  [String.raw`C:\data:/x:ro`, { ...bind, source: String.raw`C:\data`, target: '/x', readOnly: true }],
  ['{type: bind, source: ./a, target: /x}', { ...bind, source: './a', target: '/x' }],
  ['{type: bind, source: a, target: /x}', { ...bind, source: './a', target: '/x' }],
  [
    '{type: bind, source: /a, target: /x, read_only: true, bind: {propagation: shared, selinux: Z, recursive: writable}}',
    {
      kind: 'bind',
      source: '/a',
      target: '/x',
      readOnly: true,
      propagation: 'shared',
      readOnlyNonRecursive: true,
      options: { Z: '' },
    },
  ],
  ['{type: volume, target: /x}', { ...volume, target: '/x', anonymous: true }],
  [
    '{type: volume, source: v, target: /x, volume: {nocopy: true, subpath: p}}',
    { ...volume, source: 'v', target: '/x', options: { nocopy: '', subpath: 'p' } },
  ],
  [
    '{type: tmpfs, target: /x, tmpfs: {size: 64m, mode: 0o1777}}',
    { kind: 'tmpfs', target: '/x', readOnly: false, options: { size: '67108864', mode: '1777' } },
  ],
  [
    '{type: image, source: tools:1, target: /x, image: {subpath: bin}}',
    { kind: 'image', source: 'tools:1', target: '/x', readOnly: false, options: { subpath: 'bin' } },
  ],
  [
    '{type: npipe, source: "\\\\\\\\.\\\\pipe\\\\x", target: /x}',
    { kind: 'npipe', source: String.raw`\\.\pipe\x`, target: '/x', readOnly: false, options: {} },
  ],
])('%s', (entry, expected) => {
  expect(web(`volumes:\n  - ${entry.startsWith('{') ? entry : JSON.stringify(entry)}`).mounts).toEqual([expected]);
});

test('a relative path is made absolute where the folder of the file is known', () => {
  const text = 'services: {web: {image: a, volumes: ["./data:/a", "../x:/b", "~/y:/c"]}}';
  const mounts = (options: object) =>
    readTree({ '/srv/shop/compose.yaml': text }, options).containers['web']?.mounts.map(({ source }) => source);
  expect(mounts({})).toEqual(['/srv/shop/data', '/srv/x', '~/y']);
  expect(mounts({ environment: { HOME: '/home/ann' } })).toEqual(['/srv/shop/data', '/srv/x', '/home/ann/y']);
});

test('a volume is what the file says of it', () => {
  const { containers } = readTree({
    '/srv/compose.yaml': `services:
  web: {image: a, volumes: ["disguise:/a", "share:/b:ro", "plain:/c"]}
volumes:
  disguise: {driver: local, driver_opts: {type: none, o: "bind,ro", device: ./secret}}
  share: {driver_opts: {type: nfs, o: addr=10.0.0.1, device: ":/share"}}
  plain:
`,
  });
  expect(containers['web']?.mounts).toEqual([
    {
      kind: 'volume',
      source: 'disguise',
      target: '/a',
      readOnly: false,
      driver: 'local',
      options: { type: 'none', o: 'bind,ro', device: '/srv/secret' },
    },
    {
      kind: 'volume',
      source: 'share',
      target: '/b',
      readOnly: true,
      options: { type: 'nfs', o: 'addr=10.0.0.1', device: ':/share' },
    },
    { kind: 'volume', source: 'plain', target: '/c', readOnly: false, options: {} },
  ]);
});

test('tmpfs is a text or a list', () => {
  expect(web('tmpfs: /run:ro,size=64m,mode=755').mounts).toEqual([
    { kind: 'tmpfs', target: '/run', readOnly: true, options: { size: '64m', mode: '755' } },
  ]);
  expect(web('tmpfs: [/run, "/tmp:noexec"]').mounts).toEqual([
    { kind: 'tmpfs', target: '/run', readOnly: false, options: {} },
    { kind: 'tmpfs', target: '/tmp', readOnly: false, options: { noexec: '' } },
  ]);
});

test("asking for the engine's socket mounts it", () => {
  const container = web('use_api_socket: true');
  expect(container.mounts).toMatchObject([{ kind: 'bind', source: '/var/run/docker.sock' }]);
  expect(container.locate('mounts[0]')).toMatchObject({ line: 4, path: 'services.web.use_api_socket' });
  expect(web('use_api_socket: false').mounts).toEqual([]);
});
