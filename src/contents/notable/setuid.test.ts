import { expect, test } from 'vitest';
import { fileEntry } from '../../../test/cataloged.ts';
import { setuid } from './setuid.ts';

test.each([
  ['file', 0o4755, 0, '0o4755 root'],
  ['file', 0o6711, 33, '0o6711 uid 33'],
  ['hard-link', 0o4755, 0, '0o4755 root'],
] as const)('a %s of mode %o', (kind, mode, uid, detail) => {
  expect(setuid.entry?.(fileEntry('usr/bin/su', { kind, mode, uid }))).toEqual({ kind: 'setuid', detail });
});

test.each([
  ['file', 0o755],
  ['file', 0o2755],
  ['folder', 0o4755],
  ['symbolic-link', 0o4777],
] as const)('nothing is said of a %s of mode %o', (kind, mode) => {
  expect(setuid.entry?.(fileEntry('usr/bin/su', { kind, mode }))).toBeUndefined();
});
