import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { assert, nat, property, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../test/failure.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { type MadeEntry, zipArchive } from '../../test/zip-archive.ts';
import { PlimsollError } from '../model/error.ts';
import { type JsonValue, textIn } from '../model/json.ts';
import { type FeedFiles, readFeedFiles } from './feed-files.ts';

function exportOf(...ids: readonly string[]): Buffer {
  return zipArchive({ entries: ids.map((id) => ({ name: `${id}.json`, content: JSON.stringify({ id }) })) });
}

const catalogue = '{"vulnerabilities":[{"cveID":"CVE-2021-44228"}]}';
const scores = '#model_version:v1,score_date:2025-08-25T00:00:00Z\ncve,epss,percentile\nCVE-2021-44228,0.9,0.99\n';

/** What each part has, and what was left out, as short texts; paths from the root on. */
async function read(
  path: string,
): Promise<{ readonly parts: readonly string[]; readonly problems: readonly string[] }> {
  const found = readFeedFiles(path);
  try {
    const parts = await toldParts(found, path);
    const problems = found.problems.map((each) => `${each.path.replace(path, '')}: ${each.reason.en}`);
    return { parts, problems: problems.toSorted() };
  } finally {
    found.close();
  }
}

async function toldParts({ parts }: FeedFiles, path: string): Promise<readonly string[]> {
  const told: string[] = [];
  for (const part of parts) {
    const origin = part.origin.replace(path, '');
    if (part.kind === 'advisories') {
      const records = [...part.records()].map(({ name, problem }) => name.replace('.json', '') + (problem ? '?' : ''));
      told.push(`${part.name} ${origin}: ${records.join(' ')}`);
    } else if (part.kind === 'exploited') told.push(`exploited ${origin}`);
    else told.push(`${part.kind} ${origin}: ${JSON.stringify(await valuesOf(part.lines()))}`);
  }
  return told;
}

async function valuesOf(lines: AsyncIterable<JsonValue>): Promise<readonly JsonValue[]> {
  const values: JsonValue[] = [];
  for await (const value of lines) values.push(value);
  return values;
}

const layout: readonly (readonly [string, string | Buffer])[] = [
  ['Debian.zip', exportOf('DSA-1', 'DSA-2')],
  ['Rocky%20Linux.zip', exportOf('RLSA-1')],
  ['Go/all.zip', exportOf('GO-1')],
  ['Red%20Hat/RHSA-1.json', '{"id":"RHSA-1"}'],
  ['Red%20Hat/RHSA-2.json', '{'],
  ['kev.json', catalogue],
  ['epss_scores-current.csv.gz', gzipSync(scores)],
  ['cve-meta.jsonl', '{"cve":"CVE-2021-44228"}\n'],
  ['redhat-status.jsonl.gz', gzipSync('{"cve":"CVE-2021-44228","status":"Affected"}\n')],
  ['manifest.json', '{}'],
];

const layoutParts = (separator: string, archive: string) => [
  `Debian ${separator}Debian.zip: DSA-1 DSA-2`,
  `Rocky Linux ${separator}Rocky%20Linux.zip: RLSA-1`,
  `Go ${separator}Go/all.zip: GO-1`,
  `Red Hat ${separator}Red%20Hat${archive}: RHSA-1 RHSA-2?`,
  `cve ${separator}cve-meta.jsonl: [{"cve":"CVE-2021-44228"}]`,
  `epss ${separator}epss_scores-current.csv.gz: [{"cve":"CVE-2021-44228","epss":0.9,"percentile":0.99,"date":"2025-08-25"}]`,
  `exploited ${separator}kev.json`,
  `status ${separator}redhat-status.jsonl.gz: [{"cve":"CVE-2021-44228","status":"Affected"}]`,
];

describe('a folder', () => {
  test('has feeds as they are published', async () => {
    using folder = temporaryFolder();
    for (const [name, content] of layout) folder.write(name, content);
    expect(await read(folder.path)).toEqual({ parts: layoutParts('/', ''), problems: [] });
  });

  test('names the digest of each file', () => {
    using folder = temporaryFolder({ 'kev.json': catalogue, 'npm/b.json': '{}', 'npm/a.json': '[1]' });
    const path = folder.write('Debian.zip', exportOf('DSA-1'));
    const found = readFeedFiles(folder.path);
    found.close();
    expect(found.parts.map(({ digest }) => digest)).toEqual([
      sha256(readFileSync(path)),
      sha256(`${sha256('[1]')}  a.json\n${sha256('{}')}  b.json\n`),
      sha256(catalogue),
    ]);
  });

  test('with one export of everything names it as the folder is called', async () => {
    using folder = temporaryFolder();
    folder.write('feeds/all.zip', exportOf('A'));
    expect((await read(join(folder.path, 'feeds'))).parts).toEqual(['feeds /all.zip: A']);
    expect((await read(join(folder.path, 'feeds/all.zip'))).parts).toEqual(['feeds : A']);
  });

  test('may have links, but none that leads out of it', async () => {
    using outside = temporaryFolder({ 'kev.json': catalogue });
    using folder = temporaryFolder();
    folder.write('files/Debian.zip', exportOf('DSA-1'));
    symlinkSync('files/Debian.zip', join(folder.path, 'Alpine.zip'));
    symlinkSync(join(outside.path, 'kev.json'), join(folder.path, 'kev.json'));
    symlinkSync(outside.path, join(folder.path, 'more'));
    symlinkSync('nowhere', join(folder.path, 'epss.csv'));
    symlinkSync('..', join(folder.path, 'files/up'));
    expect(await read(folder.path)).toEqual({
      parts: ['Alpine /Alpine.zip: DSA-1', 'Debian /files/Debian.zip: DSA-1'],
      problems: [
        '/epss.csv: it cannot be read: ENOENT',
        expect.stringContaining('/files/up: it l'),
        '/kev.json: it leads out of the folder or archive that was given',
        '/more: it leads out of the folder or archive that was given',
      ],
    });
  });

  test('says what it leaves out', async () => {
    using folder = temporaryFolder();
    folder.write('Debian.zip', exportOf('DSA-1'));
    folder.write('Debian/DSA-9.json', '{}');
    folder.write('other/Debian.zip', exportOf('DSA-2'));
    folder.write('Alpine.zip', exportOf('A-1').subarray(0, -10));
    folder.write('Maven.zip', zipArchive({ entries: [{ name: 'inner.zip', content: exportOf('M-1') }] }));
    folder.write('npm.zip', zipArchive({ entries: [{ name: 'read.me' }] }));
    folder.write('README.md', '');
    folder.write('GHSA-1.json', '{}');
    folder.write('kev.json', '{"vulnerabilities":[]}');
    folder.write('sub/known_exploited_vulnerabilities.json', '<html>');
    mkdirSync(join(folder.path, 'a/b'), { recursive: true });
    execFileSync('mkfifo', [join(folder.path, 'epss.csv')]);
    expect(await read(folder.path)).toEqual({
      parts: ['Debian /Debian.zip: DSA-1'],
      problems: [
        '/Alpine.zip: it is no zip archive, or it is cut off',
        `/Debian: it is of the same ecosystem as ${folder.path}/Debian.zip, which counts`,
        '/Maven.zip: it holds archives, and they are not opened at this depth',
        '/README.md: its name is not that of a feed',
        '/a/b: it lies deeper than feeds are looked for',
        '/epss.csv: it is no regular file',
        '/kev.json: it is not the catalogue of exploited vulnerabilities: no `vulnerabilities` with a `cveID`',
        '/npm.zip: it has no records: no file in it ends with .json',
        `/other/Debian.zip: it is of the same ecosystem as ${folder.path}/Debian.zip, which counts`,
        '/sub/known_exploited_vulnerabilities.json: it is no JSON',
        ': 1 records lie beside the feeds, and it is not known of which ecosystem they are',
      ],
    });
  });

  test('with very many files names a hundred of them', async () => {
    using folder = temporaryFolder({ 'kev.json': catalogue });
    for (let index = 0; index < 150; index += 1) folder.write(`${index}.txt`, '');
    const { problems } = await read(folder.path);
    expect(problems.length).toBe(101);
    expect(problems).toContain(': 50 more files were left out');
  });

  test('takes no ecosystem in part', async () => {
    using folder = temporaryFolder({ 'kev.json': catalogue });
    mkdirSync(join(folder.path, 'npm'));
    for (let index = 0; index <= 10_000; index += 1) writeFileSync(join(folder.path, 'npm', `${index}.json`), '{}');
    expect(await read(folder.path)).toEqual({
      parts: ['exploited /kev.json'],
      problems: ['/npm: it has more than 10000 records in files of their own, and none of them is read'],
    });
  });
});

describe('an archive', () => {
  const entries: readonly MadeEntry[] = layout.map(([name, content]) => ({ name, content }));

  test.each([
    ['deflated', entries],
    ['stored', entries.map((each) => ({ ...each, isStored: true as const }))],
  ])('holds the same files, %s', async (_how, made) => {
    using folder = temporaryFolder();
    const path = folder.write('bundle.zip', zipArchive({ entries: made }));
    expect(await read(path)).toEqual({ parts: layoutParts('!/', '/'), problems: [] });
    const found = readFeedFiles(path);
    found.close();
    expect(found.parts[0]?.digest).toBe(sha256(exportOf('DSA-1', 'DSA-2')));
  });

  test('may be an export itself', async () => {
    using folder = temporaryFolder();
    const path = folder.write('crates.io.zip', exportOf('RUSTSEC-1', 'RUSTSEC-2'));
    expect(await read(path)).toEqual({ parts: ['crates.io : RUSTSEC-1 RUSTSEC-2'], problems: [] });
    expect(readFeedFiles(path).parts[0]).toMatchObject({ digest: sha256(readFileSync(path)), origin: path, bytes: 36 });
  });

  test('says what it leaves out', async () => {
    using folder = temporaryFolder();
    const path = folder.write(
      'bundle.zip',
      zipArchive({
        entries: [
          { name: './Debian.zip', content: exportOf('DSA-1') },
          { name: 'Debian.zip', content: exportOf('DSA-2') },
          { name: 'a/b/Go.zip', content: exportOf('GO-1') },
          { name: '../npm.zip', content: exportOf('GHSA-1') },
          { name: 'Maven.zip', content: zipArchive({ entries: [{ name: 'Maven.zip', content: exportOf('M-1') }] }) },
          { name: 'PyPI.zip', content: exportOf('P-1'), isEncrypted: true },
          { name: 'Hex.zip', content: exportOf('H-1'), claimedSize: 300 * 1024 ** 2 },
          { name: 'Pub.zip', content: exportOf('P-1'), isDamaged: true },
          { name: 'kev.json', content: '[]' },
          { name: 'GHSA-1.json', content: '{}' },
        ],
      }),
    );
    expect(await read(path)).toEqual({
      parts: ['Debian !/Debian.zip: DSA-1'],
      problems: [
        '!/../npm.zip: it leads out of the folder or archive that was given',
        '!/Debian.zip: another file of the archive has the same name; the first one counts',
        '!/Hex.zip: it is larger than is read',
        '!/Maven.zip: it holds archives, and they are not opened at this depth',
        '!/Pub.zip: it is damaged',
        '!/PyPI.zip: it is encrypted',
        '!/a/b/Go.zip: it lies deeper than feeds are looked for',
        '!/kev.json: it is not the catalogue of exploited vulnerabilities: no `vulnerabilities` with a `cveID`',
        ': 1 records lie beside the feeds, and it is not known of which ecosystem they are',
      ],
    });
  });
});

describe('a path without feeds', () => {
  test.each<readonly [string, string | Buffer | undefined, RegExp]>([
    ['missing', undefined, /not there/],
    ['text', 'text', /neither a folder nor a zip archive/],
    ['empty.zip', zipArchive({ entries: [] }), /nothing that is a feed/],
    ['cut.zip', exportOf('A', 'B').subarray(0, 80), /no zip archive, or it is cut off/],
    ['folder/read.me', '', /nothing that is a feed.*read\.me: its name is not that of a feed/],
    ['folder/GHSA-1.json', '{}', /nothing that is a feed.*1 records lie beside/],
  ])('is an error that names it: %s', async (name, content, expected) => {
    using folder = temporaryFolder();
    if (content !== undefined) folder.write(name, content);
    const path = join(folder.path, name.split('/')[0] ?? '');
    const { code, text, advice } = await failureOf(() => readFeedFiles(path));
    expect(code).toBe('file-unreadable');
    expect(text.en).toContain(path);
    expect(text.en).toMatch(expected);
    expect(advice?.en).toMatch(/ECOSYSTEM|fetched or copied again/);
  });

  test('is told from one that may not be read', async () => {
    const { text } = await failureOf(() => readFeedFiles(`/${'x'.repeat(300)}`));
    expect(text.en).toContain('ENAMETOOLONG');
  });
});

describe('after it was closed', () => {
  test('nothing is read from it any more', async () => {
    using folder = temporaryFolder({ 'npm/a.json': '{}', 'cve-meta.jsonl': '1' });
    folder.write('Debian.zip', exportOf('DSA-1'));
    const found = readFeedFiles(folder.path);
    found.close();
    found.close();
    const failures = await Promise.all(
      found.parts.map(async (part) => {
        try {
          return part.kind === 'advisories'
            ? [...part.records()].length
            : await toldParts({ ...found, parts: [part] }, '');
        } catch (error) {
          return (error as Error).message.replace(/.*\//, '');
        }
      }),
    );
    expect(failures).toEqual(['Debian.zip was closed', 'npm was closed', 'cve-meta.jsonl was closed']);
  });

  test('a file that became shorter meanwhile is an error', async () => {
    using folder = temporaryFolder();
    const path = folder.write('Debian.zip', exportOf(...Array.from({ length: 2000 }, (_, index) => `DSA-${index}`)));
    const found = readFeedFiles(folder.path);
    truncateSync(path, 1000);
    const [part] = found.parts;
    const { text } = await failureOf(() => (part?.kind === 'advisories' ? [...part.records()] : []));
    expect(text.en).toBe(`${path} was changed while it was read`);
    found.close();
  });
});

/** Of each export; any other error than one for a user is a fault. */
function recordCounts(path: string): readonly number[] {
  try {
    const found = readFeedFiles(path);
    const counts = found.parts.flatMap((part) => (part.kind === 'advisories' ? [[...part.records()].length] : []));
    found.close();
    return counts;
  } catch (error) {
    if (error instanceof PlimsollError) return [];
    throw error;
  }
}

describe('whatever an archive has', () => {
  const whole = zipArchive({ entries: layout.map(([name, content]) => ({ name, content })) });

  test('parts or an error come of it', () => {
    using folder = temporaryFolder();
    assert(
      property(nat(whole.length), uint8Array({ maxLength: 60 }), nat(1), (at, bytes, cut) => {
        const rest = cut === 1 ? whole.subarray(at + bytes.length) : whole.subarray(at);
        const path = folder.write('bundle.zip', Buffer.concat([whole.subarray(0, at), bytes, rest]));
        expect(recordCounts(path)).not.toContain(0);
      }),
      { numRuns: 400 },
    );
  });
});

/** Beside a checkout, where somebody put it: never a part of the project. */
const shared = join(import.meta.dirname, '../../../shared/data/osv');

describe.skipIf(!existsSync(shared))(`published feeds in ${basename(shared)}`, () => {
  test('are all read', () => {
    const found = readFeedFiles(shared);
    expect(found.problems).toEqual([]);
    const names = readdirSync(shared).filter((name) => name.endsWith('.zip'));
    const exports = found.parts.filter((part) => part.kind === 'advisories');
    expect(exports.map(({ name }) => `${name}.zip`)).toEqual(names.toSorted());
    for (const { records, bytes } of exports.filter((each) => each.bytes < 3_000_000)) {
      const all = [...records()];
      expect(all.map(({ value }) => `${textIn(value, 'id')}.json`)).toEqual(all.map(({ name }) => name));
      expect(all.length).toBeGreaterThan(500);
      expect(bytes).toBeGreaterThan(all.length * 300);
    }
    found.close();
  });
});

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
