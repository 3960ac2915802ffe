import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, asyncProperty, json, string } from 'fast-check';
import { expect, test } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../../../test/temporary-folder.ts';
import { findCredential } from './credentials.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const entry = (username: string, password = 'pw') => ({ auth: base64(`${username}:${password}`) });

/** What is found, with the secret in the open, for people who log in as the file says. */
async function found(
  registry: string,
  files: Readonly<Record<string, unknown>>,
  { environment = {}, repository = 'shop/web' }: { environment?: Record<string, string>; repository?: string } = {},
) {
  using home = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    home.write(name, typeof content === 'string' ? content : JSON.stringify(content));
  }
  const inHome = Object.entries(environment).map(([name, value]) => [name, value.replace('~', home.path)]);
  const answer = await findCredential(registry, repository, {
    environment: Object.fromEntries(inHome) as Record<string, string>,
    home: home.path,
  });
  const { credential, source, gaps } = answer;
  return {
    who: credential?.kind === 'password' ? `${credential.username}:${credential.password.reveal()}` : undefined,
    token: credential && 'token' in credential ? `${credential.kind} ${credential.token.reveal()}` : undefined,
    source: source?.replace(home.path, '~'),
    gaps,
  };
}

/** Writes a credential helper that does what a line of shell says. */
function helper(folder: TemporaryFolder, name: string, script: string): void {
  chmodSync(folder.write(`bin/docker-credential-${name}`, `#!/bin/sh\n${script}\n`), 0o755);
}

test('Docker Hub is known by its old address, every other registry by its host, in any spelling', async () => {
  const auths = {
    'https://index.docker.io/v1/': entry('hub'),
    'registry.example:5000': entry('port'),
    'https://Old.Example/v2/': entry('old'),
  };
  const files = { '.docker/config.json': { auths } };
  expect(await found('docker.io', files)).toMatchObject({ who: 'hub:pw', source: '~/.docker/config.json' });
  expect(await found('registry.example:5000', files)).toMatchObject({ who: 'port:pw' });
  expect(await found('old.example', files)).toMatchObject({ who: 'old:pw' });
  expect(await found('registry.example', files)).toMatchObject({ who: undefined, gaps: [] });
});

test('a password may hold colons, and stand beside the name instead of with it', async () => {
  const auths = { 'a.example': entry('me', 'a:b:c'), 'b.example': { username: 'me', password: 'plain' } };
  expect(await found('a.example', { '.docker/config.json': { auths } })).toMatchObject({ who: 'me:a:b:c' });
  expect(await found('b.example', { '.docker/config.json': { auths } })).toMatchObject({ who: 'me:plain' });
});

test('tokens outrank the password that stands beside them', async () => {
  const auths = {
    'a.example': { ...entry('00000000-0000', ''), identitytoken: 'renew-me' },
    'b.example': { ...entry('x'), registrytoken: 'show-me' },
    'c.example': entry('<token>', 'also-renewed'),
  };
  const files = { '.docker/config.json': { auths } };
  expect(await found('a.example', files)).toMatchObject({ token: 'identity-token renew-me' });
  expect(await found('b.example', files)).toMatchObject({ token: 'registry-token show-me' });
  expect(await found('c.example', files)).toMatchObject({ token: 'identity-token also-renewed' });
});

test("of Podman's keys, the longest that the image lies below counts", async () => {
  const auths = {
    'quay.example': entry('host'),
    'quay.example/shop': entry('shop'),
    'quay.example/shop/web': entry('web'),
    'quay.example/sho': entry('no part of a name'),
    'docker.io/library': entry('official'),
  };
  const files = { '.config/containers/auth.json': { auths } };
  const of = async (repository: string) => (await found('quay.example', files, { repository })).who;
  expect(await of('shop/web')).toBe('web:pw');
  expect(await of('shop/other')).toBe('shop:pw');
  expect(await of('else')).toBe('host:pw');
  expect(await found('docker.io', files, { repository: 'library/alpine' })).toMatchObject({ who: 'official:pw' });
  expect(await found('docker.io', files, { repository: 'me/mine' })).toMatchObject({ who: undefined });
});

const named = (username: string) => ({ auths: { 'a.example': entry(username) } });

test('files are asked in their order, and an entry that says nothing is passed over', async () => {
  const files = {
    'named.json': named('named'),
    'docker/config.json': named('docker'),
    'run/containers/auth.json': named('runtime'),
    'xdg/containers/auth.json': named('configuration'),
  };
  const all = {
    DOCKER_AUTH_CONFIG: JSON.stringify(named('given')),
    REGISTRY_AUTH_FILE: '~/named.json',
    DOCKER_CONFIG: '~/docker',
    XDG_RUNTIME_DIR: '~/run',
    XDG_CONFIG_HOME: '~/xdg',
  };
  const order = ['given', 'named', 'docker', 'runtime', 'configuration'];
  for (const [index, expected] of order.entries()) {
    const environment = Object.fromEntries(Object.entries(all).slice(index)) as Record<string, string>;
    expect(await found('a.example', files, { environment })).toMatchObject({ who: `${expected}:pw` });
  }
  const silent = { ...files, 'docker/config.json': { auths: { 'a.example': {} } } };
  const environment = { DOCKER_CONFIG: '~/docker', XDG_RUNTIME_DIR: '~/run' };
  expect(await found('a.example', silent, { environment })).toMatchObject({ who: 'runtime:pw' });
});

test('a file that cannot be read is a gap that quotes nothing of it, and the next is asked', async () => {
  const files = {
    '.docker/config.json': '{"auths": {"a.example": {"auth": "c2VjcmV0OnNlY3JldA==" oops',
    '.config/containers/auth.json': { auths: { 'a.example': entry('next') } },
  };
  const answer = await found('a.example', files);
  expect(answer).toMatchObject({ who: 'next:pw', gaps: [{ source: 'file' }] });
  expect(JSON.stringify(answer.gaps)).not.toMatch(/c2Vj|oops/);
  const missing = await found('a.example', {}, { environment: { REGISTRY_AUTH_FILE: '~/none.json' } });
  expect(missing.gaps).toMatchObject([{ reason: { en: 'it cannot be read: ENOENT' } }]);
  const text = await found('a.example', {}, { environment: { DOCKER_AUTH_CONFIG: 'password1' } });
  expect(JSON.stringify(text.gaps)).not.toContain('password1');
  expect(text.gaps).toMatchObject([{ source: 'environment', path: 'DOCKER_AUTH_CONFIG' }]);
});

test('what is neither a file nor of a sensible size is not read', async () => {
  expect(await found('a.example', { '.docker/config.json/inside': '' })).toMatchObject({ gaps: [{ source: 'file' }] });
  const huge = `{"auths":{}}${' '.repeat(1024 ** 2)}`;
  expect(await found('a.example', { '.docker/config.json': huge })).toMatchObject({ gaps: [{ source: 'file' }] });
});

test('a helper is asked without a shell, with the name that its kind of client uses', async () => {
  using folder = temporaryFolder();
  helper(
    folder,
    'store',
    `read server; echo "$1 $server" >>"${folder.path}/asked"
    case "$server" in
      *docker*) echo 'credentials not found in native keychain'; exit 1;;
      *) echo '{"ServerURL":"x","Username":"me","Secret":"kept"}';;
    esac`,
  );
  const content = { credsStore: 'store', credHelpers: { 'gone.example': 'not-installed' } };
  const environment = { PATH: `relative:${join(folder.path, 'bin')}:/bin:/usr/bin` };
  const files = { '.docker/config.json': content };
  expect(await found('a.example', files, { environment })).toEqual({
    who: 'me:kept',
    token: undefined,
    source: 'docker-credential-store',
    gaps: [],
  });
  expect(await found('docker.io', files, { environment })).toMatchObject({ who: undefined, gaps: [] });
  expect(readFileSync(join(folder.path, 'asked'), 'utf8').trim().split('\n')).toEqual([
    'get a.example',
    'get https://index.docker.io/v1/',
    'get docker.io',
  ]);
});

test('the helper of one registry comes before the store of all, and the file after both', async () => {
  using folder = temporaryFolder();
  helper(folder, 'own', `echo '{"Username":"<token>","Secret":"refresh"}'`);
  helper(folder, 'store', `echo '{"Username":"","Secret":""}'`);
  const content = {
    credHelpers: { 'a.example': 'own', 'c.example': 'not-installed' },
    credsStore: 'store',
    auths: { 'b.example': entry('file'), 'c.example': entry('also file') },
  };
  const environment = { PATH: join(folder.path, 'bin') };
  const files = { '.docker/config.json': content };
  expect(await found('a.example', files, { environment })).toMatchObject({ token: 'identity-token refresh' });
  expect(await found('b.example', files, { environment })).toMatchObject({ who: 'file:pw', gaps: [] });
  expect(await found('c.example', files, { environment })).toMatchObject({
    who: 'also file:pw',
    gaps: [{ reason: { en: 'docker-credential-not-installed is not installed' } }],
  });
});

test.each([
  ['fails', 'echo "my-secret is wrong" >&2; echo "my-secret"; exit 3', 'docker-credential-odd failed (3)'],
  ['prints no JSON', 'echo my-secret', 'docker-credential-odd answered with something that is not JSON'],
])('a helper that %s is a gap that repeats nothing of it', async (_, script, reason) => {
  using folder = temporaryFolder();
  helper(folder, 'odd', script);
  const files = { '.docker/config.json': { credsStore: 'odd' } };
  const { gaps } = await found('a.example', files, { environment: { PATH: join(folder.path, 'bin') } });
  expect(gaps).toMatchObject([{ reason: { en: reason } }]);
  expect(JSON.stringify(gaps)).not.toContain('my-secret');
});

test('a helper whose name is a path is never started', async () => {
  using folder = temporaryFolder();
  helper(folder, 'x', `touch "${folder.path}/started"`);
  for (const credsStore of ['x/../x', '../bin/docker-credential-x', 'x;x', 'X', ' x', '$(x)']) {
    const environment = { PATH: join(folder.path, 'bin') };
    const { gaps } = await found('a.example', { '.docker/config.json': { credsStore } }, { environment });
    expect(gaps).toMatchObject([{ reason: { en: 'the name of its credential helper is not a plain one' } }]);
  }
  expect(existsSync(join(folder.path, 'started'))).toBe(false);
});

test('reads whatever stands in a file', async () => {
  await assert(
    asyncProperty(json(), string(), async (content, host) => {
      const environment = { DOCKER_AUTH_CONFIG: content };
      await findCredential(host, 'shop/web', { environment, home: '/nonexistent' });
    }),
  );
  const auths = `{"auths":{"__proto__":{"auth":"${base64('a:b')}"},"constructor":7,"a.example":[],"b.example":{"auth":7}}}`;
  for (const host of ['a.example', 'b.example', 'constructor']) {
    expect(await found(host, { '.docker/config.json': auths })).toMatchObject({ who: undefined, gaps: [] });
  }
});
