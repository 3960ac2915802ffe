import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { unreadable } from '../../model/fact.ts';
import { parseHostMounts, readHostMounts } from './mount-table.ts';

const table = [
  '27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard',
  '40 27 8:17 / /var/lib/docker\\040data rw,nosuid,nodev shared:5 master:2 - xfs /dev/sdb1 rw,attr2',
  '',
].join('\n');

test('targets, options, devices and the options of the file system', () => {
  expect(parseHostMounts(table)).toEqual([
    {
      target: '/',
      options: ['rw', 'relatime'],
      propagation: [],
      fileSystem: 'ext4',
      source: '/dev/vda',
      device: '254:0',
      superOptions: ['rw', 'discard'],
    },
    {
      target: '/var/lib/docker data',
      options: ['rw', 'nosuid', 'nodev'],
      propagation: ['shared:5', 'master:2'],
      fileSystem: 'xfs',
      source: '/dev/sdb1',
      device: '8:17',
      superOptions: ['rw', 'attr2'],
    },
  ]);
});

test.each(['nonsense', '27 1', '27 1 254:0 / / rw ext4', ' - ext4 /dev/sda1 rw', ' - '])(
  'the bad line %j is skipped',
  (line) => {
    expect(parseHostMounts(`${line}\n${table}`)).toHaveLength(2);
  },
);

test('the first process’ table outranks our own', () => {
  using root = temporaryFolder({ 'proc/1/mountinfo': table, 'proc/self/mountinfo': '' });
  expect(readHostMounts(root.path)).toMatchObject({ known: true, source: 'kernel', path: '/proc/1/mountinfo' });
});

test('our own table stands in for one that may not be read', () => {
  using root = temporaryFolder({ 'proc/self/mountinfo': table });
  expect(readHostMounts(root.path)).toMatchObject({ known: true, path: '/proc/self/mountinfo' });
});

test('the table of a container does not', () => {
  using root = temporaryFolder({ 'proc/self/mountinfo': '9 1 0:40 / / rw - overlay overlay rw,lowerdir=/a:/b\n' });
  expect(readHostMounts(root.path)).toMatchObject({ known: false, path: '/proc/1/mountinfo' });
});

test('without any it is unreadable, with what it would take', () => {
  using root = temporaryFolder();
  expect(readHostMounts(root.path)).toMatchObject({ known: false, source: 'kernel', need: { en: expect.any(String) } });
});

test('this very host', () => {
  const mounts = readHostMounts();
  expect(mounts.known && mounts.value.some(({ target }) => target === '/')).toBe(true);
});

test('in a container the first process may be its own', () => {
  const gap = unreadable('kernel', 'here', { en: '', zh: '' }, { en: '', zh: '' });
  using root = temporaryFolder({ 'proc/1/mountinfo': table, 'proc/self/mountinfo': table });
  expect(readHostMounts(root.path, { files: gap, processes: gap })).toBe(gap);
  // In the host's PID namespace it is not.
  expect(readHostMounts(root.path, { files: gap })).toMatchObject({ known: true, path: '/proc/1/mountinfo' });
  using closed = temporaryFolder({ 'proc/self/mountinfo': table });
  expect(readHostMounts(closed.path, { files: gap })).toBe(gap);
  expect(readHostMounts(closed.path, { processes: gap })).toMatchObject({ known: true });
});
