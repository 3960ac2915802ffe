import { expect, test } from 'vitest';
import { fileEntry } from '../../../test/cataloged.ts';
import { sshServer } from './ssh-server.ts';

test.each(['usr/sbin/sshd', 'sbin/dropbear', 'usr/local/sbin/tinysshd', 'usr/bin/dropbearmulti'])('%s', (path) => {
  expect(sshServer.entry?.(fileEntry(path))).toMatchObject({ kind: 'ssh-server' });
});

test.each([
  'usr/bin/ssh',
  'etc/pam.d/sshd',
  'run/sshd',
  'usr/sbin/sshd/x',
  'usr/share/bash-completion/completions/sshd',
])('nothing is said of %s', (path) => {
  expect(sshServer.entry?.(fileEntry(path))).toBeUndefined();
});

test('a folder of that name is none', () => {
  expect(sshServer.entry?.(fileEntry('usr/sbin/sshd', { kind: 'folder' }))).toBeUndefined();
});
