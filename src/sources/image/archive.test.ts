import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { array, assert, asyncProperty, nat, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../test/failure.ts';
import {
  addImage,
  addIndex,
  configurationOf,
  digestOf,
  layerOf,
  type LayoutImage,
  layoutFiles,
  layoutMembers,
  layoutOf,
  type MadeLayout,
  savedMembers,
} from '../../../test/image-archive.ts';
import { chunksOf, rememberingVisitor } from '../../../test/shown-layer.ts';
import { tarOf, type WrittenMember } from '../../../test/tar-writer.ts';
import { temporaryFolder } from '../../../test/temporary-folder.ts';
import { PlimsollError } from '../../model/error.ts';
import type { OpenedImage } from '../../model/opened-image.ts';
import { openArchive } from './archive.ts';
import { streamSavedImage } from './archive-stream.ts';
import { openLayout } from './oci-layout.ts';

const base = layerOf({ path: 'etc/', type: '5' }, { path: 'etc/os-release', content: 'ID=debian' });
const top = layerOf({ path: 'srv/', type: '5' }, { path: 'srv/app', content: 'app' }, { path: 'etc/.wh.os-release' });
const shop = {
  layers: [base, top],
  history: [
    { created_by: 'ADD base', created: '2026-04-01T00:00:00Z' },
    { created_by: 'ENV A=b', empty_layer: true },
    { created_by: 'RUN /bin/sh -c echo app > /srv/app # buildkit', comment: 'buildkit.dockerfile.v0' },
  ],
  config: { User: 'app', Labels: { a: 'b' } },
};

/** What an image shows, layer by layer. */
async function shownBy(image: OpenedImage) {
  const layers = [];
  for (const { source, unread, ...layer } of image.layers) {
    const shown = rememberingVisitor();
    await source?.read(shown.visitor);
    layers.push({
      ...layer,
      ...(unread ? { unread: unread.reason.en } : {}),
      paths: shown.entries.map(({ path }) => path),
      removed: shown.removed,
      gaps: shown.gaps.map(({ reason }) => reason.en),
      isByPlace: source?.open !== undefined,
    });
  }
  return layers;
}

interface Opening {
  readonly image?: string;
  readonly platform?: string;
}

async function withArchive<T>(
  bytes: Buffer,
  options: Opening,
  use: (image: OpenedImage) => T | Promise<T>,
): Promise<T> {
  using folder = temporaryFolder();
  const spool = join(folder.path, 'cache', 'spool');
  const opened = await openArchive(folder.write('shop.tar', bytes), { spool, ...options });
  try {
    return await use(opened);
  } finally {
    await opened.close();
    // Nothing is left behind.
    expect(filesBelow(spool)).toEqual([]);
  }
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const readLayers = (bytes: Buffer, options: Opening = {}) => withArchive(bytes, options, shownBy);

const expected = [
  { digest: digestOf(base), createdBy: 'ADD base', paths: ['etc', 'etc/os-release'], removed: [] },
  {
    digest: digestOf(top),
    createdBy: 'RUN /bin/sh -c echo app > /srv/app # buildkit',
    paths: ['srv', 'srv/app'],
    removed: ['etc/os-release'],
  },
];

const saved = tarOf(savedMembers([{ ...shop, tags: ['shop:1', 'shop:latest'] }]));
const named = { ...shop, annotations: { 'io.containerd.image.name': 'docker.io/library/shop:1' } };
const layout = tarOf(layoutMembers(layoutOf(named)));

describe('what docker save writes', () => {
  test('the configuration, its history and every layer', async () => {
    await withArchive(saved, {}, async (image) => {
      expect(image).toMatchObject({
        kind: 'archive',
        platform: 'linux/amd64',
        gaps: [],
        facts: {
          id: digestOf(configurationOf(shop)),
          tags: ['shop:1', 'shop:latest'],
          created: Date.UTC(2026, 4, 1, 10),
          configuration: { user: 'app', labels: { a: 'b' }, command: ['/bin/sh'] },
          layers: [digestOf(base), digestOf(top)],
          history: {
            known: true,
            value: [
              { createdBy: 'ADD base', size: base.length, created: Date.UTC(2026, 3, 1) },
              { createdBy: 'ENV A=b', size: 0 },
              { comment: 'buildkit.dockerfile.v0', size: top.length, script: {} },
            ],
          },
        },
      });
      expect(await shownBy(image)).toMatchObject(expected);
      const app = image.layers[1]?.source?.open?.('srv/app');
      expect(app?.read(0, 10).toString()).toBe('app');
      app?.close();
    });
  });

  test.each([
    ['as it is', saved],
    ['gzip', gzipSync(saved)],
    ['zstd', zstdCompressSync(saved)],
    ['a layout', layout],
    ['a layout, gzip', gzipSync(layout)],
    // Since version 25 both are there.
    ['both', tarOf([...layoutMembers(layoutOf(named)), ...savedMembers([{ ...shop, tags: ['shop:1'] }])])],
  ])('the same from every form: %s', async (_, bytes) => {
    const layers = await readLayers(bytes);
    expect(layers).toMatchObject(expected);
    expect(layers.every(({ isByPlace }) => isByPlace)).toBe(true);
  });

  test('a layer that is a link to the same one of another image', async () => {
    const two = savedMembers([
      { ...shop, tags: ['shop:1'] },
      { layers: [base], tags: ['base:1'] },
    ]);
    expect(two.some(({ type }) => type === '2')).toBe(true);
    expect(await readLayers(tarOf(two), { image: 'base:1' })).toMatchObject([{ paths: ['etc', 'etc/os-release'] }]);
  });

  test.each([
    ['docker.io/library/shop:1', 2],
    ['shop:1', 2],
    ['base', 1],
    [digestOf(configurationOf({ layers: [base] })), 1],
    [digestOf(configurationOf({ layers: [base] })).slice(7, 19), 1],
  ])('one of several, by the name %s', async (image, count) => {
    const two = tarOf(
      savedMembers([
        { ...shop, tags: ['shop:1'] },
        { layers: [base], tags: ['base:latest'] },
      ]),
    );
    expect(await readLayers(two, { image })).toHaveLength(count);
  });

  test('several, and none was named', async () => {
    const two = tarOf(savedMembers([{ ...shop, tags: ['shop:1', 'shop:2'] }, { layers: [base] }]));
    const error = await failureOf(() => readLayers(two));
    expect(error.advice?.en).toContain(`shop:1, shop:2, ${digestOf(configurationOf({ layers: [base] }))}`);
    const other = await failureOf(() => readLayers(two, { image: 'cart:1' }));
    expect(other.code).toBe('image-not-found');
  });

  test('for another platform', async () => {
    expect((await failureOf(() => readLayers(saved, { platform: 'arm64' }))).advice?.en).toContain('linux/amd64');
    expect(await readLayers(saved, { platform: 'x86_64' })).toHaveLength(2);
    const arm = tarOf(
      savedMembers([{ layers: [base], platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } }]),
    );
    // The only one there is, whatever this machine is.
    expect(await withArchive(arm, {}, ({ platform }) => platform)).toBe('linux/arm64');
  });

  test('steps that do not fit the layers tell nothing of them', async () => {
    const odd = tarOf(savedMembers([{ layers: [base, top], history: [{ created_by: 'only one' }] }]));
    expect((await readLayers(odd)).map(({ createdBy }) => createdBy)).toEqual([undefined, undefined]);
  });

  test('layers that are compressed, and one that is missing', async () => {
    const members = savedMembers([shop]).map((each) =>
      each.content === base ? { ...each, content: gzipSync(base) } : each,
    );
    const layers = await readLayers(tarOf(members.filter(({ content }) => content !== top)));
    expect(layers[0]).toMatchObject(expected[0] ?? {});
    expect(layers[1]).toMatchObject({ unread: 'the layer is missing', paths: [] });
  });
});

test('the archive of a root file system is one layer without a configuration', async () => {
  const root = tarOf([
    { path: 'etc/passwd', content: 'root' },
    { path: 'manifest.json', content: '{"name":"an app"}' },
  ]);
  await withArchive(gzipSync(root), {}, async (image) => {
    expect(image.facts).toBeUndefined();
    expect(await shownBy(image)).toMatchObject([{ paths: ['etc/passwd', 'manifest.json'], gaps: [] }]);
  });
  expect((await failureOf(() => readLayers(root, { image: 'shop' }))).code).toBe('image-not-found');
});

test('an app may have a large manifest of its own', async () => {
  const root = tarOf([{ path: 'manifest.json', content: `[${' '.repeat(5 * 1024 ** 2)}]` }]);
  expect(await readLayers(root)).toMatchObject([{ paths: ['manifest.json'] }]);
});

describe('an archive that has both forms', () => {
  test('the id is known to the older one only', async () => {
    const both = tarOf([...layoutMembers(layoutOf(named)), ...savedMembers([{ ...shop, tags: ['shop:1'] }])]);
    const image = digestOf(configurationOf(shop)).slice(7, 19);
    expect(await readLayers(both, { image })).toMatchObject(expected);
    expect((await failureOf(() => readLayers(both, { image: 'cart' }))).advice?.en).toContain('shop:1');
  });

  test('one tells of another image: engines may load that', async () => {
    const agreeing = tarOf([...layoutMembers(layoutOf(named)), ...savedMembers([shop])]);
    expect(await withArchive(agreeing, {}, ({ gaps }) => gaps)).toEqual([]);
    const differing = tarOf([...layoutMembers(layoutOf(named)), ...savedMembers([{ layers: [base] }])]);
    expect(await withArchive(differing, {}, ({ gaps }) => gaps)).toMatchObject([
      { reason: { en: expect.stringContaining('another image than index.json') as string } },
    ]);
  });
});

test('a file system beside an image is not overlooked', async () => {
  const both = tarOf([...savedMembers([shop]), { path: 'etc/', type: '5' }, { path: 'etc/passwd', content: 'x' }]);
  expect(await withArchive(both, {}, ({ gaps }) => gaps)).toMatchObject([
    { reason: { en: expect.stringContaining('a file system of its own') as string } },
  ]);
});

describe('layouts', () => {
  const arm = { layers: [top], platform: { os: 'linux', architecture: 'arm', variant: 'v6' } };
  const amd = { layers: [base, top], platform: { os: 'linux', architecture: 'amd64' } };

  function several(): MadeLayout {
    const made: MadeLayout = { blobs: new Map(), manifests: [] };
    const attestation = { ...addImage(made, { layers: [], platform: { os: 'unknown', architecture: 'unknown' } }) };
    const inner = addIndex(made, [addImage(made, arm), addImage(made, amd), attestation]);
    made.manifests.push(addIndex(made, [inner], { 'org.opencontainers.image.ref.name': '1.0' }));
    return made;
  }

  test.each([
    ['linux/amd64', 2],
    ['linux/arm/v7', 1],
    ['armel', 1],
  ])('the image for %s', async (platform, count) => {
    expect(await readLayers(tarOf(layoutMembers(several())), { platform })).toHaveLength(count);
  });

  test('none for a platform: those that there are', async () => {
    const error = await failureOf(() => readLayers(tarOf(layoutMembers(several())), { platform: 'linux/s390x' }));
    expect(error.code).toBe('image-not-found');
    expect(error.advice?.en).toBe('Choose with --platform one of: linux/arm/v6, linux/amd64.');
  });

  test('only one of the platforms that are named is there', async () => {
    const made = several();
    // As an engine saves what it pulled for one platform.
    for (const [digest, bytes] of made.blobs) {
      const text = bytes.toString('latin1');
      const isOfAmd = text.includes('"layers"') && text.match(/layer\.v1\.tar/g)?.length === 2;
      if (isOfAmd) made.blobs.delete(digest);
    }
    expect(await readLayers(tarOf(layoutMembers(made)))).toHaveLength(1);
    const error = await failureOf(() => readLayers(tarOf(layoutMembers(made)), { platform: 'linux/amd64' }));
    expect(error.message).toContain('does not hold it');
  });

  test('an index that leads to itself, or too deep', async () => {
    const made: MadeLayout = { blobs: new Map(), manifests: [] };
    let deep = addImage(made, shop);
    for (let depth = 0; depth < 8; depth += 1) deep = addIndex(made, [deep]);
    made.manifests.push(deep);
    expect((await failureOf(() => readLayers(tarOf(layoutMembers(made))))).message).toContain('nested too deeply');
  });

  const compressed: LayoutImage = {
    ...shop,
    stored: [gzipSync(base), zstdCompressSync(top)],
    // What a media type says of compression may be wrong.
    mediaTypes: ['application/vnd.oci.image.layer.v1.tar', 'application/vnd.oci.image.layer.v1.tar+gzip'],
  };

  test('compressed layers', async () => {
    expect(await readLayers(tarOf(layoutMembers(layoutOf(compressed))))).toMatchObject(expected);
  });

  test('encrypted and foreign layers are named', async () => {
    const mediaTypes = [
      'application/vnd.oci.image.layer.v1.tar+gzip+encrypted',
      'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
    ];
    const made = layoutOf({ ...shop, mediaTypes });
    made.blobs.delete(digestOf(top));
    expect(await readLayers(tarOf(layoutMembers(made)))).toMatchObject([
      { unread: 'the layer is encrypted' },
      { unread: expect.stringContaining('foreign') as string },
    ]);
  });

  test('what is no image is refused', async () => {
    const made = layoutOf();
    const chart = Buffer.from('{"name":"chart"}');
    const manifest = Buffer.from(
      JSON.stringify({
        config: { mediaType: 'application/vnd.example.chart+json', digest: digestOf(chart) },
        layers: [],
      }),
    );
    made.blobs.set(digestOf(chart), chart).set(digestOf(manifest), manifest);
    made.manifests.push({ digest: digestOf(manifest), size: manifest.length });
    const error = await failureOf(() => readLayers(tarOf(layoutMembers(made))));
    expect(error.message).toContain('no container image, but application/vnd.example.chart+json');
  });

  test('the same from a folder', async () => {
    using folder = temporaryFolder();
    for (const [path, bytes] of layoutFiles(
      layoutOf(compressed, { layers: [base], annotations: { 'org.opencontainers.image.ref.name': 'base' } }),
    )) {
      folder.write(`layout/${path}`, bytes);
    }
    const open = (reference?: string) =>
      openLayout(join(folder.path, 'layout'), {
        spool: join(folder.path, 'spool'),
        ...(reference ? { reference } : {}),
      });
    expect((await failureOf(() => open())).advice?.en).toContain('base');
    const image = await open('base');
    expect(await shownBy(image)).toMatchObject([
      { digest: digestOf(base), paths: ['etc', 'etc/os-release'], isByPlace: true },
    ]);
    await image.close();
    rmSync(join(folder.path, 'layout/blobs/sha256', digestOf(base).slice(7)));
    expect(await shownBy(await open('base'))).toMatchObject([{ unread: 'the layer is missing' }]);
    expect((await failureOf(() => openLayout(folder.path, { spool: folder.path }))).code).toBe('image-not-found');
  });
});

function changedLayout(made: MadeLayout, from: Buffer, to: Buffer): Buffer {
  made.blobs.set(digestOf(from), to);
  return tarOf(layoutMembers(made));
}

describe('digests that do not hold', () => {
  const other = layerOf({ path: 'etc/os-release', content: 'ID=faked!' });

  test.each([
    [
      'in place',
      tarOf(savedMembers([shop]).map((each) => (each.content === base ? { ...each, content: other } : each))),
    ],
    [
      'compressed',
      tarOf(savedMembers([shop]).map((each) => (each.content === base ? { ...each, content: gzipSync(other) } : each))),
    ],
    ['in a layout', changedLayout(layoutOf(shop), base, other)],
    [
      'compressed in a layout',
      changedLayout(layoutOf({ ...shop, stored: [gzipSync(base), top] }), gzipSync(base), gzipSync(other)),
    ],
    // The blob is what the manifest says, but not what the configuration says.
    ['of the diff id', tarOf(layoutMembers(layoutOf({ ...shop, stored: [gzipSync(other), top] })))],
    ['of the diff id in place', tarOf(layoutMembers(layoutOf({ ...shop, stored: [other, top] })))],
  ])('nothing of that layer counts: %s', async (_, bytes) => {
    const error = await failureOf(() => readLayers(bytes));
    expect(error.code).toBe('image-digest');
    expect(error.message).toMatch(/its digest is sha256:[\da-f]{64} instead of sha256:[\da-f]{64}/);
  });

  test('in place every reading fails, and not only the first', async () => {
    const bytes = changedLayout(layoutOf(shop), base, other);
    await withArchive(bytes, {}, async (image) => {
      for (let readings = 0; readings < 2; readings += 1) {
        await expect(image.layers[0]?.source?.read(rememberingVisitor().visitor)).rejects.toThrow('digest');
      }
    });
  });

  test('of a manifest or a configuration', async () => {
    for (const part of ['"layers"', '"rootfs"']) {
      const made = layoutOf(shop);
      for (const [digest, bytes] of made.blobs) {
        if (bytes.includes(part)) made.blobs.set(digest, Buffer.concat([bytes, Buffer.from(' ')]));
      }
      expect((await failureOf(() => readLayers(tarOf(layoutMembers(made))))).code).toBe('image-digest');
    }
    const renamed = savedMembers([shop]).map((each) =>
      each.path.endsWith('.json') && each.path !== 'manifest.json'
        ? { ...each, content: `${String(each.content)} ` }
        : each,
    );
    expect((await failureOf(() => readLayers(tarOf(renamed)))).code).toBe('image-digest');
  });

  test('a compressed layer that is damaged, though its digest holds', async () => {
    const cut = gzipSync(base).subarray(0, 60);
    const error = await failureOf(() => readLayers(tarOf(layoutMembers(layoutOf({ ...shop, stored: [cut, top] })))));
    expect(error.code).toBe('image-unreadable');
    expect(error.message).toContain('cut off');
  });
});

describe('bad archives', () => {
  test.each([
    ['no archive', Buffer.from('hello'.repeat(500)), /no tar archive/],
    ['xz', Buffer.from('fd377a585a0000', 'hex'), /xz/],
    ['bzip2', Buffer.from('BZh91AY&SY'), /bzip2/],
    ['what is cut off before its manifest', saved.subarray(0, 6000), /may be cut off/],
    ['a layout without its manifest', tarOf(layoutMembers(layoutOf(named)).slice(0, 3)), /may be cut off/],
    ['gzip that is cut off before its manifest', gzipSync(saved).subarray(0, 500), /may be cut off|cut off/],
    ['a layout without images', tarOf(layoutMembers(layoutOf())), /may be cut off|no image/],
  ])('%s', async (_, bytes, message) => {
    const error = await failureOf(() => readLayers(bytes));
    expect(error.code).toBe('image-unreadable');
    expect(error.message).toMatch(message);
  });

  test('nothing is an archive without files', async () => {
    expect(await readLayers(Buffer.alloc(0))).toMatchObject([{ paths: [] }]);
  });

  test('no file, or a folder', async () => {
    using folder = temporaryFolder();
    expect((await failureOf(() => openArchive(join(folder.path, 'gone.tar'), { spool: folder.path }))).code).toBe(
      'image-not-found',
    );
    expect((await failureOf(() => openArchive(folder.path, { spool: folder.path }))).message).toContain('folder');
  });

  test('a root file system that is cut off shows what was before', async () => {
    const root = tarOf([
      { path: 'a', content: 'x' },
      { path: 'b', content: 'y'.repeat(5000) },
    ]);
    expect(await readLayers(root.subarray(0, 2000))).toMatchObject([
      { paths: ['a', 'b'], gaps: [expect.stringContaining('cut off')] },
    ]);
    const random = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) >> (index % 7)));
    const packed = gzipSync(
      tarOf([
        { path: 'a', content: 'x' },
        { path: 'b', content: random },
      ]),
    );
    const gaps = await withArchive(packed.subarray(0, packed.length - 100), {}, (image) => image.gaps);
    expect(gaps).toMatchObject([{ reason: { en: expect.stringContaining('cut off') as string } }]);
  });

  test('names that lead out, links that lead round', async () => {
    const configuration = configurationOf({ layers: [base, base, base] });
    const manifest = [{ Config: './config.json', RepoTags: 7, Layers: ['../../etc/passwd', 'loop', '/etc/passwd'] }];
    const bytes = tarOf([
      { path: 'config.json', content: configuration },
      { path: 'loop', type: '2', link: 'loop' },
      { path: 'manifest.json', content: JSON.stringify(manifest) },
    ]);
    const layers = await readLayers(bytes);
    expect(layers.map(({ unread }) => unread)).toEqual(Array.from({ length: 3 }, () => 'the layer is missing'));
  });

  test('through a pipe', async () => {
    using folder = temporaryFolder();
    const pipe = join(folder.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const writer = openSync(pipe, 'r+');
    writeSync(writer, gzipSync(saved));
    const opening = openArchive(pipe, { spool: join(folder.path, 'spool') });
    closeSync(writer);
    const image = await opening;
    expect(await shownBy(image)).toMatchObject(expected);
    await image.close();
  });

  test('whatever bytes they have', async () => {
    const archives = [
      saved,
      layout,
      tarOf(layoutMembers(layoutOf({ ...shop, stored: [gzipSync(base), zstdCompressSync(top)] }))),
    ];
    await assert(
      asyncProperty(nat(2), array(tuple(nat(), nat(255)), { minLength: 1, maxLength: 3 }), async (which, flips) => {
        const damaged = Buffer.from(archives[which] ?? saved);
        for (const [place, value] of flips) damaged[place % damaged.length] = value;
        const refusal = await readLayers(damaged).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(refusal === undefined || refusal instanceof PlimsollError).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

/** What is streamed, and which layers came to their end. */
async function streamed(bytes: Buffer, size?: number) {
  using folder = temporaryFolder();
  const began: ReturnType<typeof rememberingVisitor>[] = [];
  const ended = new Map<string, readonly string[]>();
  await streamSavedImage(
    chunksOf(bytes, size),
    () => {
      const shown = rememberingVisitor();
      began.push(shown);
      return shown.visitor;
    },
    (digest, visitor) => {
      const shown = began.find((each) => each.visitor === visitor);
      ended.set(digest, shown?.entries.map(({ path }) => path) ?? []);
    },
    { name: 'engine shop:1', spool: join(folder.path, 'spool') },
  );
  return { began: began.length, ended };
}

describe('as it comes from an engine', () => {
  test.each([
    ['the older form', saved],
    ['a layout', layout],
    [
      'a layout with compressed layers',
      tarOf(layoutMembers(layoutOf({ ...shop, stored: [gzipSync(base), zstdCompressSync(top)] }))),
    ],
    ['shared layers', tarOf(savedMembers([shop, shop]))],
  ])('%s', async (_, bytes) => {
    for (const size of [100, 5000, 2 ** 20]) {
      const { began, ended } = await streamed(bytes, size);
      expect(began).toBe(2);
      expect(ended).toEqual(
        new Map([
          [digestOf(base), ['etc', 'etc/os-release']],
          [digestOf(top), ['srv', 'srv/app']],
        ]),
      );
    }
  });

  test('an empty layer', async () => {
    const empty = tarOf([]);
    expect((await streamed(tarOf(savedMembers([{ layers: [empty] }])))).ended).toEqual(
      new Map([[digestOf(empty), []]]),
    );
  });

  test('cut off anywhere it says so, and ends no layer that it has not seen the end of', async () => {
    for (let length = 0; length < saved.length - 1024; length += 512) {
      const error = await failureOf(() => streamed(saved.subarray(0, length)));
      expect(error.code).toBe('image-unreadable');
    }
  });

  test('a blob that is not what its name says', async () => {
    const made = layoutOf(shop);
    made.blobs.set(digestOf(base), layerOf({ path: 'faked' }));
    expect((await failureOf(() => streamed(tarOf(layoutMembers(made))))).code).toBe('image-digest');
  });
});

test('a layer of any content has the digest that its bytes have', async () => {
  const members: WrittenMember[] = [{ path: 'x', content: Buffer.alloc(70_000, 'x') }];
  const layer = tarOf(members);
  expect(digestOf(layer)).toBe(`sha256:${createHash('sha256').update(layer).digest('hex')}`);
  // What stands behind the end of the archive belongs to the layer too.
  const longer = Buffer.concat([layer, Buffer.alloc(10_240)]);
  expect(await readLayers(tarOf(savedMembers([{ layers: [longer] }])))).toMatchObject([
    { digest: digestOf(longer), gaps: [] },
  ]);
});
