import { execFileSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineAddress } from '../../src/sources/engine/address.ts';
import { openContainer } from '../../src/sources/image/engine-container.ts';
import { openEngineImage } from '../../src/sources/image/engine-image.ts';
import { showStream } from '../../src/sources/image/tar-stream.ts';
import { failureOf } from '../failure.ts';
import { buildImageTree } from './image-tree.ts';
import { mergedTree, seeingVisitor, seenLayers } from './merged-layers.ts';
import { type PrivateEngine, startPrivateEngine, whyNoEngine } from './private-engine.ts';
import { relayTo } from './relay.ts';

const reason = whyNoEngine();
const hasCapabilities = existsSync('/usr/sbin/setcap');
const hasAttributes = existsSync('/usr/bin/setfattr');
const applets = ['rm', 'mkdir', 'ln', 'chmod', 'chown', 'mv', 'cat', 'echo', 'printf', 'mkfifo'];

/** Files that are called like marks: the engine takes them for such when it puts a layer together, and cannot send the image then. */
const marking = [
  'mkdir -p /srv/marked && echo z > /srv/marked/.wh.old',
  'echo z > /srv/hidden/.wh..wh..opq && echo z > /srv/hidden/new',
];

/** What higher layers do to the lowest one; each line is a layer. */
const steps = [
  'rm /etc/deleted && rm -rf /opt/deleted',
  'echo new > /etc/replaced && rm -rf /opt/link && ln -s /etc /opt/link && rm /opt/file && mkdir /opt/file && touch /opt/file/inner',
  'rm -rf /srv/opaque && mkdir /srv/opaque && echo new > /srv/opaque/new',
  'rm -rf /srv/nested && mkdir -p /srv/nested/inner && echo new > /srv/nested/inner/new',
  'ln /bin/busybox /bin/hard && chmod 4755 /bin/busybox && chown 1234:5678 /etc/owned && mkfifo /run-pipe',
  'printf x > "/opt/$(printf \'line\\nfeed\')" && printf y > "/opt/$(printf \'stray\\377\')"',
  'rm -rf /srv/opaque/new && touch /srv/opaque/last && : > /etc/empty',
  'rm -rf /srv/gone-again',
];

describe.skipIf(reason !== undefined)(`images and containers of a real engine (${reason ?? 'private'})`, () => {
  let engine: PrivateEngine;
  let here: EngineAddress;
  let spool: string;

  beforeAll(async () => {
    engine = await startPrivateEngine();
    here = { kind: 'unix', path: engine.socket };
    spool = join(engine.folder, 'spool');
    await importTree(engine);
    await build(engine, 'layers:1', steps);
    await build(engine, 'marked:1', marking);
  }, 120_000);

  afterAll(() => engine.stop());

  test('files that are called like marks are what a container shows of them', async () => {
    const image = await openEngineImage(here, 'marked:1', { spool });
    const tree = mergedTree(await seenLayers(image));
    await image.close();
    expect(withoutCapabilities(tree)).toEqual(await exported(engine, 'marked:1'));
    expect(Object.keys(tree).filter((path) => /^srv\/(?:marked|hidden)\//.test(path))).toEqual(['srv/hidden/new']);
  });

  test('an image in place is the tree that a container shows', async () => {
    const image = await openEngineImage(here, 'layers:1', { spool });
    expect(image.stream).toBeUndefined();
    const layers = await seenLayers(image);
    await image.close();
    expect(layers.flatMap(({ gaps }) => gaps)).toEqual([]);
    expect(layers.some(({ opaque }) => opaque.includes('srv/opaque'))).toBe(true);
    expect(layers.some(({ opaque }) => opaque.includes('srv/nested'))).toBe(true);
    const tree = mergedTree(layers);
    expect(withoutCapabilities(tree)).toEqual(await exported(engine, 'layers:1'));
    expect(Object.keys(tree)).not.toContain('srv/opaque/old');
    const capability = hasCapabilities ? '0100000200200000000000000000000000000000' : '';
    expect(tree['bin/capable']?.split(' ').at(-1)).toBe(capability);
  });

  test('the same image streamed shows the same', async () => {
    const image = await openEngineImage(here, 'layers:1', { spool });
    await using relay = await relayTo(engine.socket);
    const streamed = await openEngineImage(relay.address, 'layers:1', { spool });
    expect(streamed.layers.every(({ source }) => source === undefined)).toBe(true);
    const [inPlace, fromStream] = [await seenLayers(image), await seenLayers(streamed)];
    expect(fromStream.flatMap(({ gaps }) => gaps)).toEqual([]);
    expect(mergedTree(fromStream)).toEqual(mergedTree(inPlace));
    for (const [index, layer] of inPlace.entries()) {
      const other = fromStream[index];
      expect(other?.entries.map(({ path }) => path).toSorted()).toEqual(
        layer.entries.map(({ path }) => path).toSorted(),
      );
      expect(other?.removed.toSorted()).toEqual(layer.removed.toSorted());
      expect(other?.opaque.toSorted()).toEqual(layer.opaque.toSorted());
    }
    await Promise.all([image.close(), streamed.close()]);
  });

  test('each layer has its digest and its line of history, streamed or not', async () => {
    await using relay = await relayTo(engine.socket);
    for (const address of [here, relay.address]) {
      const image = await openEngineImage(address, 'layers:1', { spool });
      expect(image.layers.map(({ digest }) => digest)).toEqual(image.facts?.layers);
      expect(image.layers.slice(1, 4).map(({ createdBy }) => createdBy?.replace('/bin/sh -c ', ''))).toEqual(
        steps.slice(0, 3),
      );
      expect(image.platform).toBe('linux/amd64');
      expect(image.facts).toMatchObject({ tags: ['layers:1'], configuration: { user: 'web' } });
      await image.close();
    }
  });

  test('names, digests and the first digits of an id lead to the same image', async () => {
    const { Id: id } = (await engine.call('GET', '/images/layers:1/json')) as { Id: string };
    for (const reference of ['layers:1', 'docker.io/library/layers:1', id, id.slice(7, 19), id.slice(7)]) {
      const image = await openEngineImage(here, reference, { spool });
      expect([image.facts?.id, image.name]).toEqual([id, reference]);
      await image.close();
    }
  });

  test('what is not there is said, with where it could be fetched', async () => {
    for (const reference of ['none:1', 'ffffffffffff', 'f'.repeat(64), 'shop//x', '../containers/json']) {
      const error = await failureOf(() => openEngineImage(here, reference, { spool }));
      expect([reference, error.code]).toEqual([reference, 'image-not-found']);
    }
    const { advice } = await failureOf(() => openEngineImage(here, 'none:1', { spool }));
    expect(advice?.en).toContain('plimsoll scan registry:none:1');
    expect((await failureOf(() => openContainer(here, 'none', { spool }))).code).toBe('container-not-found');
    expect((await failureOf(() => openContainer(here, '../x', { spool }))).code).toBe('container-not-found');
  });

  test('a container is its image and what it changed, in place and by the engine’s answers', async () => {
    const script = [
      'rm /etc/replaced',
      'rm -rf /opt/link',
      'echo changed > /etc/owned',
      'rm -rf /srv/nested && mkdir /srv/nested && echo mine > /srv/nested/mine',
      'mkdir -p /new/a/b && echo x > /new/a/b/file && ln /new/a/b/file /new/hard',
      'chmod 700 /tmp',
      'echo y > /var/mounted/y',
      'touch /srv/opaque/more',
      'touch /etc/.wh.passwd',
      'sleep 1000',
    ];
    const id = await engine.container(
      'changing',
      {
        Image: 'layers:1',
        User: 'root',
        Cmd: ['sh', '-c', script.join('; ')],
        HostConfig: { Tmpfs: { '/var/mounted': '' } },
      },
      true,
    );
    await until(async () => ((await engine.call('GET', `/containers/${id}/changes`)) as unknown[]).length > 15);
    // Whoever owns the folder may set it: the kernel heeds it of engines without root only.
    if (hasAttributes) {
      const { State: state } = (await engine.call('GET', `/containers/${id}/json`)) as { State: { Pid: number } };
      const place = `/proc/${state.Pid}/root/srv/opaque`;
      execFileSync('setfattr', ['-n', 'user.overlay.opaque', '-v', 'y', place]);
    }
    for (const state of ['running', 'stopped']) {
      if (state === 'stopped') await engine.call('POST', `/containers/${id}/stop?t=0`);
      const container = await openContainer(here, 'changing', { spool });
      expect(container).toMatchObject({ kind: 'container', name: 'changing', subject: 'container/changing' });
      expect(container.layers.at(-1)).toMatchObject({ ofContainer: true });
      expect(container.layers.at(-1)?.digest).toBeUndefined();
      expect(container.gaps.map(({ reason: { en } }) => en)).toEqual([expect.stringContaining('/var/mounted')]);
      const layers = await seenLayers(container);
      await container.close();
      expect(layers.at(-1)?.gaps).toEqual([]);
      expect(layers.at(-1)?.opaque).toEqual(['srv/nested']);
      expect(layers.at(-1)?.removed.toSorted()).toEqual(['etc/replaced', 'opt/link']);
      expect(withoutCapabilities(mergedTree(layers))).toEqual(await exportedContainer(engine, id));
    }
    await using relay = await relayTo(engine.socket);
    const remote = await openContainer(relay.address, id.slice(0, 12), { spool });
    const layers = await seenLayers(remote);
    await remote.close();
    expect(layers.at(-1)?.gaps).toEqual([expect.stringContaining('/etc/.wh.passwd')]);
    const own = Object.keys(mergedTree(layers.slice(-1)));
    expect(own).toEqual(expect.arrayContaining(['etc/owned', 'new/a/b/file', 'new/hard', 'tmp']));
    expect(own.filter((path) => path.startsWith('var/mounted/'))).toEqual([]);
    expect(withoutCapabilities(mergedTree(layers))).toEqual(await exportedContainer(engine, id));
  });

  test('a layer whose folder is not the one of its digest is not read in place', async () => {
    const image = await openEngineImage(here, 'tree:1', { spool });
    expect(image.stream).toBeUndefined();
    await image.close();
    const [diffId = ''] = image.facts?.layers ?? [];
    const record = join(engine.folder, 'data/image/overlay2/layerdb/sha256', diffId.slice(7), 'diff');
    writeFileSync(record, `sha256:${'0'.repeat(64)}`);
    const other = await openEngineImage(here, 'tree:1', { spool });
    writeFileSync(record, diffId);
    expect(other.layers.map(({ source }) => source)).toEqual([undefined]);
    expect(other.stream).toBeDefined();
    await other.close();
  });
});

/** The lowest layer, with extended attributes as `docker import` takes them. */
async function importTree(engine: PrivateEngine): Promise<void> {
  const tree = buildImageTree(join(engine.folder, 'tree'));
  for (const applet of applets) symlinkSync('busybox', join(tree, 'bin', applet));
  const files = [
    'etc/deleted',
    'etc/replaced',
    'etc/owned',
    'opt/deleted/a/b',
    'opt/link/inner',
    'opt/file',
    'srv/opaque/old',
    'srv/opaque/inner/old',
    'srv/nested/inner/old',
    'srv/nested/old',
    'srv/gone-again/x',
    'srv/marked/old',
    'srv/hidden/old',
    `opt/${'long/'.repeat(30)}${'n'.repeat(200)}`,
    'bin/capable',
  ];
  for (const file of files) {
    mkdirSync(join(tree, file, '..'), { recursive: true });
    writeFileSync(join(tree, file), `old ${file}`, { mode: 0o755 });
  }
  linkSync(join(tree, 'etc/owned'), join(tree, 'etc/owned-too'));
  if (hasCapabilities) execFileSync('setcap', ['cap_net_raw+ep', join(tree, 'bin/capable')]);
  const archive = execFileSync(
    'tar',
    ['--format=posix', '--numeric-owner', '--xattrs', '--xattrs-include=security.capability', '-C', tree, '-c', '.'],
    { maxBuffer: 2 ** 30 },
  );
  rmSync(tree, { recursive: true });
  await engine.call('POST', '/images/create?fromSrc=-&repo=tree&tag=1', archive);
}

/** Has the engine build an image: a layer for each step, with others that have none between them. */
async function build(engine: PrivateEngine, tag: string, runs: readonly string[]): Promise<void> {
  const folder = join(engine.folder, 'context');
  mkdirSync(folder, { recursive: true });
  const lines = ['FROM tree:1', ...runs.flatMap((run) => ['ENV A=b', `RUN ${run}`]), 'USER web'];
  writeFileSync(join(folder, 'Dockerfile'), lines.join('\n'));
  const context = execFileSync('tar', ['-C', folder, '-c', '.']);
  await engine.call('POST', `/build?t=${tag}&networkmode=none&rm=1&forcerm=1`, context);
}

/** What `docker export` says of a container that was made from an image and never started. */
async function exported(engine: PrivateEngine, reference: string): Promise<Record<string, string>> {
  const id = await engine.container('exported', { Image: reference, Cmd: ['true'] }, false);
  try {
    return await exportedContainer(engine, id);
  } finally {
    await engine.call('DELETE', `/containers/${id}?force=1`);
  }
}

/** What the engine itself puts into each container, for something to be mounted there. */
const ofEngine = /^(?:\.dockerenv|dev(?:\/.*)?|proc|sys|etc\/(?:hosts|hostname|resolv\.conf|mtab)|var\/mounted|var)$/;

async function exportedContainer(engine: PrivateEngine, id: string): Promise<Record<string, string>> {
  const seen = seeingVisitor();
  const archive = await new Promise<AsyncIterable<Buffer>>((resolve) => {
    get({ socketPath: engine.socket, path: `/containers/${id}/export`, headers: { Host: 'docker' } }, resolve);
  });
  await showStream(archive, seen.visitor, { spool: join(engine.folder, 'spool'), isVerified: true });
  return withoutCapabilities(mergedTree([seen]));
}

/** Exports leave capabilities out, and have what the engine makes. */
function withoutCapabilities(tree: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree)
      .filter(([path]) => !ofEngine.test(path) && !path.includes('.wh.'))
      .map(([path, line]) => [path, line.replace(/ [0-9a-f]{40}$/, ' ')]),
  );
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200 && !(await isSo()); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
}
