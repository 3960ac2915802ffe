import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAdvisoryDatabase } from '../../src/feeds/advisory-database.ts';
import { importFeeds } from '../../src/feeds/import-feeds.ts';
import { storeFile } from '../../src/feeds/store-file.ts';
import { findChanges } from '../../src/scan/find-changes.ts';
import { openFinder } from '../../src/scan/find-vulnerabilities.ts';
import { rememberScans } from '../../src/scan/remember-scans.ts';
import { scanTarget } from '../../src/scan/scan-target.ts';
import type { EngineAddress } from '../../src/sources/engine/address.ts';
import { messagesSince } from '../../src/store/change-log.ts';
import { openImages } from '../../src/store/image-database.ts';
import { advisoryPart, osvRecord } from '../feed-parts.ts';
import { buildImageTree } from './image-tree.ts';
import { type PrivateEngine, startPrivateEngine, whyNoEngine } from './private-engine.ts';

const reason = whyNoEngine();
const now = Date.UTC(2026, 5, 1);

describe.skipIf(reason !== undefined)(`changes of images of a real engine (${reason ?? 'private'})`, () => {
  let engine: PrivateEngine;
  let here: EngineAddress;

  beforeAll(async () => {
    engine = await startPrivateEngine();
    here = { kind: 'unix', path: engine.socket };
    const tree = buildImageTree(join(engine.folder, 'tree'));
    const folder = join(tree, 'app/node_modules/left-pad');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"name":"left-pad","version":"1.0.0"}');
    await engine.importImage('shop/web:1', tree);
    await engine.container('web', { Image: 'shop/web:1', Cmd: ['/bin/sleep', '600'] }, true);
    await engine.container('stopped', { Image: 'shop/web:1', Cmd: ['/bin/sleep', '600'] }, false);
  }, 120_000);

  afterAll(() => engine?.stop(), 60_000);

  /** All that npm's advisories say from now on: one about versions before this one. */
  async function learn(fixed: string, modified: string): Promise<void> {
    const database = openAdvisoryDatabase(storeFile(engine.folder), { writes: true });
    const record = osvRecord('CVE-2026-1', 'npm', 'left-pad', [{ introduced: '0' }, { fixed }], { modified });
    const part = { ...advisoryPart('npm', [record]), digest: fixed };
    await importFeeds(database, [part], { now: now / 1000 });
    database.close();
  }

  test('are told with the containers that run', async () => {
    await learn('1.0.0', '2026-01-01T00:00:00Z');
    const scanned = await scanTarget('shop/web:1', {
      engine: () => here,
      spool: join(engine.folder, 'spool'),
      thorough: false,
      registry: { insecure: [], mirrors: [], environment: {}, home: engine.folder },
    });
    const finder = await openFinder({ dataFolder: engine.folder, kernelHeaders: false });
    const { findings, matched } = finder.match(scanned.contents);
    finder.close();
    expect(findings.found).toEqual([]);
    expect(rememberScans(engine.folder, [{ scanned, matched }], now)).toBeUndefined();

    await learn('1.0.1', '2026-01-02T00:00:00Z');
    const database = openImages(engine.folder);
    const found = await findChanges(database, { dataFolder: engine.folder, engine: () => here, now });
    const messages = Array.from(messagesSince(database, 0), ({ message }) => message);
    database.close();
    expect([found.remembered, found.compared, found.containers]).toEqual([1, 1, undefined]);
    expect(messages).toMatchObject([
      {
        images: [
          { names: ['shop/web:1'], containers: ['web'], changes: [{ change: 'gained', vulnerability: 'CVE-2026-1' }] },
        ],
      },
    ]);
  });
});
