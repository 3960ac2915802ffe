import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { failureOf } from '../../../../test/failure.ts';
import {
  basic,
  breakAfter,
  digestOf,
  type Fault,
  type FakeRegistry,
  hang,
  indexType,
  manifestType,
  redirect,
  refuse,
  say,
  startFakeRegistry,
} from '../../../../test/fake-registry.ts';
import { temporaryFolder } from '../../../../test/temporary-folder.ts';
import { fakeClock } from '../../../../test/waiting.ts';
import { parseImageReference } from '../../../model/image-reference.ts';
import { usualPatience } from '../../http/patience.ts';
import type { Descriptor } from '../blob-store.ts';
import type { BlobProgress } from './blob-stream.ts';
import { openRegistryStore, type RegistryStoreOptions } from './registry-store.ts';

/** Larger than what one connection must bring to count as a success. */
const layer = randomBytes(300_000);
const manifestOf = (registry: FakeRegistry, tag = '1') =>
  registry.manifest(
    { schemaVersion: 2, mediaType: manifestType, layers: [{ ...registry.blob(layer) }] },
    manifestType,
    tag,
  );

interface Circumstances extends Partial<RegistryStoreOptions> {
  readonly credentials?: Readonly<Record<string, unknown>>;
}

/** Opens `shop/web:1`, or what is said instead, at a registry on this machine. */
async function opened(registry: { readonly host: string } | string, circumstances: Circumstances = {}) {
  const { credentials = {}, ...options } = circumstances;
  const reference = parseImageReference(typeof registry === 'string' ? registry : `${registry.host}/shop/web:1`);
  if (!reference) throw new Error('no reference');
  const clock = fakeClock();
  const store = await openRegistryStore(reference, {
    surroundings: { environment: { DOCKER_AUTH_CONFIG: JSON.stringify(credentials) }, home: '/nonexistent' },
    certificateFolders: [],
    patience: usualPatience,
    clock,
    ...options,
  });
  return { ...store, clock, [Symbol.asyncDispose]: () => store.store.close() };
}

async function read({ store }: Awaited<ReturnType<typeof opened>>, descriptor: Pick<Descriptor, 'digest' | 'size'>) {
  const blob = await store.open({ mediaType: '', ...descriptor });
  const chunks: Buffer[] = [];
  for await (const chunk of blob?.chunks() ?? []) chunks.push(Buffer.from(chunk));
  await blob?.close();
  return Buffer.concat(chunks);
}

const layerDescriptor = { digest: digestOf(layer), size: layer.length };

test('a registry on this machine that speaks no TLS is asked without, and keeps its connection', async () => {
  await using registry = await startFakeRegistry();
  const manifest = manifestOf(registry);
  await using image = await opened(registry);
  expect(image.root).toMatchObject(manifest);
  expect(image.store.source).toBe(`${registry.host}/shop/web`);
  expect(await read(image, layerDescriptor)).toEqual(layer);
  expect(registry.requests.map(({ path }) => path)).toEqual([
    '/v2/shop/web/manifests/1',
    `/v2/shop/web/blobs/${layerDescriptor.digest}`,
  ]);
  expect(image.gaps).toEqual([]);
});

test('the manifest that was read is not asked for again, the others of an index are', async () => {
  await using registry = await startFakeRegistry();
  const manifest = manifestOf(registry, 'other');
  const index = registry.manifest({ schemaVersion: 2, manifests: [{ ...manifest }] }, indexType, '1');
  await using image = await opened(registry);
  expect(digestOf(await read(image, index))).toBe(index.digest);
  const inner = await image.store.open(manifest);
  expect(inner?.size).toBe(manifest.size);
  expect(registry.requests.map(({ path }) => path)).toEqual([
    '/v2/shop/web/manifests/1',
    `/v2/shop/web/manifests/${manifest.digest}`,
  ]);
  expect(await image.store.open({ ...manifest, digest: `sha256:${'0'.repeat(64)}` })).toBeUndefined();
});

test('a digest outranks the tag beside it, and must be that of the bytes', async () => {
  await using registry = await startFakeRegistry();
  const manifest = manifestOf(registry);
  await using image = await opened(`${registry.host}/shop/web:moved@${manifest.digest}`);
  expect(image.root.digest).toBe(manifest.digest);
  registry.fail(`/${manifest.digest}`, say('{"schemaVersion":2}', { 'content-type': manifestType }));
  const failure = await failureOf(() => opened(`${registry.host}/shop/web@${manifest.digest}`));
  expect(failure).toMatchObject({ code: 'registry-answer' });
  expect(failure.message).toContain('a manifest that does not have the digest that it should have');
});

const brokenManifests: readonly (readonly [string, Fault, string])[] = [
  [
    'is not what its header says',
    say('{}', { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }),
    'does not have the digest',
  ],
  ['is a page to log in', say('<html>', { 'content-type': 'text/html; charset=utf-8' }), 'a web page'],
  [
    'is of the first schema',
    say('x', { 'content-type': 'application/vnd.docker.distribution.manifest.v1+prettyjws' }),
    'first format',
  ],
  ['says that it is huge', say('', { 'content-length': '99999999' }), 'more than 4096 KiB'],
  ['is huge', say(Buffer.alloc(4 * 1024 * 1024 + 1)), 'more than 4096 KiB'],
  ['is not there', refuse(404), 'has no image shop/web:1'],
  ['is forbidden', refuse(403), 'refuses access (403)'],
  ['is a circle', redirect('/v2/shop/web/manifests/1'), 'more than 5 redirects'],
];

test.each(brokenManifests)('a manifest that %s is refused', async (_, fault, message) => {
  await using registry = await startFakeRegistry();
  registry.fail('/manifests/1', ...Array.from({ length: 10 }, () => fault));
  expect((await failureOf(() => opened(registry))).message).toContain(message);
});

test('a download that breaks goes on where it was', async () => {
  await using registry = await startFakeRegistry();
  manifestOf(registry);
  const steps: BlobProgress[] = [];
  await using image = await opened(registry, { progress: (step) => steps.push(step) });
  const end = layerDescriptor.digest;
  registry.fail(
    end,
    breakAfter(layer, 100_000),
    refuse(503),
    breakAfter(layer, 100_000),
    refuse(429, { 'retry-after': '7' }),
  );
  expect(await read(image, layerDescriptor)).toEqual(layer);
  expect(registry.requests.flatMap(({ range }) => range ?? [])).toEqual([
    'bytes=100000-',
    'bytes=100000-',
    'bytes=200000-',
    'bytes=200000-',
  ]);
  expect(image.clock.waits).toEqual([375, 750, 375, 7000]);
  expect(steps.at(-1)).toEqual({ digest: end, bytes: layer.length, size: layer.length });
});

test('a server that sends a byte now and then is given up', async () => {
  await using registry = await startFakeRegistry();
  manifestOf(registry);
  await using image = await opened(registry);
  const drip: Fault = (_, response) => {
    response.writeHead(200, { 'content-length': layer.length });
    response.write(layer.subarray(0, 1), () => {
      setTimeout(() => {
        image.clock.advance(61_000);
        response.write(layer.subarray(1, 2));
      }, 20);
    });
  };
  registry.fail(layerDescriptor.digest, ...Array.from({ length: 10 }, () => drip));
  await expect(read(image, layerDescriptor)).rejects.toThrow('2 bytes in 60 s, which is too slow');
});

test('a server that knows nothing of parts begins again, and what was read is passed over', async () => {
  await using registry = await startFakeRegistry();
  manifestOf(registry);
  await using image = await opened(registry);
  registry.fail(layerDescriptor.digest, breakAfter(layer, 123_456), say(layer));
  expect(await read(image, layerDescriptor)).toEqual(layer);
});

test('of a blob whose length nobody knows, the end is where the server ends', async () => {
  await using registry = await startFakeRegistry();
  manifestOf(registry);
  await using image = await opened(registry);
  expect(await read(image, { digest: layerDescriptor.digest })).toEqual(layer);
  expect(await read(image, registry.blob(Buffer.alloc(0)))).toHaveLength(0);
});

const brokenBlobs: readonly (readonly [string, readonly Fault[], string])[] = [
  ['ends too soon every time', Array.from({ length: 5 }, () => breakAfter(layer, 0)), 'broke'],
  ['comes one byte at a time', Array.from({ length: 9 }, () => breakAfter(layer, 1)), 'broke'],
  ['is too short', [say(layer.subarray(1), { 'content-length': '299999' })], '299999 bytes of a blob of 300000'],
  [
    'is too long',
    [say(Buffer.concat([layer, layer]), { 'content-length': '600000' })],
    '600000 bytes of a blob of 300000',
  ],
  [
    'is too long and does not say so',
    [(_, response) => void response.writeHead(200).end(Buffer.concat([layer, layer]))],
    'bytes of a blob of 300000',
  ],
  ['is a page', [say('<html>', { 'content-type': 'text/html' })], 'a web page'],
  [
    'is compressed on the way',
    [say('short', { 'content-encoding': 'gzip', 'content-length': '5' })],
    'in an encoding that was not asked for',
  ],
  ['is a part when all was asked for', [say('x', { 'content-range': 'bytes 0-0/300000' }, 206)], 'another part'],
  [
    'is another part',
    [breakAfter(layer, 100_000), say('x', { 'content-range': 'bytes 5-5/300000' }, 206)],
    'another part than was asked for',
  ],
  [
    'is a part of something else',
    [breakAfter(layer, 100_000), say('x', { 'content-range': 'bytes 100000-100000/7' }, 206)],
    '7 bytes of a blob of 300000',
  ],
  ['fails for good', [refuse(404)], `lacks ${digestOf(layer)}, which the image is made of`],
  ['fails again and again', Array.from({ length: 5 }, () => refuse(502)), 'status 502'],
  ['is to be had in an hour', [refuse(429, { 'retry-after': '3600' })], 'takes none for 3600 s'],
];

test.each(brokenBlobs)('a blob that %s is refused', async (_, faults, message) => {
  await using registry = await startFakeRegistry();
  manifestOf(registry);
  await using image = await opened(registry);
  registry.fail(layerDescriptor.digest, ...faults);
  const { message: said, code } = await failureOf(() => read(image, layerDescriptor));
  expect(said).toContain(message);
  expect(code).toMatch(/^registry-/);
  // None of the faults is left: it was given up after the last.
  expect(registry.requests.filter(({ path }) => path.endsWith(layerDescriptor.digest)).length).toBeLessThanOrEqual(6);
});

test('a server that falls silent is given up, a reader that takes his time is not', async () => {
  await using registry = await startFakeRegistry();
  manifestOf(registry);
  const patience = { ...usualPatience, idle: 400, tries: 2 };
  await using image = await opened(registry, { patience });
  registry.fail(layerDescriptor.digest, hang, (_, response) => {
    response.writeHead(200, { 'content-length': layer.length });
    response.write('begun');
  });
  expect((await failureOf(() => read(image, layerDescriptor))).message).toContain('was silent for 0.4 s');
  const blob = await image.store.open({ mediaType: '', ...layerDescriptor });
  let bytes = 0;
  for await (const chunk of blob?.chunks() ?? []) {
    if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 900));
    bytes += chunk.length;
  }
  expect(bytes).toBe(layer.length);
  expect(registry.requests.filter(({ path }) => path.endsWith(layerDescriptor.digest))).toHaveLength(3);
});

test('who has read enough ends the download', async () => {
  await using registry = await startFakeRegistry();
  const large = Buffer.alloc(50_000_000);
  manifestOf(registry);
  const descriptor = registry.blob(large);
  await using image = await opened(registry);
  const blob = await image.store.open(descriptor);
  let bytes = 0;
  for await (const chunk of blob?.chunks() ?? []) {
    bytes += chunk.length;
    break;
  }
  expect(bytes).toBeLessThan(1_000_000);
  expect(await read(image, layerDescriptor)).toEqual(layer);
});

const account = { username: 'me', password: 'pass:word' };
const credentialsFor = (registry: { readonly host: string }, entry: object) => ({ auths: { [registry.host]: entry } });

test('basic: shown only when it is asked for, and from then on with every request', async () => {
  await using registry = await startFakeRegistry({ guard: { kind: 'basic', ...account } });
  manifestOf(registry);
  await using image = await opened(registry, { credentials: credentialsFor(registry, account) });
  expect(await read(image, layerDescriptor)).toEqual(layer);
  const shown = basic(account);
  expect(registry.requests.map(({ authorization }) => authorization)).toEqual([undefined, shown, shown]);
});

test('basic: wrong credentials are named by their place, and never repeated', async () => {
  await using registry = await startFakeRegistry({ guard: { kind: 'basic', ...account } });
  manifestOf(registry);
  const wrong = { username: 'me', password: 'hidden' };
  const failure = await failureOf(() => opened(registry, { credentials: credentialsFor(registry, wrong) }));
  expect(failure).toMatchObject({ code: 'registry-permission' });
  expect(failure.advice?.en).toContain('DOCKER_AUTH_CONFIG');
  expect(JSON.stringify(failure) + failure.message + failure.advice?.en).not.toMatch(/hidden|bWU6/);
  expect(registry.requests).toHaveLength(2);
});

test('a registry that wants to know who asks, where nobody is logged in', async () => {
  await using registry = await startFakeRegistry({ guard: { kind: 'basic', ...account } });
  const failure = await failureOf(() => opened(registry));
  expect(failure).toMatchObject({ code: 'registry-permission' });
  expect(failure.advice?.en).toContain('docker login');
  const unreadable = { environment: { REGISTRY_AUTH_FILE: '/nonexistent/auth.json' }, home: '/nonexistent' };
  const other = await failureOf(() => opened(registry, { surroundings: unreadable }));
  expect(other.advice?.en).toContain('/nonexistent/auth.json could not be read');
});

test('token: anonymous, for one repository, used until it is no longer valid', async () => {
  await using registry = await startFakeRegistry({ guard: { kind: 'token', life: 300 } });
  manifestOf(registry);
  await using image = await opened(registry);
  await read(image, layerDescriptor);
  await read(image, layerDescriptor);
  const tokenRequests = () => registry.requests.filter(({ path }) => path.startsWith('/token'));
  expect(tokenRequests()).toMatchObject([
    { path: '/token?service=fake%2C+registry&scope=repository%3Ashop%2Fweb%3Apull', authorization: undefined },
  ]);
  image.clock.advance(301_000);
  await read(image, layerDescriptor);
  expect(tokenRequests()).toHaveLength(2);
});

test('token: one that the registry no longer takes is fetched anew, in the middle of a download too', async () => {
  await using registry = await startFakeRegistry({ guard: { kind: 'token', account } });
  manifestOf(registry);
  await using image = await opened(registry, { credentials: credentialsFor(registry, account) });
  registry.fail(layerDescriptor.digest, (request, response, proceed) => {
    breakAfter(layer, 100_000)(request, response, proceed);
    registry.forgetTokens();
  });
  expect(await read(image, layerDescriptor)).toEqual(layer);
  const parts = registry.requests.filter(({ range }) => range !== undefined);
  expect(parts).toHaveLength(2);
  expect(parts[0]?.authorization).not.toBe(parts[1]?.authorization);
});

test('token: requests at the same time share one', async () => {
  await using registry = await startFakeRegistry({ guard: { kind: 'token' } });
  manifestOf(registry);
  await using image = await opened(registry);
  registry.forgetTokens();
  const before = registry.requests.filter(({ path }) => path.startsWith('/token')).length;
  await Promise.all([1, 2, 3].map(() => read(image, layerDescriptor)));
  expect(registry.requests.filter(({ path }) => path.startsWith('/token')).length).toBe(before + 1);
});

test('token: an identity token is posted, a registry token is shown as it is', async () => {
  await using registry = await startFakeRegistry({ guard: { kind: 'token', account, identityToken: 'renew' } });
  manifestOf(registry);
  await using image = await opened(registry, { credentials: credentialsFor(registry, { identitytoken: 'renew' }) });
  expect(registry.requests.filter(({ method }) => method === 'POST')).toMatchObject([{ path: '/token' }]);
  const given = registry.requests.at(-1)?.authorization?.replace('Bearer ', '');
  await using direct = await opened(registry, { credentials: credentialsFor(registry, { registrytoken: given }) });
  expect(direct.root).toEqual(image.root);
});

test('token: one with a line feed is said, and not shown', async () => {
  await using registry = await startFakeRegistry({ guard: { kind: 'token' } });
  const credentials = { auths: { [registry.host]: { registrytoken: 'hidden\ntoken' } } };
  const error = await failureOf(() => opened(registry, { credentials }));
  expect([error.code, error.text.en]).toEqual(['configuration', expect.stringContaining('DOCKER_AUTH_CONFIG')]);
  expect(JSON.stringify([error.text, error.advice])).not.toContain('hidden');
});

test('token: a server that refuses, and one that never stops asking', async () => {
  await using registry = await startFakeRegistry({ guard: { kind: 'token', account } });
  manifestOf(registry);
  const wrong = { username: 'me', password: 'hidden' };
  const failure = await failureOf(() => opened(registry, { credentials: credentialsFor(registry, wrong) }));
  expect(failure).toMatchObject({ code: 'registry-permission' });
  expect(failure.message).not.toContain('hidden');
  registry.fail(
    '/1',
    ...Array.from({ length: 20 }, () =>
      refuse(401, { 'www-authenticate': `Bearer realm="http://${registry.host}/token"` }),
    ),
  );
  const before = registry.requests.length;
  const endless = await failureOf(() => opened(registry, { credentials: credentialsFor(registry, account) }));
  expect(endless).toMatchObject({ code: 'registry-permission' });
  expect(registry.requests.length - before).toBe(5);
});

test('where the bytes are kept is not shown who asks, not even when it wants to know', async () => {
  await using registry = await startFakeRegistry({ guard: { kind: 'basic', ...account } });
  await using storage = await startFakeRegistry({ guard: { kind: 'basic', ...account } });
  manifestOf(registry);
  storage.blob(layer);
  await using image = await opened(registry, { credentials: credentialsFor(registry, account) });
  const there = `http://${storage.host}/v2/x/blobs/${layerDescriptor.digest}?signature=hidden`;
  registry.fail(layerDescriptor.digest, redirect(there));
  storage.fail(layerDescriptor.digest, say(layer));
  expect(await read(image, layerDescriptor)).toEqual(layer);
  registry.fail(layerDescriptor.digest, redirect(there));
  const failure = await failureOf(() => read(image, layerDescriptor));
  expect(failure.message).toBe(`${storage.host} refuses access (401): UNAUTHORIZED`);
  expect(storage.requests.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
});

test('mirrors are asked in their order, and the first that has the image is said to have named it', async () => {
  await using broken = await startFakeRegistry();
  await using mirror = await startFakeRegistry();
  const manifest = manifestOf(mirror);
  broken.fail('/manifests/1', refuse(500));
  const mirrors = [`http://${broken.host}`, `http://${mirror.host}/`];
  await using image = await opened('docker.io/shop/web:1', { mirrors });
  expect(image.root.digest).toBe(manifest.digest);
  expect(image.gaps).toMatchObject([{ source: 'registry', path: mirror.host }]);
  expect(await read(image, layerDescriptor)).toEqual(layer);
  expect(broken.requests).toHaveLength(1);
  expect(image.clock.waits).toEqual([]);
  await using sure = await opened(`docker.io/shop/web@${manifest.digest}`, { mirrors });
  expect(sure.gaps).toEqual([]);
});

test('a download that one mirror breaks off for good goes on at the next', async () => {
  await using first = await startFakeRegistry();
  await using second = await startFakeRegistry();
  manifestOf(first);
  manifestOf(second);
  await using image = await opened('docker.io/shop/web:1', {
    mirrors: [`http://${first.host}`, `http://${second.host}`],
  });
  first.fail(layerDescriptor.digest, breakAfter(layer, 100_000), refuse(404));
  expect(await read(image, layerDescriptor)).toEqual(layer);
  expect(second.requests.map(({ range }) => range)).toEqual(['bytes=100000-']);
});

test('a mirror is shown its own credentials only, and none of Docker Hub', async () => {
  await using mirror = await startFakeRegistry({ guard: { kind: 'basic', ...account } });
  manifestOf(mirror);
  const hub = { 'https://index.docker.io/v1/': { username: 'hub', password: 'hidden' } };
  const credentials = { auths: { ...hub, [mirror.host]: account } };
  await using image = await opened('docker.io/shop/web:1', { mirrors: [`http://${mirror.host}`], credentials });
  expect(image.root.mediaType).toBe(manifestType);
  expect(mirror.requests.map(({ authorization }) => authorization)).toEqual([undefined, basic(account)]);
});

test('an own authority that cannot be read is said at once', async () => {
  using folder = temporaryFolder();
  const failure = await failureOf(() => opened('registry.example/web', { authorityFile: `${folder.path}/none.pem` }));
  expect(failure).toMatchObject({ code: 'file-unreadable' });
});

test('a server that goes over to another protocol is refused', async () => {
  await using registry = await startFakeRegistry();
  manifestOf(registry);
  registry.fail('/manifests/1', (_, { socket }) => {
    socket?.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
  });
  const error = await failureOf(() => opened(registry));
  expect([error.code, error.text.en]).toEqual(['registry-answer', expect.stringContaining('another protocol')]);
});

test('a connection that breaks before its answer is read is no end of everything', async () => {
  await using registry = await startFakeRegistry({ guard: { kind: 'token' } });
  manifestOf(registry);
  // The registry says no and goes, while a token is fetched.
  registry.fail('/manifests/1', (_, response) => {
    const realm = `Bearer realm="http://${registry.host}/token"`;
    response.writeHead(401, { 'www-authenticate': realm, 'content-length': '1000' });
    response.write('begun', () => setImmediate(() => response.socket?.destroy()));
  });
  await using image = await opened(registry);
  expect(image.root.mediaType).toBe(manifestType);
});
