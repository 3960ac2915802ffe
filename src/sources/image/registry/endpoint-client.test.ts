import { createServer as createProxy } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Certificates, hasOpenssl, makeCertificates } from '../../../../test/certificates.ts';
import { failureOf } from '../../../../test/failure.ts';
import { type FakeRegistry, manifestType, redirect, startFakeRegistry } from '../../../../test/fake-registry.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../../test/temporary-folder.ts';
import { fakeClock } from '../../../../test/waiting.ts';
import { usualPatience } from '../../http/patience.ts';
import { type ClientSettings, openEndpointClient } from './endpoint-client.ts';
import { endpointsOf, type RegistryEndpoint } from './endpoint.ts';
import { fetchManifest } from './manifest-answer.ts';

async function started(options: Parameters<typeof startFakeRegistry>[0] = {}) {
  const server = await startFakeRegistry(options);
  server.manifest({ schemaVersion: 2 }, manifestType, '1');
  return server;
}

/** A proxy that leads every name to one registry. */
async function startProxy(server: FakeRegistry, status = 200) {
  const asked: { readonly to: string | undefined; readonly credentials: string | undefined }[] = [];
  const proxy = createProxy();
  proxy.on('connect', (request, socket) => {
    asked.push({ to: request.url, credentials: request.headers['proxy-authorization'] });
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const through = connect(Number(server.host.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      through.pipe(socket);
      socket.pipe(through);
    });
    for (const each of [through, socket]) each.on('error', () => through.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      proxy.closeAllConnections();
      proxy.close(() => resolve());
    });
  const { port } = proxy.address() as AddressInfo;
  return { asked, address: `http://me:hidden@127.0.0.1:${port}`, [Symbol.asyncDispose]: stop };
}

describe.skipIf(!hasOpenssl)(`TLS and proxies${hasOpenssl ? '' : ' (needs openssl)'}`, () => {
  let folder: TemporaryFolder;
  let certificates: Certificates;
  const tls = () => ({ cert: certificates.server.cert, key: certificates.server.key });
  const authorityFile = () => join(folder.path, 'ca.pem');

  beforeAll(() => {
    folder = temporaryFolder();
    certificates = makeCertificates(folder.path, 'IP:127.0.0.1,DNS:registry.test');
  });
  afterAll(() => folder[Symbol.dispose]());

  interface Circumstances extends Partial<ClientSettings> {
    readonly endpoint?: Partial<RegistryEndpoint>;
    readonly registry?: string;
    readonly environment?: Readonly<Record<string, string>>;
  }

  /** Asks for a manifest of `shop/web`. */
  async function ask(server: FakeRegistry, circumstances: Circumstances = {}) {
    const { endpoint: change, registry = server.host, environment = {}, ...settings } = circumstances;
    const [endpoint] = endpointsOf({ registry });
    if (!endpoint) throw new Error('no endpoint');
    const client = openEndpointClient({ ...endpoint, ...change }, 'shop/web', {
      surroundings: { environment, home: '/nonexistent' },
      certificateFolders: [],
      patience: { ...usualPatience, idle: 5000 },
      clock: fakeClock(),
      ...settings,
    });
    try {
      return await fetchManifest(client, '1');
    } finally {
      client.close();
    }
  }

  test('a certificate that nobody knows is not believed, not even on this machine', async () => {
    await using server = await started({ tls: tls() });
    const failure = await failureOf(() => ask(server));
    expect(failure).toMatchObject({ code: 'registry-tls' });
    expect(failure.advice?.en).toContain('--registry-ca');
    expect(server.requests).toEqual([]);
  });

  test('an own authority is believed, and an insecure registry without one', async () => {
    await using server = await started({ tls: tls() });
    expect((await ask(server, { authorityFile: authorityFile() })).mediaType).toBe(manifestType);
    expect((await ask(server, { endpoint: { insecure: true } })).mediaType).toBe(manifestType);
  });

  test('the certificate must be for the host', async () => {
    await using server = await started({ tls: tls() });
    const registry = server.host.replace('127.0.0.1', 'localhost');
    const failure = await failureOf(() => ask(server, { registry, authorityFile: authorityFile() }));
    expect(failure).toMatchObject({ code: 'registry-tls' });
    expect(failure.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('certificates lie in folders that are named like the registry', async () => {
    await using server = await started({
      tls: { ...tls(), ca: certificates.ca, requestCert: true, rejectUnauthorized: true },
    });
    using folders = temporaryFolder();
    folders.write(`${server.host}/ca.crt`, certificates.ca);
    expect((await failureOf(() => ask(server, { certificateFolders: [folders.path] }))).code).toMatch(/^registry-/);
    folders.write(`${server.host}/client.cert`, certificates.client.cert);
    folders.write(`${server.host}/client.key`, certificates.client.key);
    const manifest = await ask(server, { certificateFolders: ['/nonexistent', folders.path] });
    expect(manifest.mediaType).toBe(manifestType);
  });

  test('what lies there and is no certificate is said', async () => {
    await using server = await started({ tls: tls() });
    using folders = temporaryFolder();
    folders.write(`${server.host}/client.cert`, 'nothing');
    folders.write(`${server.host}/client.key`, 'nothing');
    expect(await failureOf(() => ask(server, { certificateFolders: [folders.path] }))).toMatchObject({
      code: 'registry-tls',
      message: expect.stringContaining('cannot be used') as string,
    });
  });

  test('an authority that cannot be read is said where it may be what is missing', async () => {
    await using server = await started({ tls: tls() });
    using folders = temporaryFolder();
    const place = folders.write(`${server.host}/odd.crt/inside`, '').replace('/inside', '');
    const certificateFolders = [folders.path];
    const failure = await failureOf(() => ask(server, { certificateFolders }));
    expect(failure.advice?.en).toContain(`${place} could not be read`);
    expect((await ask(server, { certificateFolders, authorityFile: authorityFile() })).mediaType).toBe(manifestType);
  });

  test('whoever is not on this machine is not asked without TLS', async () => {
    await using server = await started();
    const failure = await failureOf(() => ask(server, { endpoint: { local: false, plain: 'never' } }));
    expect(failure).toMatchObject({ code: 'registry-tls' });
    expect(server.requests).toEqual([]);
  });

  test('credentials go over plain HTTP only where that was asked for', async () => {
    const account = { username: 'me', password: 'hidden' };
    await using server = await started({ guard: { kind: 'basic', ...account } });
    const environment = { DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [server.host]: account } }) };
    const far = { local: false, plain: 'only', base: `http://${server.host}` } as const;
    expect(await failureOf(() => ask(server, { endpoint: far, environment }))).toMatchObject({
      code: 'registry-permission',
    });
    expect(server.requests.map(({ authorization }) => authorization)).toEqual([undefined]);
    await ask(server, { endpoint: { ...far, insecure: true }, environment });
  });

  test('a redirect away from TLS is refused', async () => {
    await using server = await started({ tls: tls() });
    server.fail('/1', redirect(`http://${server.host}/v2/`));
    const failure = await failureOf(() => ask(server, { authorityFile: authorityFile() }));
    expect(failure.message).toContain('a redirect away from TLS');
  });

  test('nobody is there', async () => {
    const server = await started();
    await server.close();
    expect(await failureOf(() => ask(server))).toMatchObject({
      code: 'registry-unreachable',
      message: `nothing listens at ${server.host}`,
    });
  });

  test('a proxy is gone through, with the same trust at its end', async () => {
    await using server = await started({ tls: tls() });
    await using proxy = await startProxy(server);
    const environment = { HTTPS_PROXY: proxy.address };
    const registry = 'registry.test';
    await ask(server, { registry, environment, authorityFile: authorityFile() });
    const credentials = `Basic ${Buffer.from('me:hidden').toString('base64')}`;
    expect(proxy.asked).toEqual([{ to: 'registry.test:443', credentials }]);
    expect(await failureOf(() => ask(server, { registry, environment }))).toMatchObject({ code: 'registry-tls' });
  });

  test('a proxy that refuses is said, without its password', async () => {
    await using server = await started({ tls: tls() });
    await using proxy = await startProxy(server, 407);
    const environment = { https_proxy: proxy.address };
    const failure = await failureOf(() => ask(server, { registry: 'registry.test', environment }));
    expect(failure).toMatchObject({ code: 'registry-unreachable' });
    expect(failure.message).toBe('the proxy does not connect to registry.test');
    expect(server.requests).toEqual([]);
  });
});
