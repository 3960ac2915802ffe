import { expect, test } from 'vitest';
import type { Mount } from '../../model/container-spec.ts';
import { driverOptions, mountFields, mountOption } from './docker-mount.ts';

const bind: Mount = { kind: 'bind', source: '/a', target: '/b', readOnly: false, options: {} };

test('a relabelled bind takes the short form, where only that knows the label', () => {
  expect(mountOption({ ...bind, readOnly: true, propagation: 'rslave', options: { z: '' } })).toEqual([
    '--volume',
    '/a:/b:ro,z,rslave',
  ]);
});

test('a colon in a path keeps the long form', () => {
  expect(mountOption({ ...bind, source: '/a:b', options: { z: '' } })).toEqual([
    '--mount',
    'type=bind,source=/a:b,target=/b',
  ]);
  const tmpfs: Mount = { kind: 'tmpfs', target: '/a:b', readOnly: true, options: { size: '1m', mode: '1777' } };
  expect(mountOption(tmpfs)).toEqual(['--mount', 'type=tmpfs,target=/a:b,readonly,tmpfs-size=1m,tmpfs-mode=1777']);
});

test('a tmpfs without options is only a path', () => {
  expect(mountOption({ kind: 'tmpfs', target: '/run', readOnly: false, options: {} })).toEqual(['--tmpfs', '/run']);
});

test('fields with commas, quotes and line feeds are quoted as CSV', () => {
  expect(mountFields({ ...bind, source: '/a,"b"\n' })).toBe('type=bind,"source=/a,""b""\n",target=/b');
});

test('words about the mount are not options of the driver', () => {
  const volume: Mount = { ...bind, kind: 'volume', options: { nocopy: '', subpath: 'x', type: 'nfs' } };
  expect(driverOptions(volume)).toEqual({ type: 'nfs' });
  expect(driverOptions({ ...bind, options: { Z: '' } })).toEqual({});
});
