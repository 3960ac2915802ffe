import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchPackages } from '../src/advisories/match.ts';
import { openAdvisoryDatabase } from '../src/feeds/advisory-database.ts';
import { advisoryReader } from '../src/feeds/advisory-reader.ts';
import { readFeedFiles } from '../src/feeds/feed-files.ts';
import { importFeeds } from '../src/feeds/import-feeds.ts';
import { storeFile } from '../src/feeds/store-file.ts';
import type { Distribution } from '../src/model/image-contents.ts';
import type { Package } from '../src/model/package.ts';
import type { Vulnerability } from '../src/model/vulnerability.ts';
import { type OpenedFinder, openFinder } from '../src/scan/find-vulnerabilities.ts';
import { scanTarget } from '../src/scan/scan-target.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Real advisories, beside a checkout where somebody put them. What must be found was worked out from them by hand. */
const data = join(import.meta.dirname, '../../shared/data/osv');
const wanted = new Set(['AlmaLinux', 'Alpine', 'Debian', 'npm', 'PyPI']);
const absent = !existsSync(join(data, 'Debian.zip'));

/** `CVE-… in curl`, in order. */
function names(found: readonly Vulnerability[]): string[] {
  return found.map(({ id, reason }) => `${id} in ${reason.name}`).toSorted();
}

function binary(name: string, version: string, source: string): string {
  return `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\nSource: ${source}\n\n`;
}

function installed(name: string, version: string, origin: string): string {
  return `P:${name}\nV:${version}\nA:x86_64\no:${origin}\n\n`;
}

describe.skipIf(absent)('trees of distributions and projects (needs shared advisories)', () => {
  let folder = '';
  let finder: OpenedFinder | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-advisories-'));
    const database = openAdvisoryDatabase(storeFile(folder), { writes: true });
    const files = readFeedFiles(data);
    const parts = files.parts.filter((part) => part.kind === 'advisories' && wanted.has(part.name));
    await importFeeds(database, parts, { now: Math.floor(Date.now() / 1000) });
    files.close();
    database.close();
    finder = await openFinder({ dataFolder: folder, kernelHeaders: false });
  }, 120_000);

  afterAll(() => {
    finder?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function scanned(files: Readonly<Record<string, string>>) {
    using tree = temporaryFolder(files);
    const { contents } = await scanTarget(`dir:${tree.path}`, {
      thorough: false,
      spool: join(tree.path, 'spool'),
      engine: () => {
        throw new Error('no engine is asked');
      },
      registry: { insecure: [], mirrors: [], environment: {}, home: tree.path },
    });
    return finder?.find(contents) ?? { found: [], uncovered: [], asked: [] };
  }

  test('Debian 11: by source package, each CVE of an advisory; not what comes from others', async () => {
    const { found, uncovered } = await scanned({
      'etc/os-release':
        'ID=debian\nVERSION_ID="11"\nVERSION_CODENAME=bullseye\nPRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\n',
      'var/lib/dpkg/status': [
        binary('libcurl4', '7.74.0-1.3+deb11u5', 'curl'),
        binary('libssl1.1', '1.1.1n-0+deb11u3+b1', 'openssl (1.1.1n-0+deb11u3)'),
        binary('sudo', '1.9.5p2-3+deb11u1', 'sudo'),
        binary('docker-ce', '5:20.10.0~3-0~debian-bullseye', 'docker-ce'),
        binary('linux-libc-dev', '5.10.0-1', 'linux'),
      ].join(''),
    });
    expect(names(found)).toEqual([
      'CVE-2022-2097 in openssl',
      'CVE-2022-4304 in openssl',
      'CVE-2022-4450 in openssl',
      'CVE-2023-0215 in openssl',
      'CVE-2023-0286 in openssl',
      'CVE-2023-23916 in curl',
    ]);
    expect(found.find(({ id }) => id === 'CVE-2023-23916')).toMatchObject({
      advisory: 'DSA-5365-1',
      fixedIn: '7.74.0-1.3+deb11u7',
    });
    expect(uncovered.map(({ code, example }) => [code, example.replace(/@.*/, '')])).toEqual([
      ['third-party', 'pkg:deb/debian/docker-ce'],
      ['kernel-headers', 'pkg:deb/debian/linux-libc-dev'],
    ]);
  });

  test('Alpine 3.18: by origin, and revisions as apk orders them', async () => {
    const { found } = await scanned({
      'etc/os-release': 'ID=alpine\nVERSION_ID=3.18.4\nPRETTY_NAME="Alpine Linux v3.18"\n',
      'lib/apk/db/installed': [
        installed('libcrypto3', '3.1.4-r5', 'openssl'),
        installed('ssl_client', '1.36.1-r5', 'busybox'),
        installed('musl', '1.2.4-r2', 'musl'),
        installed('zlib', '1.2.13-r1', 'zlib'),
      ].join(''),
    });
    expect(names(found)).toEqual([
      'CVE-2023-42363 in busybox',
      'CVE-2023-42364 in busybox',
      'CVE-2023-42365 in busybox',
      'CVE-2023-42366 in busybox',
      'CVE-2024-2511 in openssl',
      'CVE-2024-4603 in openssl',
      'CVE-2024-4741 in openssl',
      'CVE-2024-5535 in openssl',
      'CVE-2024-6119 in openssl',
      'CVE-2024-9143 in openssl',
    ]);
  });

  test('AlmaLinux 8: only the stream of the module that is installed', () => {
    const alma: Distribution = { id: 'almalinux', version: '8.7', name: 'AlmaLinux 8.7', idLike: ['rhel'] };
    const node: Package = {
      purl: 'pkg:rpm/almalinux/nodejs@18.9.0-1',
      type: 'rpm',
      namespace: 'almalinux',
      name: 'nodejs',
      version: '1:18.18.2-1.module_el8.8.0+3652+0e111ba0',
      modularity: 'nodejs:18:8080020231017:0e111ba0',
      vendor: 'AlmaLinux',
      licenses: [],
      state: 'installed',
      path: '/var/lib/rpm/rpmdb.sqlite',
      layer: 0,
      cataloger: 'rpm-sqlite@1',
    };
    const database = openAdvisoryDatabase(storeFile(folder), { writes: false });
    const matched = (change: Partial<Package>) =>
      matchPackages([{ ...node, ...change }], alma, advisoryReader(database)).vulnerabilities.filter(
        ({ advisory }) => advisory < 'ALSA-2024:2781',
      );
    // ALSA-2023:5869 is in it; ALSA-2024:1510 and 2780 are not.
    expect(
      matched({})
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([
      'CVE-2023-46809',
      'CVE-2024-21892',
      'CVE-2024-22019',
      'CVE-2024-22025',
      'CVE-2024-25629',
      'CVE-2024-27982',
      'CVE-2024-27983',
      'CVE-2024-28182',
    ]);
    // A build for no module is no older one of any stream.
    const { modularity: _, ...plain } = node;
    expect(
      matchPackages([{ ...plain, version: '1:18.18.2-1.el8' }], alma, advisoryReader(database)).vulnerabilities,
    ).toEqual([]);
    database.close();
  });

  test('lock files: what they ask for, by the ecosystem', async () => {
    const { found, asked } = await scanned({
      'app/package-lock.json': JSON.stringify({
        name: 'app',
        lockfileVersion: 3,
        packages: {
          '': { name: 'app', dependencies: { express: '4.18.2', semver: '4.3.2' } },
          'node_modules/express': { version: '4.18.2' },
          'node_modules/semver': { version: '4.3.2' },
        },
      }),
      'app/requirements.txt': 'requests==2.31.0\nPyYAML==9.9.9\n',
    });
    expect(names(found)).toEqual([
      'CVE-2024-29041 in express',
      'CVE-2024-35195 in requests',
      'CVE-2024-43796 in express',
      'CVE-2024-47081 in requests',
      'CVE-2026-25645 in requests',
    ]);
    expect(asked.map(({ ecosystem, packages }) => `${ecosystem} ${packages}`).toSorted()).toEqual(['PyPI 2', 'npm 2']);
  });
});
