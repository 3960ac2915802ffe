import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/model/json.ts';
import { openAdvisoryDatabase } from '../../src/feeds/advisory-database.ts';
import { storeFile } from '../../src/feeds/store-file.ts';
import { openImages } from '../../src/store/image-database.ts';
import { rememberImage } from '../../src/store/remember-image.ts';
import { startFakeEngine } from '../fake-engine.ts';
import { osvRecord } from '../feed-parts.ts';
import { layerOf, savedMembers } from '../image-archive.ts';
import { containerAnswers, inspected } from '../recorded-engines.ts';
import { imageId, scannedImage } from '../scanned-images.ts';
import { tarOf } from '../tar-writer.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { zipArchive } from '../zip-archive.ts';
import { auditJson, plimsoll } from './plimsoll.ts';

const key = Buffer.from('0123456789abcdef0123456789abcdef');

/** A folder with an image to scan and a key to sign with. */
function prepared(): TemporaryFolder {
  const folder = temporaryFolder({ key: `whsec_${key.toString('base64')}\n` });
  const layer = layerOf({
    path: 'app/node_modules/left-pad/package.json',
    content: '{"name":"left-pad","version":"1.0.0"}',
  });
  folder.write('shop.tar', tarOf(savedMembers([{ layers: [layer], tags: ['shop/web:1'] }])));
  return folder;
}

function run(folder: TemporaryFolder, ...args: string[]) {
  return plimsoll([...args, '--data-folder', 'data'], { folder: folder.path });
}

/** No engine is asked: what is at this address is none. */
function changes(folder: TemporaryFolder, ...args: string[]) {
  return run(folder, 'feeds', 'changes', '--host', `unix://${folder.path}/no-engine`, ...args);
}

const vulnerable = (id: string, modified: string) =>
  osvRecord(id, 'npm', 'left-pad', [{ introduced: '0' }, { fixed: '1.1.0' }], { modified });

/** Makes these records all that is known of npm. */
async function learn(folder: TemporaryFolder, ...records: JsonValue[]): Promise<void> {
  const entries = records.map((record, index) => ({ name: `${index}.json`, content: JSON.stringify(record) }));
  writeFileSync(join(folder.path, 'npm.zip'), zipArchive({ entries }));
  expect((await run(folder, 'feeds', 'import', 'npm.zip')).code).toBe(0);
}

const old = vulnerable('CVE-2026-1', '2026-01-01T00:00:00Z');
const recent = vulnerable('CVE-2026-2', '2026-01-02T00:00:00Z');

async function scannedThenUpdated(): Promise<TemporaryFolder> {
  const folder = prepared();
  await learn(folder, old);
  expect((await run(folder, 'scan', 'shop.tar')).code).toBe(0);
  await learn(folder, old, recent);
  return folder;
}

/** A receiver that verifies signatures, and answers the first requests with these statuses. */
async function startReceiver(...statuses: number[]) {
  const received: { readonly id: string; readonly isSigned: boolean; readonly body: string }[] = [];
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { 'webhook-id': id = '', 'webhook-timestamp': time = '', 'webhook-signature': signature } = request.headers;
    const body = (await buffer(request)).toString();
    const wanted = `v1,${createHmac('sha256', key)
      .update(`${String(id)}.${String(time)}.${body}`)
      .digest('base64')}`;
    received.push({ id: String(id), isSigned: signature === wanted, body });
    response.writeHead(statuses[received.length - 1] ?? 204).end();
  }
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    received,
    url: `http://me:hunter2@127.0.0.1:${port}/path-that-is-secret`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('plimsoll feeds changes', () => {
  test('says what became of a scanned image, once, without opening it', async () => {
    using folder = await scannedThenUpdated();
    writeFileSync(join(folder.path, 'shop.tar'), 'gone');
    const first = await changes(folder);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('1 image is remembered, 1 with changes (1 gained)');
    expect(first.stdout).toMatch(
      /^shop\/web:1 \([\da-f]{12}, linux\/amd64\)\n {2}\+ unknown {2}CVE-2026-2 {2}left-pad 1\.0\.0 {2}fixed in 1\.1\.0$/m,
    );
    expect(first.stderr).toContain('which containers run the images is not known');
    const second = await changes(folder);
    expect([second.code, second.stderr, second.stdout]).toEqual([
      0,
      '',
      '1 image is remembered, and the advisories are those of the last time\n',
    ]);
    const { stdout } = await changes(folder, '--since', '2026-01-01', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'plimsoll.changes/1',
      remembered: 1,
      compared: 0,
      sets: [{ images: [{ names: ['shop/web:1'], changes: [{ change: 'gained', vulnerability: 'CVE-2026-2' }] }] }],
    });
    expect((await changes(folder, '--lang', 'zh')).stdout).toContain('已记录 1 个镜像，公告自上次以来没有更新');
  });

  test('tells a receiver of each change once, signed, also after it failed', async () => {
    using folder = await scannedThenUpdated();
    await using receiver = await startReceiver(400, 503);
    const notify = ['--notify', receiver.url, '--notify-key', 'key'];
    const failed = await changes(folder, ...notify);
    expect(failed.code).toBe(2);
    expect(failed.stderr).toMatch(/error: 1 message could not be delivered to http:\/\/127\.0\.0\.1:\d+: HTTP 400/);
    const sent = await changes(folder, ...notify, '--format', 'json');
    expect(JSON.parse(sent.stdout)).toMatchObject({ sets: [], notified: { delivered: 1, waiting: 0 } });
    expect((await changes(folder, ...notify)).code).toBe(0);
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
    expect(receiver.received.every(({ isSigned }) => isSigned)).toBe(true);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      type: 'image.findings.changed',
      data: { images: [{ names: ['shop/web:1'], containers: null, changes: [{ vulnerability: 'CVE-2026-2' }] }] },
    });
    const kept = readFileSync(join(folder.path, 'data/images.sqlite')).toString('latin1');
    for (const { stdout, stderr } of [failed, sent, { stdout: kept, stderr: '' }])
      expect(stdout + stderr).not.toMatch(/hunter2|path-that-is-secret|0123456789abcdef/);
  });

  test.each([
    [['--notify', 'https://hooks.example/'], '--notify needs --notify-key'],
    [['--notify-key', 'key'], '--notify-key needs --notify'],
    [['--notify', 'ftp://me:hunter2@hooks.example/', '--notify-key', 'key'], 'names no address of HTTP'],
    [['--notify', 'https://hooks.example/', '--notify-key', 'nowhere'], 'nowhere cannot be used'],
    [['--since', 'yesterday'], 'yesterday: this is no date'],
    [['--since', '2026-02-31T99:00'], 'this is no date'],
    [['--output', 'nowhere/changes'], '--output nowhere/changes cannot be written: ENOENT'],
    [['--output', 'data'], '--output data cannot be written: EISDIR'],
  ])('%j is refused before anything is noted as told', async (args, message) => {
    using folder = await scannedThenUpdated();
    const refused = await changes(folder, ...args);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(message);
    expect(refused.stderr).not.toContain('hunter2');
    expect((await changes(folder)).stdout).toContain('1 with changes');
  });

  test('a proxy that cannot be used is said before anything is noted as told', async () => {
    using folder = await scannedThenUpdated();
    const refused = await plimsoll(
      ['feeds', 'changes', '--data-folder', 'data', '--notify', 'https://hooks.example/', '--notify-key', 'key'],
      { folder: folder.path, environment: { HTTPS_PROXY: 'socks5://127.0.0.1:1' } },
    );
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('the proxy in HTTPS_PROXY')]);
    expect((await changes(folder)).stdout).toContain('1 with changes');
  });

  test('an advisory that is now told to be about a CVE is neither lost nor gained', async () => {
    using folder = prepared();
    await learn(folder, vulnerable('GHSA-1', '2026-01-01T00:00:00Z'));
    expect((await run(folder, 'scan', 'shop.tar')).code).toBe(0);
    await learn(folder, { ...vulnerable('GHSA-1', '2026-01-02T00:00:00Z'), aliases: ['CVE-2026-1234'] });
    expect((await changes(folder)).stdout).toBe('1 image is remembered, none of them with changes\n');
    await learn(folder, { ...vulnerable('GHSA-2', '2026-01-03T00:00:00Z') });
    const { stdout } = await changes(folder);
    expect(stdout).toContain('CVE-2026-1234');
    expect(stdout).toContain('(1 gained, 1 lost)');
  });

  test('what could not be written can be seen again', async () => {
    using folder = await scannedThenUpdated();
    const full = await changes(folder, '--output', '/dev/full');
    const [, since = ''] = /^hint: .*--since (\S+)$/m.exec(full.stderr) ?? [];
    expect([full.code, full.stderr]).toEqual([2, expect.stringContaining('/dev/full cannot be written: ENOSPC')]);
    expect((await changes(folder, '--since', since)).stdout).toContain('CVE-2026-2');
  });

  test('says what is missing', async () => {
    using folder = prepared();
    expect(await changes(folder)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('plimsoll scan IMAGE') as string,
    });
    const own = { folder: folder.path, environment: { XDG_DATA_HOME: join(folder.path, 'share') } };
    expect((await plimsoll(['scan', 'shop.tar'], own)).code).toBe(0);
    const without = await plimsoll(['feeds', 'changes'], own);
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('plimsoll feeds update')]);
  });
});

describe('a scan', () => {
  test.each(['--no-remember', '--no-cache'])('%s remembers nothing', async (option) => {
    using folder = prepared();
    await learn(folder, old);
    expect((await run(folder, 'scan', 'shop.tar', option)).code).toBe(0);
    expect(existsSync(join(folder.path, 'data/images.sqlite'))).toBe(false);
  });

  test('goes on where it cannot remember, and says so', async () => {
    using folder = prepared();
    await learn(folder, old);
    folder.write('data/images.sqlite', 'rubbish '.repeat(1000));
    const { code, stdout, stderr } = await run(folder, 'scan', 'shop.tar');
    expect(code).toBe(0);
    expect(stdout).toContain('CVE-2026-1');
    expect(stderr).toMatch(/^notice: what is remembered of images in data\/images\.sqlite cannot be used: .*\n$/);
    expect((await run(folder, 'scan', 'shop.tar', '--quiet')).stderr).toBe('');
    const refused = await changes(folder);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('hint: See that it can be written')]);
  });
});

test('an audit knows which images in use were held against fresh advisories', async () => {
  using folder = temporaryFolder();
  openAdvisoryDatabase(storeFile(folder.path), { writes: true }).close();
  const id = imageId('5');
  const image = {
    Id: id,
    RepoTags: ['shop/web:1'],
    Created: '2026-01-01T00:00:00Z',
    RootFS: { Layers: [] },
    Config: {},
  };
  await using engine = await startFakeEngine({
    ...containerAnswers({ ...inspected('web'), Image: id }),
    '/images/json': [{ Id: id, RepoTags: ['shop/web:1'], Created: 1 }],
    [`/images/${encodeURIComponent(id)}/json`]: image,
    [`/images/${encodeURIComponent(id)}/history`]: [],
  });
  const verdicts = async (...args: string[]) => {
    const { report } = await auditJson(['--host', engine.host, '--data-folder', folder.path, ...args]);
    const wanted = new Set(['image-scan-fresh', 'image-vulnerability-scanned']);
    return report.findings.filter(({ control }) => wanted.has(control)).map(({ status, message }) => [status, message]);
  };
  const question = ['unknown', expect.stringContaining('Only a person can tell')];
  expect(await verdicts()).toEqual(
    expect.arrayContaining([['unknown', 'It was never scanned on this machine.'], question]),
  );
  const database = openImages(folder.path);
  const day = Date.now() - 86_400_000;
  rememberImage(database, scannedImage({ id, scanned: day, against: { digest: 'a 1', newest: day, read: day } }));
  database.close();
  expect(await verdicts()).toEqual(
    expect.arrayContaining([
      ['pass', 'It was held against fresh advisories a day ago.'],
      ['pass', 'All images in use were scanned on this machine.'],
    ]),
  );
});
