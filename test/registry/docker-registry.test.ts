import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRegistryImage, type RegistryOptions } from '../../src/sources/image/registry/registry-image.ts';
import { hasOpenssl, makeCertificates } from '../certificates.ts';
import { failureOf } from '../failure.ts';
import { digestOf } from '../fake-registry.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { readLayers } from './read-image.ts';
import { pusher, type RealRegistry, startRealRegistry, whyNoRegistry } from './real-registry.ts';
import { startTokenServer, tokenAuthOf } from './token-server.ts';
import { writeImage } from './written-image.ts';

const reason = whyNoRegistry() ?? (hasOpenssl ? undefined : 'openssl is not installed');
const hasSkopeo = existsSync('/usr/bin/skopeo');
const indexType = 'application/vnd.oci.image.index.v1+json';
const dockerListType = 'application/vnd.docker.distribution.manifest.list.v2+json';
/** `me` and `pass:word`. */
const passwordLine = 'me:$2y$05$E1ub9v1.6kr7l0i4RAj6yOsm1ZL8jCVU3qQ8JOnJzr/MXwnV/7xPG\n';
const account = { username: 'me', password: 'pass:word' };

describe.skipIf(reason !== undefined)(`a real registry${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  let folder: TemporaryFolder;
  let registry: RealRegistry;
  const large = randomBytes(3_000_000).toString('hex');

  beforeAll(async () => {
    folder = temporaryFolder();
    registry = await startRealRegistry();
    const place = pusher(registry.host, 'shop/web');
    const both = async (docker: boolean) => [
      await writeImage(place, [{ files: { 'etc/a': 'amd64' } }, { files: { large } }], { docker, tag: 'one' }),
      await writeImage(
        place,
        [
          { files: { 'etc/a': 'arm64' }, compression: docker ? 'gzip' : 'zstd' },
          { files: { 'etc/b': 'plain' }, compression: docker ? 'gzip' : 'none' },
        ],
        { docker, architecture: 'arm64' },
      ),
    ];
    await place.manifest({ schemaVersion: 2, mediaType: indexType, manifests: await both(false) }, indexType, 'oci');
    const list = { schemaVersion: 2, mediaType: dockerListType, manifests: await both(true) };
    await place.manifest(list, dockerListType, 'docker');
  });

  afterAll(async () => {
    await registry?.[Symbol.asyncDispose]();
    folder?.[Symbol.dispose]();
  });

  async function opened(host: string, reference: string, options: Partial<RegistryOptions> = {}) {
    const spool = join(folder.path, 'spool');
    const image = await openRegistryImage(`${host}/${reference}`, {
      environment: {},
      home: folder.path,
      certificateFolders: [],
      spool,
      ...options,
    });
    return { ...image, [Symbol.asyncDispose]: image.close };
  }

  test.each(['oci', 'docker'])('an index in the format of %s, with an image for each platform', async (tag) => {
    await using mine = await opened(registry.host, `shop/web:${tag}`, { platform: 'amd64' });
    expect(await readLayers(mine)).toEqual([{ 'etc/a': 'amd64' }, { large: large.slice(0, 65_536) }]);
    await using other = await opened(registry.host, `shop/web:${tag}`, { platform: 'linux/arm64/v8' });
    expect(other.platform).toMatch(/^linux\/arm64/);
    expect(await readLayers(other)).toEqual([{ 'etc/a': 'arm64' }, { 'etc/b': 'plain' }]);
    const [digest = ''] = other.facts?.digests ?? [];
    await using same = await opened(registry.host, digest.replace(`${registry.host}/`, ''), { platform: 'arm64' });
    expect(same.facts?.id).toBe(other.facts?.id);
  });

  test('what is not there', async () => {
    const failure = await failureOf(() => opened(registry.host, 'shop/web:none'));
    expect(failure).toMatchObject({
      code: 'registry-not-found',
      message: `${registry.host} has no image shop/web:none`,
    });
    expect(await failureOf(() => opened(registry.host, 'nobody/nothing'))).toMatchObject({
      code: 'registry-not-found',
    });
  });

  test('a connection that breaks in the middle of a layer', async () => {
    const cuts: number[] = [];
    // Cuts the first connection that brings a lot.
    const server = createServer((near) => {
      const far = connect(Number(registry.host.split(':')[1]), '127.0.0.1');
      let bytes = 0;
      far.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > 1_000_000 && cuts.length === 0) {
          cuts.push(bytes);
          near.destroy();
          far.destroy();
        } else near.write(chunk);
      });
      near.pipe(far);
      for (const each of [near, far]) each.on('error', () => near.destroy()).on('close', () => far.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const clock = { now: () => 0, random: () => 0, sleep: () => Promise.resolve() };
    await using image = await opened(host, 'shop/web:one', { clock });
    expect(await readLayers(image)).toHaveLength(2);
    expect(cuts).toHaveLength(1);
    server.close();
  });

  test('basic authentication, over TLS with an own authority', async () => {
    const certificates = makeCertificates(join(folder.path, 'tls'));
    const path = folder.write('htpasswd', passwordLine);
    const tls = {
      certificate: join(certificates.folder, 'server-cert.pem'),
      key: join(certificates.folder, 'server-key.pem'),
    };
    const auth = { htpasswd: { realm: 'of a test, with a comma', path } };
    await using guarded = await startRealRegistry({ storage: registry.storage, auth, tls });
    const environment = { DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [guarded.host]: account } }) };
    const authority = join(certificates.folder, 'ca.pem');
    await using image = await opened(guarded.host, 'shop/web:one', { environment, authority });
    expect(await readLayers(image)).toHaveLength(2);
    const anonymous = await failureOf(() => opened(guarded.host, 'shop/web:one', { authority }));
    expect(anonymous).toMatchObject({ code: 'registry-permission' });
    expect(await failureOf(() => opened(guarded.host, 'shop/web:one'))).toMatchObject({ code: 'registry-tls' });
  });

  test('tokens, which the registry verifies', async () => {
    const certificates = makeCertificates(join(folder.path, 'tokens'));
    await using tokens = await startTokenServer(certificates, account, 300);
    const auth = tokenAuthOf(tokens, join(certificates.folder, 'ca.pem'));
    await using guarded = await startRealRegistry({ storage: registry.storage, auth });
    const environment = { DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [guarded.host]: account } }) };
    await using image = await opened(guarded.host, 'shop/web:one', { environment });
    expect(await readLayers(image)).toHaveLength(2);
    expect(tokens.given()).toBe(1);
    expect(await failureOf(() => opened(guarded.host, 'shop/web:one'))).toMatchObject({ code: 'registry-permission' });
  });

  /** Copies the image for amd64 under another tag, as skopeo writes it. */
  function copied(tag: string, ...options: readonly string[]): void {
    const at = `docker://${registry.host}/shop`;
    const insecure = ['--src-tls-verify=false', '--dest-tls-verify=false'];
    const which = ['--override-arch', 'amd64', '--override-os', 'linux'];
    const between = `oci:${join(folder.path, `layout-${tag}`)}:x`;
    const run = (...rest: readonly string[]) => {
      execFileSync('/usr/bin/skopeo', ['--insecure-policy', ...which, 'copy', ...insecure, ...rest], {
        stdio: 'pipe',
      });
    };
    run(`${at}/web:oci`, between);
    run(...options, between, `${at}/copy:${tag}`);
  }

  describe.skipIf(!hasSkopeo)(`images that skopeo pushed${hasSkopeo ? '' : ' (needs skopeo)'}`, () => {
    test.each([
      ['v2s2', ['--format', 'v2s2'], 'gzip'],
      ['zstd', ['--dest-compress-format', 'zstd'], 'zstd'],
      ['oci', ['--format', 'oci'], 'gzip'],
    ])('in the format %s', async (tag, options) => {
      copied(tag, ...options);
      await using image = await opened(registry.host, `shop/copy:${tag}`, { platform: 'amd64' });
      expect(await readLayers(image)).toEqual([{ 'etc/a': 'amd64' }, { large: large.slice(0, 65_536) }]);
      const raw = ['inspect', '--raw', '--tls-verify=false', `docker://${registry.host}/shop/copy:${tag}`];
      const manifest = execFileSync('/usr/bin/skopeo', raw);
      expect(image.facts?.digests).toEqual([`${registry.host}/shop/copy@${digestOf(manifest)}`]);
    });
  });

  test('nothing is left behind', () => {
    const spool = join(folder.path, 'spool');
    expect(existsSync(spool) ? readdirSync(spool) : []).toEqual([]);
  });
});
