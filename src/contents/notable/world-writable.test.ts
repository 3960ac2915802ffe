import { expect, test } from 'vitest';
import { fileEntry } from '../../../test/cataloged.ts';
import { worldWritable } from './world-writable.ts';

test.each([
  ['srv/data', 'folder', 0o777, '0o777'],
  ['srv/shared', 'folder', 0o2777, '0o2777'],
  ['app/run.sh', 'file', 0o666, '0o666'],
  ['app/odd', 'file', 0o002, '0o002'],
] as const)('%s, a %s of mode %o', (path, kind, mode, detail) => {
  expect(worldWritable.entry?.(fileEntry(path, { kind, mode }))).toEqual({ kind: 'world-writable', detail });
});

test.each([
  ['tmp', 'folder', 0o1777],
  ['usr/bin/sh', 'symbolic-link', 0o777],
  ['dev/null', 'device', 0o666],
  ['dev/core', 'file', 0o666],
  ['run/bus', 'socket', 0o777],
  ['app/run.sh', 'file', 0o775],
] as const)('nothing is said of %s, a %s of mode %o', (path, kind, mode) => {
  expect(worldWritable.entry?.(fileEntry(path, { kind, mode }))).toBeUndefined();
});
