import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { PlimsollError } from '../../model/error.ts';
import { fileFailure, readFact, readIfPossible, readTextIn } from './file.ts';

test.each([
  ['EACCES', 'this user may not read', 'run as root'],
  ['EPERM', 'this user may not read', 'run as root'],
  ['ENOENT', 'does not exist', 'run on the host itself'],
  ['ESRCH', 'does not exist', 'run on the host itself'],
  ['EIO', 'cannot be read: EIO', 'readable'],
])('%s says what is missing and what would help', (code, reason, need) => {
  const fact = fileFailure('/proc/1/environ', { code });
  expect(fact).toMatchObject({ known: false, source: 'kernel', path: '/proc/1/environ' });
  expect(fact.reason.en).toContain(reason);
  expect(fact.need.en).toContain(need);
});

test('an error that already explains itself is kept', () => {
  const error = new PlimsollError('file-unreadable', { en: 'broken', zh: '损坏' }, { en: 'mend', zh: '修复' });
  expect(fileFailure('/etc/x', error)).toMatchObject({ source: 'file', reason: error.text, need: error.advice });
});

test('what is in /proc and /sys is the kernel’s word, everything else a file’s', () => {
  for (const path of ['/proc/1/status', '/sys/kernel/security/lsm']) {
    expect(fileFailure(path, { code: 'EIO' }).source).toBe('kernel');
  }
  for (const path of ['/etc/proc/x', '/processes', 'proc/1/status']) {
    expect(fileFailure(path, { code: 'EIO' }).source).toBe('file');
  }
});

test('a file is a fact, through what reads it', () => {
  using folder = temporaryFolder();
  const path = folder.write('number', '42\n');
  expect(readFact(path, Number)).toEqual({ known: true, value: 42, source: 'file', path });
  expect(readFact(folder.path, Number)).toMatchObject({ known: false });
  expect(readIfPossible(path)).toBe('42\n');
  expect(readIfPossible(folder.path)).toBeUndefined();
});

test('the text of a host’s file, links followed within its root', () => {
  using root = temporaryFolder({ 'etc/static/passwd': 'root:x:0:0::/root:/bin/sh\n' });
  symlinkSync('/etc/static/passwd', join(root.path, 'etc/passwd'));
  expect(readTextIn(root.path, '/etc/passwd')).toContain('root:x:0');
  expect(() => readTextIn(root.path, '/etc/group')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  expect(() => readTextIn(root.path, '/etc')).toThrow(expect.objectContaining({ code: 'EISDIR' }));
});

test('a pipe in the place of a file is not waited for', () => {
  using root = temporaryFolder();
  execFileSync('mkfifo', [join(root.path, 'passwd')]);
  expect(() => readTextIn(root.path, '/passwd')).toThrow(PlimsollError);
});
