import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdirSync, symlinkSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Answers, hangUpHalfWay, raw, status } from '../../../test/answers.ts';
import { failureOf } from '../../../test/failure.ts';
import { type FakeEngine, startFakeEngine } from '../../../test/fake-engine.ts';
import { rememberingVisitor, type ShownLayer } from '../../../test/shown-layer.ts';
import { tarSplitOf } from '../../../test/tar-split-writer.ts';
import { tarOf } from '../../../test/tar-writer.ts';
import { temporaryFolder, type TemporaryFolder } from '../../../test/temporary-folder.ts';
import type { JsonObject } from '../../model/json.ts';
import type { OpenedImage } from '../../model/opened-image.ts';
import { openContainer } from './engine-container.ts';
import { openEngineImage } from './engine-image.ts';

const isRoot = process.geteuid?.() === 0;
const digestOf = (bytes: Buffer | string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

const archives = [
  tarOf([
    { path: 'etc/', type: '5' },
    { path: 'etc/base', content: 'base' },
  ]),
  tarOf([{ path: 'etc/upper', content: 'upper' }]),
];
const diffIds = archives.map(digestOf);
const configuration = Buffer.from(
  JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config: { User: 'shop' },
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: [{ created_by: 'ADD base' }, { created_by: 'ENV a=b', empty_layer: true }, { created_by: 'RUN rm x' }],
  }),
);
const id = digestOf(configuration);

const inspected: JsonObject = {
  Id: id,
  RepoTags: ['shop:1', '<none>:<none>'],
  RepoDigests: [],
  Created: '2026-01-02T03:04:05Z',
  Os: 'linux',
  Architecture: 'arm64',
  Variant: 'v8',
  Size: 9,
  Config: { User: 'shop' },
  RootFS: { Type: 'layers', Layers: diffIds },
};
const history = [
  { CreatedBy: 'RUN upper', Size: 5 },
  { CreatedBy: 'ADD base', Size: 4 },
];

function saved(): Buffer {
  const manifest = JSON.stringify([
    { Config: 'config.json', RepoTags: ['shop:1'], Layers: ['0/layer.tar', '1/layer.tar'] },
  ]);
  return tarOf([
    ...archives.map((content, index) => ({ path: `${index}/layer.tar`, content })),
    { path: 'config.json', content: configuration },
    { path: 'manifest.json', content: manifest },
  ]);
}

function answers(change: Answers = {}): Answers {
  return {
    '/images/shop:1/json': inspected,
    '/images/shop:1/history': history,
    [`/images/${id}/json`]: inspected,
    [`/images/${id}/history`]: history,
    [`/images/${id}/get`]: raw(saved(), 'application/x-tar'),
    ...change,
  };
}

async function streamed(image: OpenedImage): Promise<Map<string, ShownLayer>> {
  const begun = new Map<object, ShownLayer>();
  const layers = new Map<string, ShownLayer>();
  await image.stream?.(
    () => {
      const { visitor, ...shown } = rememberingVisitor();
      begun.set(visitor, shown);
      return visitor;
    },
    (digest, visitor) => void layers.set(digest, begun.get(visitor) as ShownLayer),
  );
  return layers;
}

async function opened<T>(
  engine: FakeEngine,
  use: (image: OpenedImage, folder: TemporaryFolder) => Promise<T>,
): Promise<T> {
  using folder = temporaryFolder();
  const image = await openEngineImage(engine.address, 'shop:1', { spool: folder.path });
  try {
    return await use(image, folder);
  } finally {
    await image.close();
  }
}

describe('an image of an engine', () => {
  test('is described as the engine describes it, and streamed where its folders are not at hand', async () => {
    await using engine = await startFakeEngine(answers());
    await opened(engine, async (image) => {
      expect(image).toMatchObject({
        kind: 'engine',
        name: 'shop:1',
        source: engine.host,
        platform: 'linux/arm64/v8',
        facts: { id, tags: ['shop:1'], digests: [], configuration: { user: 'shop' }, layers: diffIds },
        layers: [
          { digest: diffIds[0], createdBy: 'ADD base' },
          { digest: diffIds[1], createdBy: 'RUN upper' },
        ],
        gaps: [],
      });
      expect(image.layers.some(({ source, unread }) => source ?? unread)).toBe(false);
      const layers = await streamed(image);
      expect(diffIds.map((digest) => layers.get(digest)?.entries.map(({ path }) => path))).toEqual([
        ['etc', 'etc/base'],
        ['etc/upper'],
      ]);
    });
    expect(engine.requests.every((request) => request.startsWith('GET /'))).toBe(true);
  });

  test('that is not there is said so before anything is read', async () => {
    await using engine = await startFakeEngine();
    const error = await failureOf(() => openEngineImage(engine.address, 'shop/web:2', { spool: '/nowhere' }));
    expect([error.code, error.text.en]).toEqual([
      'image-not-found',
      `the engine at ${engine.host} has no image shop/web:2`,
    ]);
    expect(error.advice?.en).toContain('plimsoll scan registry:shop/web:2');
    expect(engine.requests.some((request) => request.endsWith('/get'))).toBe(false);
  });

  test('whose history is refused is opened without it', async () => {
    await using engine = await startFakeEngine(answers({ '/images/shop:1/history': status(500) }));
    await opened(engine, (image) => {
      expect(image.facts?.history).toMatchObject({ known: false, path: 'GET /images/shop:1/history' });
      expect(image.layers.map(({ createdBy }) => createdBy)).toEqual([undefined, undefined]);
      return Promise.resolve();
    });
  });

  test('that breaks off, is refused or has gone is an error', async () => {
    for (const [answer, code] of [
      [hangUpHalfWay, 'engine-answer'],
      [status(500, { message: 'no space left' }), 'engine-answer'],
      [status(404), 'image-not-found'],
      [raw(saved().subarray(0, 1700)), 'image-unreadable'],
      [raw('<html>'), 'image-unreadable'],
    ] as const) {
      await using engine = await startFakeEngine(answers({ [`/images/${id}/get`]: answer }));
      expect((await opened(engine, (image) => failureOf(() => streamed(image)))).code).toBe(code);
    }
  });
});

/** An engine's data root with both layers in it. */
function dataRoot(folder: TemporaryFolder): string {
  const root = join(folder.path, 'root');
  let chain = '';
  for (const [index, diffId] of diffIds.entries()) {
    chain = chain === '' ? diffId : digestOf(`${chain} ${diffId}`);
    const record = `root/image/overlay2/layerdb/sha256/${chain.slice(7)}`;
    folder.write(`${record}/diff`, diffId);
    folder.write(`${record}/cache-id`, `layer${index}`);
    folder.write(`${record}/tar-split.json.gz`, tarSplitOf([{ path: 'etc/.wh..wh..opq' }]));
    folder.write(`root/overlay2/layer${index}/diff/etc/${index}`, `${index}`);
  }
  folder.write(`root/image/overlay2/imagedb/content/sha256/${id.slice(7)}`, configuration);
  return root;
}

const info = (root: string, change: JsonObject = {}): JsonObject => ({
  DockerRootDir: root,
  Driver: 'overlay2',
  KernelVersion: release(),
  ...change,
});

const manifest = (layers: readonly Buffer[]) =>
  Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: id, size: configuration.length },
      layers: layers.map((layer) => ({
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        digest: digestOf(layer),
        size: layer.length,
      })),
    }),
  );

describe.skipIf(!isRoot)('the engine’s own folders (needs root)', () => {
  test('are read in place', async () => {
    using folder = temporaryFolder();
    await using engine = await startFakeEngine(answers({ '/info': info(dataRoot(folder)) }));
    await opened(engine, async (image) => {
      expect(image.stream).toBeUndefined();
      expect(image.layers.map(({ digest, createdBy }) => [digest, createdBy])).toEqual([
        [diffIds[0], 'ADD base'],
        [diffIds[1], 'RUN rm x'],
      ]);
      const { visitor, ...shown } = rememberingVisitor();
      for (const { source } of image.layers) await source?.read(visitor);
      expect([...shown.contents.keys()]).toEqual(['etc/0', 'etc/1']);
      // Nothing lies below the lowest one.
      expect(shown.opaque).toEqual(['etc']);
      const content = image.layers[1]?.source?.open?.('etc/1');
      expect(content?.read(0, 10).toString()).toBe('1');
      content?.close();
    });
  });

  test('are left alone where they need not be this engine’s, or are not the layers', async () => {
    const changes: ((folder: TemporaryFolder, root: string) => JsonObject)[] = [
      (_, root) => info(root, { KernelVersion: '2.6.32' }),
      (_, root) => info(root, { Driver: 'btrfs' }),
      (_, root) => info(root.slice(1)),
      (_, root) => info(`${root}/elsewhere`),
      (folder, root) => {
        folder.write(`root/image/overlay2/layerdb/sha256/${diffIds[0]?.slice(7)}/diff`, diffIds[1] ?? '');
        return info(root);
      },
      (folder, root) => {
        folder.write(`root/image/overlay2/layerdb/sha256/${diffIds[0]?.slice(7)}/cache-id`, '../overlay2/layer0');
        return info(root);
      },
      (folder, root) => {
        folder.write(`root/image/overlay2/layerdb/sha256/${diffIds[0]?.slice(7)}/cache-id`, 'linked');
        mkdirSync(`${root}/overlay2/linked`);
        symlinkSync('/etc', `${root}/overlay2/linked/diff`);
        return info(root);
      },
    ];
    for (const change of changes) {
      using folder = temporaryFolder();
      await using engine = await startFakeEngine(answers({ '/info': change(folder, dataRoot(folder)) }));
      await opened(engine, (image) => {
        expect(image.layers.map(({ source }) => source)).toEqual([undefined, undefined]);
        expect(image.stream).toBeDefined();
        return Promise.resolve();
      });
    }
  });

  test('of an engine that remaps users have the ids of the inside', async () => {
    using folder = temporaryFolder();
    const root = dataRoot(folder);
    chownSync(join(root, 'overlay2/layer0/diff/etc/0'), 100_005, 200_006);
    const shifted = join(folder.path, '100000.200000');
    symlinkSync(root, shifted);
    await using engine = await startFakeEngine(answers({ '/info': info(shifted) }));
    await opened(engine, async (image) => {
      const { visitor, ...shown } = rememberingVisitor();
      await image.layers[0]?.source?.read(visitor);
      // What is none of the inside's keeps its id.
      expect(shown.entries.map(({ path, uid, gid }) => [path, uid, gid])).toEqual([
        ['etc', 0, 0],
        ['etc/0', 5, 6],
      ]);
    });
  });

  test('of a containerd that keeps the images are read by their blobs, where all are there', async () => {
    const packed = archives.map((archive) => gzipSync(archive));
    const root = manifest(packed);
    for (const isWhole of [true, false]) {
      using folder = temporaryFolder();
      const blobs = [root, configuration, ...(isWhole ? packed : packed.slice(1))];
      for (const blob of blobs) {
        const name = digestOf(blob).replace(':', '/');
        folder.write(`containerd/daemon/io.containerd.content.v1.content/blobs/${name}`, blob);
      }
      const driver = { Driver: 'overlayfs', DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']] };
      const inStore = { ...inspected, Id: digestOf(root), Architecture: 'amd64', Variant: '' };
      await using engine = await startFakeEngine(
        answers({ '/info': info(folder.path, driver), '/images/shop:1/json': inStore }),
      );
      await opened(engine, async (image) => {
        expect(image.stream === undefined).toBe(isWhole);
        expect([image.kind, image.name, image.source]).toEqual(['engine', 'shop:1', engine.host]);
        if (!isWhole) return;
        expect(image.layers.map(({ createdBy }) => createdBy)).toEqual(['ADD base', 'RUN rm x']);
        const { visitor, ...shown } = rememberingVisitor();
        for (const { source } of image.layers) await source?.read(visitor);
        expect([...shown.contents.keys()]).toEqual(['etc/base', 'etc/upper']);
      });
    }
  });
});

/** A process that calls itself containerd, and keeps its images below `root`. */
async function asContainerd<T>(root: string, user: number, use: () => Promise<T>): Promise<T> {
  const script = 'printf containerd > /proc/self/comm; echo; read line';
  const child = spawn('/bin/sh', ['-c', script, 'sh', `--root=${root}`], { uid: user, cwd: '/' });
  try {
    await once(child.stdout, 'data');
    return await use();
  } finally {
    child.stdin.end();
    await once(child, 'close');
  }
}

describe.skipIf(!isRoot)('a containerd that runs (needs root)', () => {
  test.each([
    [0, true],
    [65_534, false],
  ])('of user %i is believed where it keeps images: %s', async (user, isBelieved) => {
    using folder = temporaryFolder();
    const packed = archives.map((archive) => gzipSync(archive));
    const root = manifest(packed);
    for (const blob of [root, configuration, ...packed]) {
      folder.write(`elsewhere/io.containerd.content.v1.content/blobs/${digestOf(blob).replace(':', '/')}`, blob);
    }
    const driver = { Driver: 'overlayfs', DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']] };
    const inStore = { ...inspected, Id: digestOf(root), Architecture: 'amd64', Variant: '' };
    await using engine = await startFakeEngine(
      answers({ '/info': info(folder.path, driver), '/images/shop:1/json': inStore }),
    );
    await asContainerd(join(folder.path, 'elsewhere'), user, () =>
      opened(engine, (image) => {
        expect(image.stream === undefined).toBe(isBelieved);
        return Promise.resolve();
      }),
    );
  });
});

const stat = (mode: number) => Buffer.from(JSON.stringify({ name: 'x', mode })).toString('base64');

function archiveAnswer(members: Parameters<typeof tarOf>[0], mode = 0o644): Answers[string] {
  return (response) => {
    response.writeHead(200, { 'x-docker-container-path-stat': stat(mode) });
    response.end(tarOf(members));
  };
}

describe('a container', () => {
  const inspectedContainer: JsonObject = {
    Id: 'c'.repeat(64),
    Name: '/web',
    Image: id,
    Config: { Image: 'shop:1' },
    Mounts: [{ Type: 'volume', Destination: '/data' }],
    HostConfig: { Tmpfs: { '/run': '' } },
    GraphDriver: { Name: 'overlay2', Data: { UpperDir: '/var/lib/docker/overlay2/x/diff' } },
  };
  const path = `/containers/${'c'.repeat(64)}`;
  const folderBit = 2 ** 31;

  function withContainer(change: Answers = {}): Answers {
    return answers({ '/containers/web/json': inspectedContainer, ...change });
  }

  test('has its own changes as the uppermost layer, by the engine’s answers', async () => {
    const changes = [
      { Path: '/etc', Kind: 0 },
      { Path: '/etc/hosts', Kind: 0 },
      { Path: '/etc/gone', Kind: 2 },
      { Path: '/opt', Kind: 0 },
      { Path: '/new', Kind: 1 },
      { Path: '/new/a', Kind: 1 },
      { Path: '/data', Kind: 1 },
      { Path: '/vanished', Kind: 1 },
    ];
    await using engine = await startFakeEngine(
      withContainer({
        [`${path}/changes`]: changes,
        [`${path}/archive?path=%2Fetc%2Fhosts`]: archiveAnswer([{ path: 'hosts', content: 'changed' }]),
        [`${path}/archive?path=%2Fopt`]: archiveAnswer(
          [
            { path: 'opt/', type: '5', mode: 0o700 },
            { path: 'opt/of-image', content: 'x' },
          ],
          folderBit,
        ),
        [`${path}/archive?path=%2Fnew`]: archiveAnswer(
          [
            { path: 'new/', type: '5' },
            { path: 'new/a', content: 'new' },
            { path: 'new/b', type: '1', link: 'new/a' },
            { path: 'other', content: 'not asked for' },
            { path: 'new/.wh.c' },
          ],
          folderBit,
        ),
      }),
    );
    using folder = temporaryFolder();
    const container = await openContainer(engine.address, 'web', { spool: folder.path });
    expect(container).toMatchObject({ kind: 'container', name: 'web', subject: 'container/web', facts: { id } });
    expect(container.gaps).toMatchObject([{ path: 'Mounts', reason: { en: expect.stringContaining('/data, /run') } }]);
    const own = container.layers.at(-1);
    expect([own?.ofContainer, own?.digest]).toEqual([true, undefined]);
    const { visitor, ...shown } = rememberingVisitor();
    await own?.source?.read(visitor);
    await container.close();
    expect(shown.removed).toEqual(['etc/gone']);
    expect(shown.entries.map((entry) => [entry.path, entry.target])).toEqual([
      ['etc/hosts', undefined],
      ['opt', undefined],
      ['new', undefined],
      ['new/a', undefined],
      ['new/b', 'new/a'],
    ]);
    expect([...shown.contents].map(([name, bytes]) => [name, bytes.toString()])).toEqual([
      ['etc/hosts', 'changed'],
      ['new/a', 'new'],
    ]);
    expect(shown.gaps.map((gap) => gap.path)).toEqual(['/new/.wh.c', '/vanished']);
  });

  test.each([
    ['refuses', status(501)],
    ['has lost', status(404)],
    ['tells in no list', { Path: '/a' }],
  ])('whose changes the engine %s has an unread layer', async (_, answer) => {
    await using engine = await startFakeEngine(withContainer({ [`${path}/changes`]: answer }));
    const container = await openContainer(engine.address, 'web', { spool: '/nowhere' });
    expect(container.layers.at(-1)).toMatchObject({ ofContainer: true, unread: { path: `GET ${path}/changes` } });
    await container.close();
  });

  test('may have changed paths that are no text, and an engine may name it so', async () => {
    const odd = { ...inspectedContainer, Id: '\ud800' };
    const changes = [{ Path: '/half\ud83d', Kind: 1 }];
    await using engine = await startFakeEngine(
      withContainer({ '/containers/web/json': odd, '/containers/%EF%BF%BD/changes': changes }),
    );
    const container = await openContainer(engine.address, 'web', { spool: '/nowhere' });
    const { visitor, ...shown } = rememberingVisitor();
    await container.layers.at(-1)?.source?.read(visitor);
    await container.close();
    expect(shown.gaps.map((gap) => gap.path)).toEqual(['/half\ud83d']);
  });

  test('that is not there, and one whose image is gone, is an error', async () => {
    await using engine = await startFakeEngine({ '/containers/web/json': inspectedContainer });
    expect((await failureOf(() => openContainer(engine.address, 'db', { spool: '/nowhere' }))).code).toBe(
      'container-not-found',
    );
    expect((await failureOf(() => openContainer(engine.address, 'web', { spool: '/nowhere' }))).code).toBe(
      'image-not-found',
    );
  });

  test.skipIf(!isRoot)('is read in place only below the engine’s own folder (needs root)', async () => {
    using folder = temporaryFolder({ 'outside/x/diff/secret': 'secret' });
    const root = dataRoot(folder);
    folder.write('root/overlay2/own/diff/etc/mine', 'mine');
    const uppers: Record<string, boolean> = {
      [`${root}/overlay2/own/diff`]: true,
      [`${folder.path}/outside/x/diff`]: false,
      [`${root}/overlay2/own/../../../outside/x/diff`]: false,
      [`${root}/overlay2/../../outside/x/diff`]: false,
      [`${root}/overlay2/none/diff`]: false,
    };
    for (const [upper, isRead] of Object.entries(uppers)) {
      await using engine = await startFakeEngine(
        withContainer({
          '/info': info(root),
          '/containers/web/json': {
            ...inspectedContainer,
            GraphDriver: { Name: 'overlay2', Data: { UpperDir: upper } },
          },
          [`${path}/changes`]: null,
        }),
      );
      const container = await openContainer(engine.address, 'web', { spool: folder.path });
      const { visitor, ...shown } = rememberingVisitor();
      await container.layers.at(-1)?.source?.read(visitor);
      await container.close();
      expect([upper, ...shown.entries.map((entry) => entry.path)]).toEqual([
        upper,
        ...(isRead ? ['etc', 'etc/mine'] : []),
      ]);
    }
  });
});
