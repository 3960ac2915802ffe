import { createHash } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { currentContext, readClientEndpoints } from './contexts.ts';

function meta(name: string, docker: object): [string, string] {
  const digest = createHash('sha256').update(name).digest('hex');
  return [`.docker/contexts/meta/${digest}/meta.json`, JSON.stringify({ Name: name, Endpoints: { docker } })];
}

test('clients without contexts have only the environment', () => {
  using home = temporaryFolder();
  const none = readClientEndpoints({ environment: {}, home: home.path });
  expect(none).toMatchObject({ known: true, value: [] });
  const environment = { DOCKER_HOST: 'tcp://192.0.2.7:2375' };
  expect(readClientEndpoints({ environment, home: home.path })).toMatchObject({
    value: [{ name: 'DOCKER_HOST', source: 'environment', host: 'tcp://192.0.2.7:2375', verified: false }],
  });
  expect(
    readClientEndpoints({ environment: { ...environment, DOCKER_TLS_VERIFY: '1' }, home: home.path }),
  ).toMatchObject({ value: [{ verified: true }] });
});

test('every context is a client, verified only with material and without SkipTLSVerify', () => {
  const digest = createHash('sha256').update('safe').digest('hex');
  using home = temporaryFolder({
    ...Object.fromEntries([
      meta('plain', { Host: 'tcp://192.0.2.1:2375' }),
      meta('safe', { Host: 'tcp://192.0.2.2:2376', SkipTLSVerify: false }),
    ]),
    [`.docker/contexts/tls/${digest}/docker/ca.pem`]: 'authority',
  });
  const fact = readClientEndpoints({ environment: {}, home: home.path });
  const clients = fact.known ? fact.value.map(({ name, host, verified }) => ({ name, host, verified })) : [];
  expect(clients.toSorted((left, right) => left.name.localeCompare(right.name))).toEqual([
    { name: 'plain', host: 'tcp://192.0.2.1:2375', verified: false },
    { name: 'safe', host: 'tcp://192.0.2.2:2376', verified: true },
  ]);
});

test('a damaged context makes the clients unknown, not absent', () => {
  using home = temporaryFolder({ '.docker/contexts/meta/abc/meta.json': '{"Name": ' });
  const fact = readClientEndpoints({ environment: {}, home: home.path });
  expect(fact).toMatchObject({ known: false, source: 'file' });
  expect(fact.known ? '' : fact.reason.en).toContain('meta.json');
});

test('a folder of contexts that cannot be read makes the clients unknown, not absent', () => {
  using home = temporaryFolder({ '.docker/contexts/meta.txt': '' });
  const folder = join(home.path, '.docker', 'contexts', 'meta');
  symlinkSync(folder, folder);
  expect(readClientEndpoints({ environment: {}, home: home.path })).toMatchObject({ known: false });
});

test('a damaged file is not quoted: a password of a registry may stand beside the mistake', () => {
  using home = temporaryFolder({ '.docker/config.json': '{"auths": {"registry.example": {"auth": hunter2harbour' });
  expect(() => currentContext({ environment: {}, home: home.path })).toThrow(
    /config\.json cannot be read: it is not JSON$/,
  );
});

test('DOCKER_CONFIG moves the contexts, and SkipTLSVerify undoes what the material is for', () => {
  const [file, text] = meta('lax', { Host: 'tcp://192.0.2.3:2376', SkipTLSVerify: true });
  using folder = temporaryFolder({
    [file]: text,
    [file.replace('/meta/', '/tls/').replace('meta.json', 'docker/ca.pem')]: 'authority',
  });
  const environment = { DOCKER_CONFIG: join(folder.path, '.docker') };
  expect(readClientEndpoints({ environment, home: '/nowhere' })).toMatchObject({
    value: [{ name: 'lax', source: 'file', verified: false }],
  });
});
