import { expect, test } from 'vitest';
import { fileEntry } from '../../../test/cataloged.ts';
import { setgid } from './setgid.ts';

test('a program that runs with the rights of its group', () => {
  expect(setgid.entry?.(fileEntry('usr/bin/chage', { mode: 0o2755, gid: 42 }))).toEqual({
    kind: 'setgid',
    detail: '0o2755 gid 42',
  });
});

test.each([
  ['a folder whose files inherit its group', 'folder', 0o2775],
  ['a file that its group may not run', 'file', 0o2644],
  ['a plain program', 'file', 0o755],
] as const)('nothing is said of %s', (_what, kind, mode) => {
  expect(setgid.entry?.(fileEntry('var/mail', { kind, mode }))).toBeUndefined();
});
