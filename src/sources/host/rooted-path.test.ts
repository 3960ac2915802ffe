import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { pathIn, realPathIn } from './rooted-path.ts';

test('links are followed within the root, absolute ones too', () => {
  using root = temporaryFolder({ 'usr/lib/systemd/system/docker.service': '', 'usr/bin/dockerd': '' });
  symlinkSync('usr/lib', join(root.path, 'lib'));
  symlinkSync('/usr/bin', join(root.path, 'bin'));
  expect(realPathIn(root.path, '/lib/systemd/system/docker.service')).toBe('/usr/lib/systemd/system/docker.service');
  expect(realPathIn(root.path, '/bin/../bin/dockerd')).toBe('/usr/bin/dockerd');
  expect(pathIn(root.path, '/bin/dockerd')).toBe(join(root.path, 'usr/bin/dockerd'));
});

test('no link leads out of the root', () => {
  using root = temporaryFolder({ 'etc/passwd': '' });
  symlinkSync('../../../../../../../../etc/passwd', join(root.path, 'up'));
  expect(realPathIn(root.path, '/up')).toBe('/etc/passwd');
  expect(realPathIn(root.path, '/../../etc/passwd')).toBe('/etc/passwd');
});

test('what leads nowhere, or in circles, is an error', () => {
  using root = temporaryFolder();
  symlinkSync('/circle', join(root.path, 'circle'));
  expect(() => realPathIn(root.path, '/circle')).toThrow(expect.objectContaining({ code: 'ELOOP' }));
  expect(() => realPathIn(root.path, '/nowhere')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});

test('without a root it is the machine’s own path', () => {
  using folder = temporaryFolder({ file: '' });
  symlinkSync('file', join(folder.path, 'link'));
  expect(realPathIn('', join(folder.path, 'link'))).toBe(realPathIn('', join(folder.path, 'file')));
});
