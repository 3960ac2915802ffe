import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failureOf } from '../../../../test/failure.ts';
import { breakAfter, type FakeRegistry, indexType, say, startFakeRegistry } from '../../../../test/fake-registry.ts';
import { readLayers } from '../../../../test/registry/read-image.ts';
import { type Descriptor, writeImage } from '../../../../test/registry/written-image.ts';
import { temporaryFolder } from '../../../../test/temporary-folder.ts';
import { fakeClock } from '../../../../test/waiting.ts';
import type { BlobProgress } from './blob-stream.ts';
import { openRegistryImage, type RegistryOptions } from './registry-image.ts';

async function opened(registry: FakeRegistry, reference: string, options: Partial<RegistryOptions> = {}) {
  const spool = temporaryFolder();
  const image = await openRegistryImage(`${registry.host}/${reference}`, {
    environment: {},
    home: '/nonexistent',
    certificateFolders: [],
    spool: spool.path,
    clock: fakeClock(),
    ...options,
  });
  const stop = async () => {
    await image.close();
    expect(readdirSync(spool.path)).toEqual([]);
    spool[Symbol.dispose]();
  };
  return { ...image, [Symbol.asyncDispose]: stop };
}

test('an image with its layers, however they are compressed, and what reports say of it', async () => {
  await using registry = await startFakeRegistry();
  const written = await writeImage(
    registry,
    [
      { files: { 'etc/a': 'first' }, compression: 'gzip' },
      { files: { 'etc/b': 'second' }, compression: 'zstd' },
      { files: { 'etc/c': 'third' }, compression: 'none' },
    ],
    { tag: '1' },
  );
  await using image = await opened(registry, 'shop/web:1');
  expect(image).toMatchObject({
    kind: 'registry',
    name: `${registry.host}/shop/web:1`,
    source: `${registry.host}/shop/web`,
    platform: 'linux/amd64',
    gaps: [],
    facts: {
      tags: [`${registry.host}/shop/web:1`],
      digests: [`${registry.host}/shop/web@${written.digest}`],
      configuration: { labels: { of: 'amd64' } },
      history: { known: true, source: 'registry' },
    },
  });
  expect(image.layers.map(({ createdBy }) => createdBy)).toEqual(['COPY layer 0', 'COPY layer 1', 'COPY layer 2']);
  const contents = [{ 'etc/a': 'first' }, { 'etc/b': 'second' }, { 'etc/c': 'third' }];
  expect(await readLayers(image)).toEqual(contents);
  // A layer may be read again.
  expect(await readLayers(image)).toEqual(contents);
});

test('of an index the image for a platform', async () => {
  await using registry = await startFakeRegistry();
  const manifests: Descriptor[] = [];
  for (const architecture of ['amd64', 'arm64']) {
    manifests.push(await writeImage(registry, [{ files: { 'bin/web': architecture } }], { architecture }));
  }
  const index = registry.manifest({ schemaVersion: 2, mediaType: indexType, manifests }, indexType, '1');
  await using image = await opened(registry, 'shop/web:1', { platform: 'linux/arm64' });
  expect(image.platform).toBe('linux/arm64');
  expect(image.facts?.digests).toEqual([`${registry.host}/shop/web@${index.digest}`]);
  expect(await readLayers(image)).toEqual([{ 'bin/web': 'arm64' }]);
  // Only what was chosen was fetched.
  expect(registry.requests.some(({ path }) => path.includes(manifests[0]?.digest ?? ''))).toBe(false);
  const failure = await failureOf(() => opened(registry, 'shop/web:1', { platform: 'linux/s390x' }));
  expect(failure.advice?.en).toContain('linux/amd64, linux/arm64');
});

test('a foreign layer is named, and its address is never asked', async () => {
  await using registry = await startFakeRegistry();
  await using elsewhere = await startFakeRegistry();
  const mediaType = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
  const urls = [`http://${elsewhere.host}/layer`];
  await writeImage(registry, [{ files: { a: 'far' }, mediaType, urls }, { files: { b: 'near' } }], { tag: '1' });
  await using image = await opened(registry, 'shop/web:1');
  expect(await readLayers(image)).toEqual([expect.stringContaining('foreign'), { b: 'near' }]);
  expect(elsewhere.requests).toEqual([]);
});

test('a layer whose bytes were changed on the way is not taken for part of the image', async () => {
  await using registry = await startFakeRegistry();
  await writeImage(registry, [{ files: { 'etc/a': 'true' }, compression: 'none' }], { tag: '1' });
  await using image = await opened(registry, 'shop/web:1');
  const layer = registry.requests.length;
  expect(await readLayers(image)).toHaveLength(1);
  const path = registry.requests[layer]?.path ?? '';
  registry.fail(path, (_, response) => {
    const bytes = Buffer.alloc(2048);
    response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  });
  expect(await failureOf(() => readLayers(image))).toMatchObject({ code: 'image-digest' });
});

test('a configuration that is another one is refused', async () => {
  await using registry = await startFakeRegistry();
  await writeImage(registry, [{ files: { a: 'a' } }], { tag: '1' });
  await using image = await opened(registry, 'shop/web:1');
  const id = image.facts?.id ?? '';
  registry.fail(id, say('{}', { 'content-length': '2' }));
  expect((await failureOf(() => opened(registry, 'shop/web:1'))).message).toContain('2 bytes of a blob of');
});

test('a layer that breaks off goes on, and its progress is told', async () => {
  await using registry = await startFakeRegistry();
  const text = 'x'.repeat(300_000);
  await writeImage(registry, [{ files: { large: text }, compression: 'none' }], { tag: '1' });
  const steps: BlobProgress[] = [];
  await using image = await opened(registry, 'shop/web:1', { progress: (step) => steps.push(step) });
  await readLayers(image);
  const { digest = '', bytes } = steps.at(-1) ?? {};
  expect(bytes).toBeGreaterThan(300_000);
  registry.fail(digest, breakAfter(Buffer.alloc(bytes ?? 0), 0));
  const [layer] = await readLayers(image);
  expect(layer).toMatchObject({ large: text.slice(0, 65_536) });
});

test('what is no image is said, and a manifest of 2013', async () => {
  await using registry = await startFakeRegistry();
  const config = registry.blob(Buffer.from('{}'), 'application/vnd.cncf.helm.config.v1+json');
  const type = 'application/vnd.oci.image.manifest.v1+json';
  registry.manifest({ schemaVersion: 2, config: { ...config }, layers: [] }, type, 'chart');
  registry.manifest({ schemaVersion: 1, fsLayers: [] }, 'application/json', 'old');
  expect((await failureOf(() => opened(registry, 'shop/web:chart'))).message).toContain('it is no container image');
  expect((await failureOf(() => opened(registry, 'shop/web:old'))).message).toContain('first format');
});

test.each(['Shop/Web', 'a b', '../etc', 'a@sha256:12', `sha256:${'0'.repeat(64)}`, ''])(
  '"%s" is no name',
  async (name) => {
    const options = { environment: {}, home: '/nonexistent', spool: '/nonexistent' };
    expect(await failureOf(() => openRegistryImage(name, options))).toMatchObject({ code: 'usage' });
  },
);
