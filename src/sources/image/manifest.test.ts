import { anything, assert, json, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../test/failure.ts';
import { PlimsollError } from '../../model/error.ts';
import { isAttestation, readManifest } from './manifest.ts';
import { whyUnread } from './manifest-layer.ts';
import { parsePlatform, platformDistance, platformText } from './manifest-platform.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 7 };

function read(value: unknown) {
  return readManifest(Buffer.from(JSON.stringify(value)), 'here');
}

test('an index, with what it says of each image', () => {
  const index = read({
    manifests: [
      {
        mediaType: 'Application/vnd.oci.image.manifest.v1+json; charset=utf-8',
        digest,
        size: 3,
        platform: { os: 'linux', architecture: 'arm', variant: 'v6' },
        annotations: { a: 'b', __proto__: 'x' },
      },
      { digest, platform: { os: 'unknown', architecture: 'unknown' } },
      { digest, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
    ],
  });
  expect(index).toMatchObject({
    kind: 'index',
    manifests: [
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest,
        size: 3,
        platform: { os: 'linux', architecture: 'arm', variant: 'v6' },
        annotations: new Map([['a', 'b']]),
      },
      {},
      {},
    ],
  });
  expect(index.kind === 'index' && index.manifests.map(isAttestation)).toEqual([false, true, true]);
});

test('a manifest', () => {
  expect(read({ schemaVersion: 2, config, layers: [{ digest, urls: ['https://elsewhere.example/'] }] })).toMatchObject({
    kind: 'manifest',
    config: { digest, size: 7 },
    layers: [{ mediaType: '', urls: ['https://elsewhere.example/'] }],
  });
});

function isReadOrRefused(text: string): boolean {
  try {
    return readManifest(Buffer.from(text), 'here').kind !== undefined;
  } catch (error) {
    return error instanceof PlimsollError;
  }
}

describe('what is none is refused', () => {
  test.each([
    ['the first schema', { schemaVersion: 1, fsLayers: [], history: [] }, /first format/],
    ['what could be both', { config, layers: [], manifests: [] }, /could be taken for/],
    [
      'neither',
      { schemaVersion: 2, mediaType: 'application/vnd.example' },
      /no container image, but application\/vnd\.example/,
    ],
    ['no object', [], /no JSON/],
    ['no configuration', { layers: [] }, /no container image/],
    ['a digest that leads elsewhere', { config, layers: [{ digest: 'sha256:../../etc/passwd' }] }, /no digest/],
    ['a digest of another length', { config, layers: [{ digest: `sha512:${'a'.repeat(64)}` }] }, /no digest/],
    ['a digest of an unknown kind', { manifests: [{ digest: `md5:${'a'.repeat(32)}` }] }, /no digest/],
    ['too many layers', { config, layers: Array.from({ length: 1001 }, () => config) }, /1001 layers/],
  ])('%s', async (_, value, message) => {
    const error = await failureOf(() => read(value));
    expect(error.code).toBe('image-unreadable');
    expect(error.message).toMatch(message);
  });

  test('whatever bytes it is given', () => {
    assert(property(string(), isReadOrRefused));
    assert(property(json(), isReadOrRefused));
    assert(
      property(anything(), (value) =>
        isReadOrRefused(JSON.stringify({ config, layers: [value], manifests: value }) ?? ''),
      ),
    );
  });
});

describe('layers that are not read', () => {
  const oci = 'application/vnd.oci.image.layer.v1.tar';
  const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
  test.each([
    [oci, true, undefined],
    [`${oci}+gzip`, undefined, undefined],
    [`${oci}+zstd`, true, undefined],
    ['application/vnd.docker.image.rootfs.diff.tar.gzip', true, undefined],
    ['', true, undefined],
    [`${oci}+gzip+encrypted`, true, 'encrypted'],
    [foreign, undefined, 'foreign'],
    [foreign, true, undefined],
    ['application/vnd.oci.image.layer.nondistributable.v1.tar+gzip', false, 'foreign'],
    [oci, false, 'missing'],
    ['application/vnd.in-toto+json', true, 'application/vnd.in-toto+json'],
    ['application/wasm', true, 'application/wasm'],
  ])('%s, there: %s: %s', (mediaType, isThere, reason) => {
    const urls = mediaType.includes('foreign') ? ['https://elsewhere.example/'] : [];
    const unread = whyUnread({ mediaType, digest, annotations: new Map(), urls }, isThere, 'file');
    expect(unread?.reason.en ?? '').toContain(reason ?? '');
    expect(unread === undefined).toBe(reason === undefined);
  });
});

describe('platforms', () => {
  test.each([
    ['linux/amd64', 'linux/amd64'],
    ['amd64', 'linux/amd64'],
    ['x86_64', 'linux/amd64'],
    ['Linux/X86-64', 'linux/amd64'],
    ['aarch64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm64/8', 'linux/arm64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['armhf', 'linux/arm/v7'],
    ['linux/arm', 'linux/arm/v7'],
    ['armel', 'linux/arm/v6'],
    ['i686', 'linux/386'],
    ['macos/arm64', 'darwin/arm64'],
  ])('%s is %s', (written, normal) => {
    expect(platformText(parsePlatform(written))).toBe(normal);
  });

  test.each([[''], ['linux/'], ['a/b/c/d'], ['linux/amd64;x']])('%s is none', async (text) => {
    expect((await failureOf(() => parsePlatform(text))).code).toBe('usage');
  });

  test.each([
    ['linux/amd64', 'linux/amd64', 0],
    ['linux/amd64', 'linux/arm64', undefined],
    ['linux/amd64', 'windows/amd64', undefined],
    ['linux/amd64', 'linux/amd64/v2', undefined],
    ['linux/amd64/v3', 'linux/amd64', 2],
    ['linux/arm/v7', 'linux/arm/v6', 1],
    ['linux/arm/v6', 'linux/arm/v7', undefined],
    ['linux/arm64', 'linux/arm64/v8', 0],
    ['linux/arm64/v9', 'linux/arm64', 1],
    ['linux/riscv64', 'linux/riscv64', 0],
  ])('on %s an image for %s: %s', (wanted, offered, distance) => {
    expect(platformDistance(parsePlatform(wanted), parsePlatform(offered))).toBe(distance);
  });
});
