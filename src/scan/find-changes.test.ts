import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startFakeEngine } from '../../test/fake-engine.ts';
import { advisoryPart, osvRecord } from '../../test/feed-parts.ts';
import { foundPackage } from '../../test/found-package.ts';
import { scannedWith } from '../../test/scanned.ts';
import { imageId, scannedImage } from '../../test/scanned-images.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import type { AdvisoryLookup } from '../advisories/lookup.ts';
import { openAdvisoryDatabase } from '../feeds/advisory-database.ts';
import { importFeeds } from '../feeds/import-feeds.ts';
import { replaceStore } from '../feeds/replace-store.ts';
import { PlimsollError } from '../model/error.ts';
import type { ChangedImage } from '../model/image-change.ts';
import type { Distribution } from '../model/image-contents.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import type { Package } from '../model/package.ts';
import type { EngineAddress } from '../sources/engine/address.ts';
import { messagesSince } from '../store/change-log.ts';
import { openImages } from '../store/image-database.ts';
import { scansOf } from '../store/image-scans.ts';
import { rememberImage } from '../store/remember-image.ts';
import { compareImages } from './compare-images.ts';
import { findChanges } from './find-changes.ts';
import { openFinder } from './find-vulnerabilities.ts';
import { rememberScans } from './remember-scans.ts';
import type { Scanned } from './scan-target.ts';

const now = Date.UTC(2026, 5, 1);
const debian: Distribution = {
  id: 'debian',
  version: '12',
  name: 'Debian GNU/Linux 12',
  codename: 'bookworm',
  idLike: [],
};
const leftPad = foundPackage('npm', 'left-pad', '1.0.0');

/** A record that is about versions before `fixed`. */
function before(fixed: string, id = 'CVE-2026-1', name = 'left-pad', more: JsonObject = {}): JsonObject {
  return osvRecord(id, 'npm', name, [{ introduced: '0' }, { fixed }], more);
}

/** A folder of data, what is scanned with it, and what becomes of that. */
function dataFolder() {
  const temporary = temporaryFolder();
  const folder = temporary.path;
  let day = 0;
  return {
    folder,
    [Symbol.dispose]: () => temporary[Symbol.dispose](),
    /** These records are all that an ecosystem has from now on. */
    learn: (records: readonly JsonValue[], ecosystem = 'npm') =>
      replaceStore(folder, async (copy) => {
        day += 1;
        const changed = records.map((each) => ({ ...(each as JsonObject), modified: `2026-01-0${day}T00:00:00Z` }));
        const part = {
          ...advisoryPart(ecosystem, changed),
          digest: hash('sha256', JSON.stringify([ecosystem, changed])),
        };
        const database = openAdvisoryDatabase(copy, { writes: true });
        await importFeeds(database, [part], { now: now / 1000 });
        database.close();
      }),
    async scan(scanned: Scanned, at = now, kernelHeaders = false) {
      const finder = await openFinder({ dataFolder: folder, kernelHeaders });
      const { matched } = finder.match(scanned.contents);
      finder.close();
      expect(rememberScans(folder, [{ scanned, matched }], at)).toBeUndefined();
    },
    async changes(engine: () => EngineAddress = noEngine, at = now + 1) {
      const database = openImages(folder);
      try {
        const found = await findChanges(database, { dataFolder: folder, engine, now: at });
        const images = [...messagesSince(database, at)].flatMap(({ message }) => message.images);
        return { ...found, images };
      } finally {
        database.close();
      }
    },
  };
}

function noEngine(): EngineAddress {
  throw new PlimsollError('engine-unreachable', { en: 'there is no engine', zh: '没有引擎' });
}

/** `gained CVE-2026-1 in left-pad: affected → fixed`. */
function told(images: readonly ChangedImage[]): string[] {
  return images.flatMap(({ names, changes }) =>
    changes.map(({ change, vulnerability, before: old, after }) =>
      [names[0], change, vulnerability, JSON.stringify(old), JSON.stringify(after)].join(' '),
    ),
  );
}

const high = { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' }] };

test('each change is told once, with the state before and after', async () => {
  using data = dataFolder();
  await data.learn([before('1.1.0'), before('0.9.0', 'CVE-2026-2')]);
  await data.scan(scannedWith({ packages: [leftPad] }));
  expect(await data.changes()).toMatchObject({ remembered: 1, compared: 0, images: [] });

  await data.learn([before('1.2.0', 'CVE-2026-1', 'left-pad', high), before('2.0.0', 'CVE-2026-3')]);
  const { images, ...found } = await data.changes();
  expect(found).toMatchObject({ remembered: 1, compared: 1, changed: 1, containers: { en: 'there is no engine' } });
  expect(images).toMatchObject([{ id: imageId('1'), complete: true, platform: 'linux/amd64', containers: null }]);
  expect(told(images)).toEqual([
    'shop/web:1 changed CVE-2026-1 {"status":"fixed","fixedIn":"1.1.0","severity":"unknown"} {"status":"fixed","fixedIn":"1.2.0","severity":"high"}',
    'shop/web:1 gained CVE-2026-3 null {"status":"fixed","fixedIn":"2.0.0","severity":"unknown"}',
  ]);
  expect(images[0]?.data.after).toBe(found.data);
  expect(images[0]?.data.before).toMatch(/^[\da-f]{64}$/);

  expect(await data.changes(noEngine, now + 2)).toMatchObject({ compared: 0, images: [] });
  await data.learn([before('2.0.0', 'CVE-2026-3')]);
  expect(told((await data.changes(noEngine, now + 3)).images)).toEqual([
    'shop/web:1 lost CVE-2026-1 {"status":"fixed","fixedIn":"1.2.0","severity":"high"} null',
  ]);
});

const inRelease = (release: number) =>
  osvRecord(`DSA-${release}`, `Debian:${release}`, 'curl', [{ introduced: '0' }, { fixed: '9' }]);

test('that nothing is known any more is no good news, and is not told as such', async () => {
  using data = dataFolder();
  await data.learn([inRelease(12), inRelease(11)], 'Debian');
  await data.scan(
    scannedWith({ packages: [foundPackage('deb', 'curl', '7', { namespace: 'debian' })], distribution: debian }),
  );
  await data.learn([inRelease(11)], 'Debian');
  expect(told((await data.changes()).images)).toEqual([
    'shop/web:1 unknown DSA-12 {"status":"fixed","fixedIn":"9","severity":"unknown"} {"unknown":"no-data"}',
  ]);
});

test('who scans an image again takes no change away', async () => {
  using data = dataFolder();
  await data.learn([before('1.1.0', 'CVE-2026-9', 'other')]);
  await data.scan(scannedWith({ packages: [leftPad] }));
  await data.learn([before('1.1.0'), before('1.1.0', 'CVE-2026-2', 'right-pad')]);
  const rightPad = foundPackage('npm', 'right-pad', '1.0.0');
  await data.scan(scannedWith({ packages: [leftPad, rightPad] }), now + 1);
  // What it had not before is as the scan said.
  expect(told((await data.changes(noEngine, now + 2)).images)).toEqual([
    'shop/web:1 gained CVE-2026-1 null {"status":"fixed","fixedIn":"1.1.0","severity":"unknown"}',
  ]);
});

test('what was scanned without advisories is told of once there are some', async () => {
  using data = dataFolder();
  const scanned = scannedWith({ packages: [leftPad] });
  expect(rememberScans(data.folder, [{ scanned, matched: undefined }], now)).toBeUndefined();
  await data.learn([before('1.1.0')]);
  expect(told((await data.changes()).images)).toEqual([
    'shop/web:1 gained CVE-2026-1 {"unknown":"no-data"} {"status":"fixed","fixedIn":"1.1.0","severity":"unknown"}',
  ]);
  expect([...scansOf(data.folder, [imageId('1')]).values()]).toEqual([
    { scanned: now, matched: now + 1, newest: Date.parse('2026-01-01T00:00:00Z'), read: now },
  ]);
});

const system = (name: string, version: string, more: Partial<Package> = {}) =>
  foundPackage('deb', name, version, { namespace: 'debian', ...more });

const inDebian = (id: string, name: string, ecosystem = 'Debian:12') =>
  osvRecord(id, ecosystem, name, [{ introduced: '0' }, { fixed: '9' }]);

const inPyPI = (id: string, name: string) => osvRecord(id, 'PyPI', name, [{ introduced: '0' }, { fixed: '9' }]);

const numbers = (hex: string) => [...new Uint32Array(new Uint8Array(Buffer.from(hex, 'hex')).buffer)];

/** What is remembered of every package of every image, as texts. */
function everything(folder: string): unknown {
  const database = openImages(folder);
  const rows = database
    .prepare('SELECT id, hex(packages) AS packages, hex(states) AS states FROM image ORDER BY id')
    .all() as { id: string; packages: string; states: string }[];
  const textOf = (table: string, number: number) =>
    database.prepare(`SELECT content FROM ${table} WHERE number = ?`).get(number)?.['content'];
  const all = rows.map(({ id, packages, states }) => [
    id,
    numbers(packages).map((each, index) => {
      const mark = numbers(states)[index] ?? 0;
      return [textOf('package', each), textOf('state', mark >> 1), mark & 1];
    }),
  ]);
  database.close();
  return all;
}

const learnAll = async (data: ReturnType<typeof dataFolder>) => {
  await data.learn([inDebian('DSA-1', 'python3-requests'), inDebian('DSA-2', 'curl', 'Debian:11')], 'Debian');
  await data.learn([inPyPI('CVE-2026-7', 'requests'), inPyPI('CVE-2026-8', 'urllib3')], 'PyPI');
  await data.learn([before('1.1.0')]);
};

describe('is known as a scan would find it', () => {
  const owner = system('python3-requests', '2.28.1-1', {
    source: { name: 'python3-requests', version: '2.28.1-1' },
  });
  const owned = foundPackage('pypi', 'requests', '2.28.1', { ownedBy: owner.purl });
  const bundled = foundPackage('pypi', 'urllib3', '1.26.0', { ownedBy: owner.purl });

  const images = [
    scannedWith({ packages: [owner, owned, bundled], distribution: debian }),
    // The owner is not there, or nobody knows in which distribution it is.
    scannedWith({ id: imageId('2'), packages: [owned, bundled], distribution: debian }),
    scannedWith({ id: imageId('3'), packages: [owner, owned, leftPad] }),
    scannedWith({ id: imageId('4'), packages: [owner, owned], distribution: { ...debian, version: '11' } }),
  ];

  test("in its distribution, and with what the system's packages speak for", async () => {
    using remembered = dataFolder();
    using fresh = dataFolder();
    await remembered.learn([before('0.1.0')]);
    for (const each of images) await remembered.scan(each);
    await learnAll(remembered);
    const found = await remembered.changes();
    await learnAll(fresh);
    for (const each of images) await fresh.scan(each);
    expect(everything(remembered.folder)).toEqual(everything(fresh.folder));
    const ofRequests = found.images.map(({ id, changes }) => [
      Number(id.slice(-1)),
      changes.filter(({ package: purl }) => purl === owned.purl).length,
    ]);
    // Told of by the distribution itself in the first, and looked up without a finding in the last.
    expect(ofRequests).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
    ]);
  });

  test('without what only a scan was asked for', async () => {
    using data = dataFolder();
    await data.learn([inDebian('DSA-1', 'linux')], 'Debian');
    const headers = system('linux-libc-dev', '6.1.0-1', { source: { name: 'linux', version: '6.1.0-1' } });
    await data.scan(scannedWith({ packages: [headers], distribution: debian }), now, true);
    await data.learn([inDebian('DSA-1', 'linux'), inDebian('DSA-2', 'curl')], 'Debian');
    expect(await data.changes()).toMatchObject({ compared: 1, images: [] });
  });
});

describe('which containers run it', () => {
  test('is asked where there is something to compare', async () => {
    using data = dataFolder();
    await data.learn([before('0.1.0')]);
    const byDigest = scannedWith({ id: imageId('2'), packages: [leftPad] });
    const digests = [`registry.example/shop/web@${imageId('d')}`];
    await data.scan(scannedWith({ packages: [leftPad] }));
    await data.scan({ ...byDigest, image: { ...byDigest.image, digests } });
    await using engine = await startFakeEngine({
      '/containers/json': [
        { Id: 'c1', Names: ['/web/database', '/database'], ImageID: imageId('1') },
        { Id: 'c2', Names: ['/api'], ImageID: imageId('1').replace('sha256:', '') },
        { Id: 'c3', Names: ['/worker'], ImageID: imageId('d') },
      ],
    });
    await data.learn([before('1.1.0')]);
    const { images, containers } = await data.changes(() => engine.address);
    expect(images.map((each) => each.containers)).toEqual([['api', 'database'], ['worker']]);
    expect(containers).toBeUndefined();
    const asked = engine.requests.length;
    await data.changes(() => engine.address, now + 2);
    expect(engine.requests).toHaveLength(asked);
  });
});

/** Every package has the same vulnerability. */
const vulnerableLookup: AdvisoryLookup = {
  hasEcosystem: () => true,
  entriesOf: () => [{ advisory: 1, ranges: [{ fixed: '9.0.0' }], versions: [], ratings: [] }],
  advisory: () => ({ id: 'CVE-2026-1', canonical: 'CVE-2026-1', aliases: [], upstream: [], ratings: [] }),
  canonical: (name) => name,
  cve: () => undefined,
  texts: () => [],
  vendorStatus: () => undefined,
};

function brokenEngine(): EngineAddress {
  throw new TypeError('broken');
}

describe('what goes wrong on the way', () => {
  test('leaves everything as it was, and the change is told the next time', async () => {
    using data = dataFolder();
    await data.learn([before('0.1.0')]);
    await data.scan(scannedWith({ packages: [leftPad] }));
    await data.learn([before('1.1.0')]);
    await expect(data.changes(brokenEngine)).rejects.toThrow('broken');
    expect(told((await data.changes(noEngine, now + 2)).images)).toHaveLength(1);
  });

  test('in the middle of many images: what was told stays told, and the rest is told the next time', async () => {
    using data = dataFolder();
    await data.learn([before('0.1.0')]);
    await data.scan(scannedWith({ packages: [leftPad] }));
    const database = openImages(data.folder);
    const content = database.prepare('SELECT content FROM package').get()?.['content'] as string;
    for (let index = 2; index <= 450; index += 1) {
      const packages = [{ content, state: '[""]', covered: false }];
      rememberImage(database, scannedImage({ id: imageId(String(index)), packages }));
    }
    let asked = 0;
    const compare = (state: string, containersOf: () => null) =>
      compareImages(database, {
        data: state,
        openLookup: () => vulnerableLookup,
        ageOf: () => ({ newest: null, read: null }),
        containersOf,
        now,
      });
    const breaking = () => {
      asked += 1;
      if (asked === 300) throw new Error('the lights go out');
      return null;
    };
    const idsTold = () => [...messagesSince(database, 0)].flatMap(({ message }) => message.images.map(({ id }) => id));
    expect(() => compare('other 1', breaking)).toThrow('the lights go out');
    expect(idsTold()).toHaveLength(200);
    expect(compare('other 1', () => null)).toMatchObject({ compared: 250, changed: 250 });
    expect(new Set(idsTold()).size).toBe(450);
    expect(idsTold()).toHaveLength(450);
    expect(compare('other 1', () => null)).toMatchObject({ compared: 0, changed: 0 });
    database.close();
  });

  test('an image that is scanned while others are compared is told of the next time', async () => {
    using data = dataFolder();
    await data.learn([before('0.1.0')]);
    await data.scan(scannedWith({ packages: [leftPad] }));
    const database = openImages(data.folder);
    const meanwhile = () => {
      const rightPad = foundPackage('npm', 'right-pad', '1.0.0');
      const scanned = scannedWith({ packages: [leftPad, rightPad] });
      expect(rememberScans(data.folder, [{ scanned, matched: undefined }], now)).toBeUndefined();
    };
    const compared = compareImages(database, {
      data: 'other 1',
      openLookup: () => ({
        ...vulnerableLookup,
        entriesOf: () => {
          meanwhile();
          return [];
        },
      }),
      ageOf: () => ({ newest: null, read: null }),
      containersOf: () => null,
      now,
    });
    database.close();
    expect(compared).toMatchObject({ compared: 1, changed: 0 });
    await data.learn([before('1.1.0')]);
    expect(told((await data.changes()).images)).toEqual([
      'shop/web:1 gained CVE-2026-1 null {"status":"fixed","fixedIn":"1.1.0","severity":"unknown"}',
    ]);
  });
});
