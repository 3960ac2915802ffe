import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/model/json.ts';
import type { Report } from '../../src/model/report.ts';
import { osvRecord } from '../feed-parts.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { zipArchive } from '../zip-archive.ts';
import { plimsoll } from './plimsoll.ts';

const curl = osvRecord('DSA-5587-1', 'Debian:12', 'curl', [{ introduced: '0' }, { fixed: '7.88.1-10+deb12u5' }], {
  upstream: ['CVE-2023-46218', 'CVE-2023-46219'],
  summary: 'curl - security update',
});
const leftPad = osvRecord('GHSA-aaaa-bbbb-cccc', 'npm', 'left-pad', [{ introduced: '0' }, { fixed: '1.3.1' }], {
  aliases: ['CVE-2024-1'],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
});
const exploited = { vulnerabilities: [{ cveID: 'CVE-2023-46218', dateAdded: '2024-01-10' }] };

const tree = {
  'root/etc/os-release': 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
  'root/var/lib/dpkg/status':
    'Package: libcurl4\nStatus: install ok installed\nArchitecture: amd64\nSource: curl (7.88.1-10)\nVersion: 7.88.1-10+b1\n',
  'root/app/node_modules/left-pad/package.json': '{"name":"left-pad","version":"1.3.0"}',
  'root/app/go.mod': 'module example.org/app\n',
};

function exportOf(records: readonly JsonValue[]): Buffer {
  return zipArchive({
    entries: records.map((record, index) => ({ name: `${index}.json`, content: JSON.stringify(record) })),
  });
}

/** A folder with a tree to scan, and with feeds of Debian and npm. */
function prepared(): TemporaryFolder {
  const folder = temporaryFolder({ ...tree, 'feeds/kev.json': JSON.stringify(exploited) });
  writeFileSync(join(folder.path, 'feeds/Debian.zip'), exportOf([curl]));
  writeFileSync(join(folder.path, 'feeds/npm.zip'), exportOf([leftPad]));
  return folder;
}

function run(folder: TemporaryFolder, ...args: string[]) {
  return plimsoll(args, { folder: folder.path });
}

async function scanned(folder: TemporaryFolder, ...args: string[]): Promise<Report> {
  const { stdout, stderr } = await run(folder, 'scan', './root', '--data-folder', 'data', '--format', 'json', ...args);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

function vulnerabilitiesOf({ contents = [] }: Report) {
  return contents[0]?.vulnerabilities;
}

function verdictOf({ findings }: Report, control = 'image-no-fixable-high'): string | undefined {
  return findings.find((each) => each.control === control)?.status;
}

describe('after an import', () => {
  test('a scan finds vulnerabilities, says why, and what it does not know', async () => {
    using folder = prepared();
    expect((await run(folder, 'feeds', 'import', 'feeds', '--data-folder', 'data')).code).toBe(0);
    const report = await scanned(folder);
    const vulnerabilities = vulnerabilitiesOf(report);
    expect(
      vulnerabilities?.found.map(({ id, status, fixedIn, exploitedSince }) => [id, status, fixedIn, exploitedSince]),
    ).toEqual(
      [
        ['CVE-2024-1', 'fixed', '1.3.1', undefined],
        ['CVE-2023-46218', 'fixed', '7.88.1-10+deb12u5', '2024-01-10'],
        ['CVE-2023-46219', 'fixed', '7.88.1-10+deb12u5', undefined],
      ].toSorted((left, right) => Number(right[3] !== undefined) - Number(left[3] !== undefined)),
    );
    expect(vulnerabilities?.found[0]?.reason).toMatchObject({
      ecosystem: 'Debian:12',
      name: 'curl',
      compared: 'source',
      version: '7.88.1-10',
      range: { fixed: '7.88.1-10+deb12u5' },
    });
    expect(vulnerabilities?.asked.map(({ ecosystem, packages }) => [ecosystem, packages])).toEqual([
      ['Debian:12', 1],
      ['npm', 1],
    ]);
    expect(verdictOf(report)).toBe('fail');
    expect(verdictOf(report, 'image-no-exploited')).toBe('fail');
    expect(vulnerabilities?.exploitedRead).toMatch(/^20\d\d-/);
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    addFormats.default(ajv);
    const schema = readFileSync(join(import.meta.dirname, '../../docs/report.schema.json'), 'utf8');
    ajv.validate(JSON.parse(schema) as object, report);
    expect(ajv.errors).toBe(null);
  });

  test('people read how many there are, and which', async () => {
    using folder = prepared();
    await run(folder, 'feeds', 'import', 'feeds', '--data-folder', 'data');
    const english = await run(folder, 'scan', './root', '--data-folder', 'data');
    expect(english.stdout).toContain('Vulnerabilities   3 · critical 1, unknown 2 · 3 fixed in newer versions');
    expect(english.stdout).toMatch(
      /CVE-2023-46218 {2}libcurl4 7\.88\.1-10\+b1 {2}fixed in 7\.88\.1-10\+deb12u5, exploited since 2024-01-10/,
    );
    const chinese = await run(folder, 'scan', './root', '--data-folder', 'data', '--lang', 'zh');
    expect(chinese.stdout).toContain('3 个已有修复 · 1 个已被利用');
  });

  test('what is known is told feed by feed', async () => {
    using folder = prepared();
    const imported = await run(folder, 'feeds', 'import', 'feeds', '--data-folder', 'data');
    expect(imported.stdout).toMatch(/^Debian +1 +1 +0 +0$/m);
    const status = await run(folder, 'feeds', 'status', '--data-folder', 'data', '--format', 'json');
    expect(JSON.parse(status.stdout)).toMatchObject({
      schema: 'plimsoll.feeds/1',
      feeds: [
        { name: 'Debian', kind: 'advisories', records: 1, newest: '2024-05-01T00:00:00.000Z' },
        { name: 'npm', kind: 'advisories', records: 1 },
        { name: 'exploited', kind: 'exploited', records: 1, newest: '2024-01-10T00:00:00.000Z' },
      ],
    });
  });

  test('a bundle of all of it does the same', async () => {
    using folder = prepared();
    const files = readdirSync(join(folder.path, 'feeds'));
    const bundle = zipArchive({
      entries: files.map((name) => ({ name, content: readFileSync(join(folder.path, 'feeds', name)), isStored: true })),
    });
    writeFileSync(join(folder.path, 'bundle.zip'), bundle);
    expect((await run(folder, 'feeds', 'import', 'bundle.zip', '--data-folder', 'data')).code).toBe(0);
    expect(vulnerabilitiesOf(await scanned(folder))?.found).toHaveLength(3);
  });
});

describe('explain', () => {
  test('says why a package counts as having a vulnerability', async () => {
    using folder = prepared();
    await run(folder, 'feeds', 'import', 'feeds', '--data-folder', 'data');
    const explained = (...args: string[]) => run(folder, 'explain', ...args, '--in', './root', '--data-folder', 'data');
    expect((await explained('cve-2023-46218')).stdout).toBe(
      [
        'CVE-2023-46218 · pkg:deb/debian/libcurl4@7.88.1-10%2Bb1?arch=amd64&distro=debian-12',
        '  curl - security update',
        '  Found in   /var/lib/dpkg/status',
        '  Told by    DSA-5587-1',
        '  Looked up  Debian:12: curl 7.88.1-10 (the version of its source)',
        '  Lies in    from the beginning, before 7.88.1-10+deb12u5 · ordered as dpkg',
        '  Severity   unknown',
        '  Outcome    fixed in 7.88.1-10+deb12u5',
        '',
      ].join('\n'),
    );
    expect((await explained('GHSA-aaaa-bbbb-cccc', '--format', 'json')).stdout).toContain('"id": "CVE-2024-1"');
    const none = JSON.parse((await explained('CVE-1999-0001', '--format', 'json')).stdout) as object;
    expect(none).toMatchObject({ vulnerabilities: [], asked: expect.any(Array), uncovered: expect.any(Array) });
    expect(none).toHaveProperty('data', expect.stringMatching(/^[0-9a-f]{64}$/));
    expect((await explained('CVE-1999-0001', '--lang', 'zh')).stdout).toContain(
      'CVE-1999-0001 不在任何已比对的软件包中',
    );
  });

  test('without advisories is an error that says what to do', async () => {
    using folder = prepared();
    const { code, stderr } = await run(folder, 'explain', 'CVE-2024-1', '--in', './root');
    expect([code, stderr]).toEqual([2, expect.stringContaining('plimsoll feeds update')]);
  });
});

describe('without advisories', () => {
  test('nothing is known, which is not clean', async () => {
    using folder = prepared();
    const json = await run(folder, 'scan', './root', '--format', 'json', '--strict');
    const report = JSON.parse(json.stdout) as Report;
    expect(vulnerabilitiesOf(report)).toBe(null);
    expect([verdictOf(report), json.code]).toEqual(['unknown', 3]);
    const { stdout } = await run(folder, 'scan', './root');
    expect(stdout).toContain('not known: no advisories on this machine');
  });

  test('in a folder that was named is an error', async () => {
    using folder = prepared();
    const { code, stderr } = await run(folder, 'scan', './root', '--data-folder', 'nowhere');
    expect([code, stderr]).toEqual([2, expect.stringContaining('there are no advisories in nowhere')]);
  });

  test('of the distribution, only of a language, it is unknown too', async () => {
    using folder = prepared();
    writeFileSync(join(folder.path, 'npm.zip'), exportOf([]));
    const fixed = osvRecord('GHSA-1', 'npm', 'right-pad', [{ introduced: '0' }]);
    writeFileSync(join(folder.path, 'npm.zip'), exportOf([fixed]));
    await run(folder, 'feeds', 'import', 'npm.zip', '--data-folder', 'data');
    const report = await scanned(folder);
    expect(vulnerabilitiesOf(report)).toMatchObject({
      found: [],
      uncovered: [{ code: 'no-data', ecosystem: 'Debian:12', count: 1, ofSystem: true }],
    });
    expect(vulnerabilitiesOf(report)).not.toHaveProperty('exploitedRead');
    expect(verdictOf(report)).toBe('unknown');
  });
});

describe('VEX', () => {
  const openVex = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.org/vex/1',
    author: 'The maker',
    timestamp: '2024-06-01T00:00:00Z',
    version: 1,
    statements: [
      {
        vulnerability: { name: 'CVE-2024-1' },
        products: [{ '@id': 'pkg:npm/left-pad@1.3.0' }],
        status: 'not_affected',
        justification: 'vulnerable_code_not_in_execute_path',
      },
    ],
  };

  test('is heeded, shown and written again', async () => {
    using folder = prepared();
    await run(folder, 'feeds', 'import', 'feeds', '--data-folder', 'data');
    writeFileSync(join(folder.path, 'vex.json'), JSON.stringify(openVex));
    const report = await scanned(folder, '--vex', 'vex.json', '--write-vex', 'out.json');
    const one = vulnerabilitiesOf(report)?.found.find(({ id }) => id === 'CVE-2024-1');
    expect(one?.vex).toEqual({
      status: 'not-affected',
      justification: 'vulnerable-code-not-in-execute-path',
      author: 'The maker',
      source: 'vex.json',
    });
    const again = await scanned(folder, '--vex', 'out.json');
    expect(vulnerabilitiesOf(again)?.found.find(({ id }) => id === 'CVE-2024-1')?.vex).toMatchObject({
      status: 'not-affected',
      source: 'out.json',
    });
    const { stdout } = await run(folder, 'scan', './root', '--data-folder', 'data', '--vex', 'vex.json');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'Vulnerabilities 2 · unknown 2 · 2 fixed in newer versions · 1 known to be exploited · 1 more that do not count',
    );
  });

  test('that is none is an error that names the file', async () => {
    using folder = prepared();
    writeFileSync(join(folder.path, 'vex.json'), '{}');
    const { code, stderr } = await run(folder, 'scan', './root', '--vex', 'vex.json');
    expect([code, stderr]).toEqual([2, expect.stringContaining('vex.json')]);
    expect((await run(folder, 'scan', './root', '--vex', 'none.json')).stderr).toContain(
      'none.json cannot be read: ENOENT',
    );
  });
});

describe('bad input', () => {
  test.each([
    ['nothing there', 'nowhere', 'nowhere'],
    ['no feed', 'root/app', 'root/app'],
    ['no archive', 'feeds/kev.json.txt', 'kev.json.txt'],
  ])('%s', async (_, path, named) => {
    using folder = prepared();
    writeFileSync(join(folder.path, 'feeds/kev.json.txt'), 'no zip');
    const { code, stderr, stdout } = await run(folder, 'feeds', 'import', path, '--data-folder', 'data');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(named);
  });

  test('a damaged import leaves what was there in use', async () => {
    using folder = prepared();
    await run(folder, 'feeds', 'import', 'feeds', '--data-folder', 'data');
    const before = readFileSync(join(folder.path, 'data/advisories.sqlite'));
    const archive = readFileSync(join(folder.path, 'feeds/npm.zip'));
    writeFileSync(join(folder.path, 'cut.zip'), archive.subarray(0, archive.length / 2));
    expect((await run(folder, 'feeds', 'import', 'cut.zip', '--data-folder', 'data')).code).toBe(2);
    expect(readFileSync(join(folder.path, 'data/advisories.sqlite')).equals(before)).toBe(true);
    expect(readdirSync(join(folder.path, 'data')).toSorted()).toEqual(['advisories.lock', 'advisories.sqlite']);
  });

  test('a store that is none says what to do, and stays as it is', async () => {
    using folder = prepared();
    await run(folder, 'feeds', 'import', 'feeds', '--data-folder', 'data');
    const file = join(folder.path, 'data/advisories.sqlite');
    writeFileSync(file, Buffer.alloc(statSync(file).size, 'rubbish'));
    const { code, stderr } = await run(folder, 'scan', './root', '--data-folder', 'data');
    expect([code, stderr]).toEqual([2, expect.stringContaining('advisories.sqlite cannot be used')]);
    expect(statSync(file).size).toBeGreaterThan(0);
  });
});

test('older records take the place of newer ones where that is asked for', async () => {
  using folder = prepared();
  const exports = [
    ['new', '2024-05-01', '1.3.1'],
    ['old', '2024-01-01', '1.2.0'],
  ] as const;
  for (const [name, modified, fixed] of exports) {
    const record = osvRecord('GHSA-1', 'npm', 'left-pad', [{ introduced: '0' }, { fixed }], {
      modified: `${modified}T00:00:00Z`,
    });
    folder.write(`${name}/npm.zip`, exportOf([record]));
  }
  const importOf = (...args: string[]) => run(folder, 'feeds', 'import', '--data-folder', 'data', ...args);
  await importOf('new');
  expect((await importOf('old')).code).toBe(2);
  expect(foundIn(await scanned(folder))).toEqual(['GHSA-1']);
  expect((await importOf('old', '--allow-older')).stdout).toMatch(/^npm +1 +0 +1 +0$/m);
  expect(foundIn(await scanned(folder))).toEqual([]);
});

function foundIn({ contents }: Report): (string | undefined)[] {
  return contents?.flatMap(({ vulnerabilities }) => vulnerabilities?.found.map(({ id }) => id) ?? []) ?? [];
}
