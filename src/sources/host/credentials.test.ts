import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hidden } from '../../../test/subjects.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { known } from '../../model/fact.ts';
import { readCredentials } from './credentials.ts';

function user(name: string, uid: number, shell = '/bin/bash', home = `/home/${name}`) {
  return { name, uid, gid: uid, home, shell };
}

const accounts = known({ users: [user('root', 0, '/bin/bash', '/root'), user('anna', 1000)], groups: [] }, 'file', '');
const auth = Buffer.from('anna:hunter2').toString('base64');
const docker = 'home/anna/.docker/config.json';

/** Accounts with one home. */
function sharing(...shells: readonly string[]) {
  return known(
    { users: shells.map((shell, uid) => user(`app${uid}`, uid, shell, '/srv/app')), groups: [] },
    'file',
    '',
  );
}

/** What is found in these files. */
function read(files: Readonly<Record<string, string>>, of = accounts) {
  using root = temporaryFolder(files);
  const fact = readCredentials(of, root.path);
  return fact.known ? fact.value : fact;
}

test('a password in the file itself is seen and not taken over', () => {
  const found = read({
    [docker]: JSON.stringify({
      auths: {
        'registry.example': { auth },
        'token.example': { auth: '', identitytoken: 'eyJ0b2tlbiI' },
        'kept.example': {},
        'broken.example': null,
      },
    }),
  });
  expect(found).toMatchObject([
    {
      path: '/home/anna/.docker/config.json',
      user: 'anna',
      plainRegistries: ['registry.example', 'token.example'],
      status: { kind: 'file', realPath: '/home/anna/.docker/config.json', mode: 0o644 },
    },
  ]);
  expect(JSON.stringify(found)).not.toMatch(/hunter2|eyJ0/);
  expect(JSON.stringify(found)).not.toContain(auth);
});

test.each([
  [{ credsStore: 'pass', auths: { 'registry.example': {} } }, 'pass'],
  [{ credHelpers: { 'registry.example': 'ecr-login' } }, 'ecr-login'],
  [{ credsStore: '' }, undefined],
])('%j has its store', (file, store) => {
  const [found] = [read({ [docker]: JSON.stringify(file) })].flat();
  expect(found).toMatchObject({ plainRegistries: [] });
  expect(found).toHaveProperty('user', 'anna');
  expect(found && 'store' in found ? found.store : undefined).toBe(store);
});

test('a name that is no registry’s does no harm', () => {
  const file = { auths: { '\u001b[2J;reboot': { auth }, '[::1]:5000/v1/': { auth } } };
  expect(read({ [docker]: JSON.stringify(file) })).toMatchObject([
    { plainRegistries: ['?[2J?reboot', '[::1]:5000/v1/'] },
  ]);
});

test('Podman’s files are read too', () => {
  const file = JSON.stringify({ auths: { 'registry.example': { auth } } });
  const paths = [
    'root/.docker/config.json',
    'run/containers/0/auth.json',
    'home/anna/.config/containers/auth.json',
    'run/user/1000/containers/auth.json',
  ];
  const found = read(Object.fromEntries(paths.map((path) => [path, file])));
  expect([found].flat().map((each) => each.path)).toEqual(paths.map((path) => `/${path}`));
});

test('Docker’s snap has a home of its own, one for each revision', () => {
  const file = JSON.stringify({ auths: { 'registry.example': { auth } } });
  using root = temporaryFolder({ 'home/anna/snap/docker/2963/.docker/config.json': file });
  symlinkSync('2963', join(root.path, 'home/anna/snap/docker/current'));
  expect(readCredentials(accounts, root.path)).toMatchObject({ value: [{ plainRegistries: ['registry.example'] }] });
});

test.each(['', '[]', 'null', '{', '{"auths":[]}', '{"auths":{"x":[]},"credHelpers":3}'])('%j holds nothing', (text) => {
  expect(read({ [docker]: text })).toMatchObject([{ plainRegistries: [] }]);
});

test('accounts without a login have nothing to look for, homes that two share are read once', () => {
  const files = { 'srv/app/.docker/config.json': '{}' };
  expect(read(files, sharing('/usr/sbin/nologin', '/bin/false'))).toEqual([]);
  expect(read(files, sharing('/bin/sh', ''))).toHaveLength(1);
});

test('nobody has any where there are no files', () => {
  expect(read({})).toEqual([]);
  expect(readCredentials(hidden)).toBe(hidden);
});

test('a pipe is not waited for, a link not followed out of the root', () => {
  using root = temporaryFolder();
  mkdirSync(join(root.path, 'home/anna/.docker'), { recursive: true });
  execFileSync('mkfifo', [join(root.path, docker)]);
  mkdirSync(join(root.path, 'root/.docker'), { recursive: true });
  symlinkSync('/etc/passwd', join(root.path, 'root/.docker/config.json'));
  expect(readCredentials(accounts, root.path)).toMatchObject({ known: true, value: [] });
});

test('what may not be read leaves it open, unless a password was found elsewhere', () => {
  using root = temporaryFolder({ 'root/.docker/config.json': '{}', 'home/README': '' });
  // Nobody may look into a folder with so long a name, root neither.
  const secret = known({ users: [...accounts.value.users, user('x'.repeat(300), 1001)], groups: [] }, 'file', '');
  expect(readCredentials(secret, root.path)).toMatchObject({ known: false });
  root.write(docker, JSON.stringify({ auths: { 'registry.example': { auth } } }));
  expect(readCredentials(secret, root.path)).toMatchObject({ known: true });
});

test.skipIf(process.geteuid?.() === 0)('a home that is closed to this user is a gap', () => {
  using root = temporaryFolder({ [docker]: '{}' });
  chmodSync(join(root.path, 'home/anna'), 0);
  expect(readCredentials(accounts, root.path)).toMatchObject({ known: false, need: { en: 'run as root' } });
  chmodSync(join(root.path, 'home/anna'), 0o700);
});

test('a file that is too large is not passed over in silence', () => {
  using root = temporaryFolder({ [docker]: ' '.repeat(1024 ** 2 + 1) });
  expect(readCredentials(accounts, root.path)).toMatchObject({
    known: false,
    reason: { en: expect.stringContaining('/home/anna/.docker/config.json is larger than 1 MiB') },
  });
  // What was found beside it holds anyhow.
  root.write('root/.docker/config.json', JSON.stringify({ auths: { 'registry.example': { auth } } }));
  expect(readCredentials(accounts, root.path)).toMatchObject({ known: true });
});
