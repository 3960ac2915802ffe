import { mkdirSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readInstalledKernels, readRebootRequest } from './installed-kernels.ts';

test.each([
  ['Debian', { 'boot/vmlinuz-6.1.0-18-amd64': '', 'boot/config-6.1.0-21-amd64': '' }, ['6.1.0-18-amd64']],
  ['a rescue image is no kernel', { 'boot/vmlinuz-0-rescue-0123456789abcdef': '' }, []],
  ['images among the modules', { 'usr/lib/modules/6.9.1-arch1-1/vmlinuz': '' }, ['6.9.1-arch1-1']],
  [
    'modules that a removed kernel left',
    { 'boot/vmlinuz-6.1.0-18-amd64': '', 'lib/modules/6.1.0-21-amd64/updates/x.ko': '' },
    ['6.1.0-18-amd64'],
  ],
  [
    'images without a release',
    { 'boot/vmlinuz-lts': '', 'lib/modules/6.6.31-0-lts/modules.builtin': '' },
    ['6.6.31-0-lts'],
  ],
  ['headers alone', { 'lib/modules/6.8.0-31-generic/build/Makefile': '' }, []],
  ['nothing', {}, []],
])('%s', (_, files: Record<string, string>, releases) => {
  using root = temporaryFolder(files);
  expect(readInstalledKernels(root.path)).toMatchObject({ known: true, source: 'file', value: releases });
});

test('two names of one folder count once', () => {
  using root = temporaryFolder({ 'usr/lib/modules/6.9.1/vmlinuz': '' });
  symlinkSync('usr/lib', join(root.path, 'lib'));
  expect(readInstalledKernels(root.path)).toMatchObject({ value: ['6.9.1'] });
});

test('a link that leads out of the root is not followed', () => {
  using elsewhere = temporaryFolder({ '6.9.1/vmlinuz': '' });
  using root = temporaryFolder();
  mkdirSync(join(root.path, 'lib'));
  symlinkSync(elsewhere.path, join(root.path, 'lib/modules'));
  expect(readInstalledKernels(root.path)).toMatchObject({ value: [] });
});

test('absolute links are followed within the root, also where that is the whole machine', () => {
  using root = temporaryFolder({ 'usr/lib/modules/6.9.1/vmlinuz': '' });
  symlinkSync('/usr/lib', join(root.path, 'lib'));
  expect(readInstalledKernels(root.path)).toMatchObject({ value: ['6.9.1'] });
  // What `--root /` comes to.
  expect(readInstalledKernels('/.')).toEqual(readInstalledKernels());
});

test('what cannot be listed is unreadable where nothing else tells', () => {
  using root = temporaryFolder({ 'lib/modules': 'in the way' });
  expect(readInstalledKernels(root.path).known).toBe(false);
  root.write('boot/vmlinuz-6.1.0-18-amd64', '');
  expect(readInstalledKernels(root.path)).toMatchObject({ value: ['6.1.0-18-amd64'] });
});

test('no mark, no reboot', () => {
  using root = temporaryFolder();
  expect(readRebootRequest(root.path)).toMatchObject({ known: false, path: `${root.path}/run` });
  // What Debian has on its disk, in the folder that the running system lays its memory over.
  mkdirSync(join(root.path, 'run/lock'), { recursive: true });
  expect(readRebootRequest(root.path)).toMatchObject({ known: false, path: `${root.path}/proc/stat` });
  root.write('proc/stat', '');
  expect(readRebootRequest(root.path)).toMatchObject({ known: true, value: null });
});

test.each(['run/reboot-required', 'run/reboot-needed'])('%s asks since its time', (name) => {
  using root = temporaryFolder();
  utimesSync(root.write(name, ''), 1_790_000_000, 1_790_000_000);
  expect(readRebootRequest(root.path)).toMatchObject({ value: 1_790_000_000_000, path: `/${name}` });
});

test('a file in the way of the mark does no harm', () => {
  using root = temporaryFolder({ run: 'in the way', 'proc/stat': '' });
  expect(readRebootRequest(root.path).known).toBe(true);
});

test('a package that writes the mark anew does not put off the reboot', () => {
  using root = temporaryFolder();
  const later = Date.now() / 1000 + 86_400;
  const mark = root.write('run/reboot-required', '');
  // Made now, and written again a day later.
  utimesSync(mark, later, later);
  const since = () => {
    const fact = readRebootRequest(root.path);
    return fact.known ? fact.value : fact;
  };
  expect(Math.floor(Number(since()))).toBeLessThanOrEqual(Date.now());
  // Where the list of packages is older, it asks since then.
  utimesSync(root.write('run/reboot-required.pkgs', 'linux-base\n'), 1_790_000_000, 1_790_000_000);
  expect(since()).toBe(1_790_000_000_000);
});
