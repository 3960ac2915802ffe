import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failureOf } from '../../../test/failure.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../test/temporary-folder.ts';
import { formatAddress } from './address.ts';
import { type EndpointOptions, parseHost, resolveEndpoint } from './endpoint.ts';

let home: TemporaryFolder;
beforeEach(() => {
  home = temporaryFolder();
});
afterEach(() => home[Symbol.dispose]());

function resolve(options: EndpointOptions, environment: Record<string, string> = {}) {
  return resolveEndpoint(options, { environment, home: home.path });
}

function addContext(name: string, host: string, options: { skipVerify?: boolean; ca?: string } = {}): void {
  const digest = createHash('sha256').update(name).digest('hex');
  const docker = { Host: host, SkipTLSVerify: options.skipVerify ?? false };
  home.write(
    `.docker/contexts/meta/${digest}/meta.json`,
    JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker } }),
  );
  if (options.ca !== undefined) home.write(`.docker/contexts/tls/${digest}/docker/ca.pem`, options.ca);
}

describe('where the address comes from', () => {
  test('--host outranks everything else', () => {
    addContext('remote', 'tcp://192.0.2.7:2376');
    home.write('.docker/config.json', '{"currentContext": "remote"}');
    const environment = { DOCKER_HOST: 'unix:///b.sock', DOCKER_CONTEXT: 'remote' };
    expect(resolve({ host: 'unix:///a.sock' }, environment)).toEqual({ kind: 'unix', path: '/a.sock' });
  });

  test('--context outranks the environment', () => {
    addContext('remote', 'tcp://192.0.2.7:2376');
    const address = resolve({ context: 'remote' }, { DOCKER_HOST: 'unix:///b.sock' });
    expect(formatAddress(address)).toBe('tcp://192.0.2.7:2376');
  });

  test('--host and --context together are wrong', async () => {
    expect((await failureOf(() => resolve({ host: 'unix:///a.sock', context: 'b' }))).code).toBe('usage');
  });

  test('DOCKER_HOST outranks DOCKER_CONTEXT, which outranks the current context', () => {
    addContext('variable', 'tcp://192.0.2.1:1');
    addContext('current', 'tcp://192.0.2.2:2');
    home.write('.docker/config.json', '{"currentContext": "current"}');
    const both = { DOCKER_HOST: 'tcp://192.0.2.3:3', DOCKER_CONTEXT: 'variable' };
    expect(formatAddress(resolve({}, both))).toBe('tcp://192.0.2.3:3');
    expect(formatAddress(resolve({}, { DOCKER_CONTEXT: 'variable' }))).toBe('tcp://192.0.2.1:1');
    expect(formatAddress(resolve({}))).toBe('tcp://192.0.2.2:2');
  });

  test('the context called default is the usual socket, or DOCKER_HOST', () => {
    home.write('.docker/config.json', '{"currentContext": "default"}');
    expect(resolve({}).kind).toBe('unix');
    expect(resolve({ context: 'default' }).kind).toBe('unix');
    const environment = { DOCKER_HOST: 'tcp://192.0.2.3:3' };
    expect(formatAddress(resolve({ context: 'default' }, environment))).toBe('tcp://192.0.2.3:3');
  });

  test('DOCKER_CONFIG says where the contexts are', () => {
    addContext('remote', 'tcp://192.0.2.7:2376');
    const environment = { DOCKER_CONFIG: join(home.path, '.docker') };
    const elsewhere = { environment, home: '/nowhere' };
    expect(formatAddress(resolveEndpoint({ context: 'remote' }, elsewhere))).toBe('tcp://192.0.2.7:2376');
  });

  test('without anything said, a socket that is there is taken', () => {
    home.write('run/podman/podman.sock', '');
    const address = resolve({}, { XDG_RUNTIME_DIR: join(home.path, 'run') });
    const usual = ['/var/run/docker.sock', '/run/podman/podman.sock', join(home.path, 'run/podman/podman.sock')];
    expect(usual.map((path) => ({ kind: 'unix', path }))).toContainEqual(address);
  });

  test('empty variables are as if they were not set', () => {
    expect(resolve({}, { DOCKER_HOST: '', DOCKER_CONTEXT: '', DOCKER_CONFIG: '' }).kind).toBe('unix');
  });
});

describe('how an address is written', () => {
  test.each([
    ['unix:///run/docker.sock', { kind: 'unix', path: '/run/docker.sock' }],
    ['unix:///run/with space/docker.sock', { kind: 'unix', path: '/run/with space/docker.sock' }],
    ['tcp://10.0.0.1:2375', { kind: 'tcp', host: '10.0.0.1', port: 2375 }],
    ['tcp://engine.example', { kind: 'tcp', host: 'engine.example', port: 2375 }],
    ['http://engine.example:80/', { kind: 'tcp', host: 'engine.example', port: 80 }],
    ['tcp://[2001:db8::1]:2375', { kind: 'tcp', host: '2001:db8::1', port: 2375 }],
    ['tcp://[::1]', { kind: 'tcp', host: '::1', port: 2375 }],
    ['https://engine.example', { kind: 'tcp', host: 'engine.example', port: 2376, tls: { verify: true } }],
  ])('%s', (text, address) => {
    expect(parseHost(text, '--host', undefined)).toEqual(address);
  });

  test.each([
    '',
    'docker.sock',
    '/run/docker.sock',
    'unix://relative.sock',
    'unix://',
    'tcp://',
    'tcp://host:port',
    'tcp://host:99999',
    'tcp://host:2375/path',
    'tcp://2001:db8::1:2375',
    'npipe:////./pipe/docker_engine',
    'fd://',
  ])('%j is not an address', async (text) => {
    const error = await failureOf(() => parseHost(text, 'DOCKER_HOST', undefined));
    expect(error.code).toBe('usage');
    expect(error.text.en).toContain('DOCKER_HOST');
    expect(error.advice?.en).toContain('unix:///path');
  });

  test('ssh is not spoken, but there is a way', async () => {
    const error = await failureOf(() => parseHost('ssh://root@engine', '--host', undefined));
    expect(error.advice?.en).toContain('ssh -L');
  });

  test.each(['unix:///run/docker.sock', 'tcp://10.0.0.1:2375', 'tcp://[2001:db8::1]:2375'])(
    '%s is shown as it was written',
    (text) => {
      expect(formatAddress(parseHost(text, '', undefined))).toBe(text);
    },
  );
});

describe('TLS', () => {
  const host = 'tcp://192.0.2.7';

  test('without a word about it there is none', () => {
    expect(resolve({ host })).toEqual({ kind: 'tcp', host: '192.0.2.7', port: 2375 });
  });

  test('--tlsverify verifies, with what lies in ~/.docker', () => {
    home.write('.docker/ca.pem', 'authority');
    home.write('.docker/cert.pem', 'certificate');
    home.write('.docker/key.pem', 'key');
    expect(resolve({ host, tlsVerify: true })).toEqual({
      kind: 'tcp',
      host: '192.0.2.7',
      port: 2376,
      tls: { verify: true, ca: Buffer.from('authority'), cert: Buffer.from('certificate'), key: Buffer.from('key') },
    });
  });

  test('DOCKER_TLS_VERIFY and DOCKER_CERT_PATH do the same', () => {
    const ca = home.write('certificates/ca.pem', 'authority');
    const environment = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: join(ca, '..') };
    expect(resolve({ host }, environment)).toMatchObject({ tls: { verify: true, ca: Buffer.from('authority') } });
    expect(resolve({}, { ...environment, DOCKER_HOST: host })).toMatchObject({ tls: { verify: true } });
  });

  test('--tls alone does not verify', () => {
    expect(resolve({ host, tls: true })).toMatchObject({ port: 2376, tls: { verify: false } });
  });

  test('whoever names an authority wants it to be asked', () => {
    const tlsCaCertificate = home.write('ca.pem', 'authority');
    expect(resolve({ host, tlsCaCertificate })).toMatchObject({ tls: { verify: true } });
    expect(resolve({ host, tlsCaCertificate, tls: true })).toMatchObject({ tls: { verify: false } });
  });

  test.each([
    ['--tlscacert', { tlsCaCertificate: '/nowhere/ca.pem' }],
    ['--tlscert', { tlsCertificate: '/nowhere/cert.pem' }],
    ['--tlskey', { tlsKey: '/nowhere/key.pem' }],
  ])('a file that %s names must be there', async (option, options) => {
    const error = await failureOf(() => resolve({ host, tlsVerify: true, ...options }));
    expect(error.code).toBe('file-unreadable');
    expect(error.text.en).toMatch(new RegExp(`^${option} /nowhere/\\w+\\.pem cannot be read: ENOENT$`));
  });
});

describe('contexts', () => {
  test('a context brings its own TLS material', () => {
    addContext('remote', 'tcp://192.0.2.7:2376', { ca: 'authority' });
    expect(resolve({ context: 'remote' })).toEqual({
      kind: 'tcp',
      host: '192.0.2.7',
      port: 2376,
      tls: { verify: true, ca: Buffer.from('authority') },
    });
  });

  test('a context that skips verification still uses TLS', () => {
    addContext('with', 'tcp://192.0.2.7:2376', { ca: 'authority', skipVerify: true });
    addContext('without', 'tcp://192.0.2.7:2376', { skipVerify: true });
    expect(resolve({ context: 'with' })).toMatchObject({ tls: { verify: false } });
    expect(resolve({ context: 'without' })).toMatchObject({ tls: { verify: false } });
  });

  test('an unknown context is told, with those that there are', async () => {
    addContext('harbour', 'unix:///a.sock');
    addContext('dock', 'unix:///b.sock');
    const error = await failureOf(() => resolve({ context: 'harbor' }));
    expect(error.text.en).toBe('there is no Docker context "harbor"');
    expect(error.advice?.en).toMatch(/^Known contexts: (harbour, dock|dock, harbour)\.$/);
  });

  test('where none is stored, that is said', async () => {
    expect((await failureOf(() => resolve({ context: 'x' }))).advice?.en).toMatch(/^None is stored in /);
  });

  test('a context that cannot be spoken to is named', async () => {
    addContext('far', 'ssh://root@far');
    expect((await failureOf(() => resolve({ context: 'far' }))).text.en).toContain('context far ssh://root@far');
  });

  test.each(['{', '[]', '{"Endpoints": "none"}'])('a damaged context (%s) is an error that names it', async (text) => {
    const digest = createHash('sha256').update('broken').digest('hex');
    home.write(`.docker/contexts/meta/${digest}/meta.json`, text);
    const error = await failureOf(() => resolve({ context: 'broken' }));
    expect(error.text.en).toMatch(/meta\.json|context broken/);
  });

  test('a damaged config.json is an error that names it', async () => {
    const file = home.write('.docker/config.json', '{"currentContext": ');
    const error = await failureOf(() => resolve({}));
    expect(error.code).toBe('file-unreadable');
    expect(error.text.en).toContain(file);
  });

  test('TLS material that cannot be read is an error that names it', async () => {
    addContext('remote', 'tcp://192.0.2.7:2376');
    const digest = createHash('sha256').update('remote').digest('hex');
    home.write(`.docker/contexts/tls/${digest}/docker/ca.pem/in-the-way`, '');
    const error = await failureOf(() => resolve({ context: 'remote' }));
    expect(error.code).toBe('file-unreadable');
    expect(error.text.en).toMatch(/ca\.pem cannot be read: EISDIR$/);
  });
});
