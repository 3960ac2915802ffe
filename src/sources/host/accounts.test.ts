import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { readAccounts, readSubordinateIds } from './accounts.ts';

const passwd = 'root:x:0:0:root:/root:/bin/bash\nanna:x:1000:999:Anna,,,:/home/anna:/bin/zsh\n';

test('users and groups; bad lines and those of a directory service are skipped', () => {
  using root = temporaryFolder({
    'etc/passwd': `${passwd}# a comment\n+::::::\n+@admins::::::\nbroken\nbad:x:minus:0::/:\n\n`,
    'etc/group': 'root:x:0:\ndocker:x:999:anna, ben,\nhalf:x\n+:::\n',
  });
  expect(readAccounts(root.path)).toEqual({
    known: true,
    source: 'file',
    path: join(root.path, 'etc/group'),
    value: {
      users: [
        { name: 'root', uid: 0, gid: 0, home: '/root', shell: '/bin/bash' },
        { name: 'anna', uid: 1000, gid: 999, home: '/home/anna', shell: '/bin/zsh' },
      ],
      groups: [
        { name: 'root', gid: 0, members: [] },
        { name: 'docker', gid: 999, members: ['anna', 'ben'] },
      ],
    },
  });
});

test('a link is followed within the root', () => {
  using root = temporaryFolder({ 'etc/static/passwd': passwd, 'etc/group': '' });
  symlinkSync('/etc/static/passwd', join(root.path, 'etc/passwd'));
  expect(readAccounts(root.path)).toMatchObject({ value: { users: [{ name: 'root' }, { name: 'anna' }] } });
});

test('without the files nothing is known', () => {
  using root = temporaryFolder({ 'etc/passwd': passwd });
  expect(readAccounts(root.path)).toMatchObject({ known: false, path: join(root.path, 'etc/group') });
});

test('ranges by name and by id', () => {
  using root = temporaryFolder({
    'etc/subuid': 'dockremap:100000:65536\n1000:165536:65536\nbad:100000\n# none\nbad:x:y\n',
    'etc/subgid': 'dockremap:100000:65536',
  });
  expect(readSubordinateIds(root.path)).toMatchObject({
    known: true,
    path: join(root.path, 'etc/subuid'),
    value: {
      users: [
        { owner: 'dockremap', start: 100_000, count: 65_536 },
        { owner: '1000', start: 165_536, count: 65_536 },
      ],
      groups: [{ owner: 'dockremap', start: 100_000, count: 65_536 }],
    },
  });
});

test('a file that is not there gives nobody any ranges', () => {
  using root = temporaryFolder();
  expect(readSubordinateIds(root.path)).toMatchObject({ known: true, value: { users: [], groups: [] } });
});

test('a file that is no file is a failure, not an empty list', () => {
  using root = temporaryFolder();
  mkdirSync(join(root.path, 'etc/subuid'), { recursive: true });
  expect(readSubordinateIds(root.path)).toMatchObject({ known: false, path: join(root.path, 'etc/subuid') });
});

test.skipIf(process.geteuid?.() === 0)('a file that may not be read is a failure', () => {
  using root = temporaryFolder({ 'etc/subgid': '' });
  chmodSync(join(root.path, 'etc/subgid'), 0);
  expect(readSubordinateIds(root.path)).toMatchObject({ known: false });
});
