import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImageContents } from '../../src/model/image-contents.ts';
import { scanTarget } from '../../src/scan/scan-target.ts';
import type { EngineAddress } from '../../src/sources/engine/address.ts';
import { openScanStore } from '../../src/store/scan-store.ts';
import { githubToken } from '../github-token.ts';
import { buildImageTree } from './image-tree.ts';
import { type PrivateEngine, startPrivateEngine, whyNoEngine } from './private-engine.ts';
import { relayTo } from './relay.ts';

const reason = whyNoEngine();

const release = 'ID=debian\nVERSION_ID="13"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n';
const stanza = (name: string, version: string) =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`;

/** A base, an upgrade that also brings a secret, and a clean-up that takes the file away but not out of the image. */
const steps = [
  `printf '${(stanza('bash', '2') + stanza('new', '1')).replaceAll('\n', '\\n')}' > /var/lib/dpkg/status && printf 'TOKEN=${githubToken()}\\n' > /srv/deploy.env`,
  'rm -rf /srv/deploy.env /app/old && mkdir -p /app/node_modules/b && printf \'{"name":"b","version":"2.0.0"}\' > /app/node_modules/b/package.json',
];

describe.skipIf(reason !== undefined)(`a scan of a real engine (${reason ?? 'private'})`, () => {
  let engine: PrivateEngine;
  let here: EngineAddress;

  beforeAll(async () => {
    engine = await startPrivateEngine();
    here = { kind: 'unix', path: engine.socket };
    const tree = buildImageTree(join(engine.folder, 'tree'));
    for (const applet of ['rm', 'mkdir', 'printf']) execFileSync('ln', ['-s', 'busybox', join(tree, 'bin', applet)]);
    const files = {
      'etc/os-release': release,
      'var/lib/dpkg/status': stanza('bash', '1') + stanza('gone', '1'),
      'app/old/node_modules/a/package.json': '{"name":"a","version":"1.0.0"}',
      'srv/keep': '',
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(tree, path, '..'), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
    await engine.importImage('base:1', tree);
    const context = join(engine.folder, 'context');
    mkdirSync(context);
    writeFileSync(join(context, 'Dockerfile'), ['FROM base:1', ...steps.map((step) => `RUN ${step}`)].join('\n'));
    const archive = execFileSync('tar', ['-C', context, '-c', '.']);
    await engine.call('POST', '/build?t=shop/web:1&networkmode=none&rm=1&forcerm=1', archive);
  }, 120_000);

  afterAll(() => engine.stop());

  async function look(target: string, address = here, folder?: string): Promise<ImageContents> {
    const store = folder === undefined ? undefined : openScanStore({ folder });
    const { contents } = await scanTarget(target, {
      engine: () => address,
      spool: join(engine.folder, 'spool'),
      thorough: false,
      registry: { insecure: [], mirrors: [], environment: {}, home: engine.folder },
      ...(store ? { store } : {}),
    });
    store?.close();
    return contents;
  }

  function save(): string {
    const path = join(engine.folder, 'shop.tar');
    execFileSync('docker', ['--host', engine.host, 'save', '--output', path, 'shop/web:1']);
    return path;
  }

  test('tells packages with their layers, and the secret that was deleted', async () => {
    const { packages, secrets, layers } = await look('shop/web:1');
    expect(packages.map(({ purl, layer }) => `${layer} ${purl.replace(/\?.*/, '')}`).toSorted()).toEqual([
      '0 pkg:generic/busybox@1.35.0',
      '1 pkg:deb/debian/bash@2',
      '1 pkg:deb/debian/new@1',
      '2 pkg:npm/b@2.0.0',
    ]);
    expect(secrets.map(({ place, layer, deleted }) => [place.kind, layer, deleted])).toEqual([
      ['history', undefined, undefined],
      ['file', 1, true],
    ]);
    expect(layers.map(({ createdBy }) => createdBy?.slice(0, 20))).toEqual([
      undefined,
      "/bin/sh -c printf 'P",
      '/bin/sh -c rm -rf /s',
    ]);
    expect(JSON.stringify({ layers, secrets })).not.toContain(githubToken().slice(4));
  });

  test('says the same of the image as an archive, compressed, streamed, and from what is kept', async () => {
    const path = save();
    writeFileSync(`${path}.gz`, gzipSync(process.getBuiltinModule('node:fs').readFileSync(path)));
    await using relay = await relayTo(engine.socket);
    const kept = join(engine.folder, 'cache');
    const inPlace = await look('shop/web:1');
    for (const other of [
      await look(path),
      await look(`${path}.gz`),
      await look('shop/web:1', relay.address),
      await look('shop/web:1', here, kept),
      await look('shop/web:1', here, kept),
      await look(path, here, kept),
    ]) {
      expect(comparable(other)).toEqual(comparable(inPlace));
    }
  });

  test('a container is its image with what it changed', async () => {
    const script = `printf '{"name":"c","version":"3.0.0"}' > /app/node_modules/b/package.json; sleep 1000`;
    await engine.container('changed', { Image: 'shop/web:1', Cmd: ['sh', '-c', script] }, true);
    await expect
      .poll(async () => (await look('container:changed')).packages.map(({ name, layer }) => `${layer} ${name}`), {
        timeout: 10_000,
      })
      .toContain('3 c');
    const { packages, layers } = await look('container:changed');
    expect(packages.map(({ name }) => name)).not.toContain('b');
    expect(layers.at(-1)).toMatchObject({ ofContainer: true });
  });
});

/** What does not depend on how the layers were had. */
function comparable({ packages, secrets, files, fileCount, bytes, wastedBytes, distribution }: ImageContents) {
  const known = distribution.known ? distribution.value : undefined;
  return { packages, secrets, files, fileCount, bytes, wastedBytes, known };
}
