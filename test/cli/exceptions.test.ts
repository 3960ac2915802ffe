import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { osvRecord } from '../feed-parts.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { zipArchive } from '../zip-archive.ts';
import { plimsoll } from './plimsoll.ts';

const severe = [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' }];
const records = [
  osvRecord('GHSA-aaaa-bbbb-cccc', 'npm', 'left-pad', [{ introduced: '0' }, { fixed: '1.3.1' }], {
    aliases: ['CVE-2024-1'],
    severity: severe,
  }),
  osvRecord('GHSA-dddd-eeee-ffff', 'npm', 'right-pad', [{ introduced: '0' }], {
    aliases: ['CVE-2024-2'],
    severity: severe,
  }),
  osvRecord('GHSA-gggg-hhhh-jjjj', 'npm', 'down-pad', [{ introduced: '0' }], {
    aliases: ['CVE-2024-3'],
    severity: severe,
  }),
];
const family = 'image-no-exploited,image-no-fixable-high,image-no-unfixed-high';

/** What all tests read: a tree and a store. */
let shared: TemporaryFolder;

beforeAll(async () => {
  shared = temporaryFolder({
    'root/app/node_modules/left-pad/package.json': '{"name":"left-pad","version":"1.3.0"}',
    'root/app/node_modules/right-pad/package.json': '{"name":"right-pad","version":"1.0.0"}',
    'older/app/node_modules/left-pad/package.json': '{"name":"left-pad","version":"1.2.0"}',
    'older/app/node_modules/down-pad/package.json': '{"name":"down-pad","version":"1.0.0"}',
    'feeds/kev.json': JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2001-1', dateAdded: '2024-01-10' }] }),
  });
  const entries = records.map((record, index) => ({ name: `${index}.json`, content: JSON.stringify(record) }));
  writeFileSync(join(shared.path, 'feeds/npm.zip'), zipArchive({ entries }));
  const imported = await plimsoll(['feeds', 'import', 'feeds', '--data-folder', 'data'], { folder: shared.path });
  if (imported.code !== 0) throw new Error(imported.stderr);
});

afterAll(() => shared[Symbol.dispose]());

/** Another folder to stand in, with this `plimsoll.yaml`: tests of a file run at the same time. */
function configured(text: string): TemporaryFolder {
  return temporaryFolder({ 'plimsoll.yaml': text });
}

function scan(args: readonly string[], folder?: TemporaryFolder) {
  const target = ['scan', join(shared.path, 'root'), '--data-folder', join(shared.path, 'data'), '--control', family];
  return plimsoll([...target, ...args], folder ? { folder: folder.path } : {});
}

/** What is new since an older tree. */
function diff(...args: readonly string[]) {
  const targets = ['older', 'root'].map((name) => join(shared.path, name));
  const data = ['--data-folder', join(shared.path, 'data'), '--control', family];
  return plimsoll(['scan', '--diff', ...targets, ...data, '--fail-on-new', ...args]);
}

async function reportOf(args: readonly string[] = [], folder?: TemporaryFolder): Promise<Report> {
  const { stdout, stderr } = await scan(['--format', 'json', ...args], folder);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Report;
}

function statusesIn({ findings }: Report): Readonly<Record<string, string>> {
  return Object.fromEntries(findings.map(({ control, status }) => [control, status]));
}

function foundIn({ contents = [] }: Report, id: string) {
  return contents[0]?.vulnerabilities?.found.find((each) => each.id === id);
}

const waiver = `waivers:
  - vulnerability: cve-2024-1
    package: pkg:npm/left-*
    image: '*/root'
    reason: only used while building
    owner: shop-team
    until: 2999-01-31
`;

describe('the gate', () => {
  test('fails for what can be had repaired, and apart from that for what cannot', async () => {
    expect(statusesIn(await reportOf())).toEqual({
      'image-no-exploited': 'pass',
      'image-no-fixable-high': 'fail',
      'image-no-unfixed-high': 'fail',
    });
    expect((await scan(['--fail-on', 'high'])).code).toBe(1);
    expect((await scan(['--fail-on', 'medium', '--skip', 'image-no-fixable-high'])).code).toBe(1);
  });

  test('with --only-fixed shows what nobody has repaired, and passes over it', async () => {
    const { code, stdout } = await scan(['--fail-on', 'medium', '--skip', 'image-no-fixable-high', '--only-fixed']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('[image-no-unfixed-high]')]);
    expect((await scan(['--fail-on', 'medium', '--only-fixed'])).code).toBe(1);
    using folder = configured('failOn: medium\n');
    expect((await scan(['--skip', 'image-no-fixable-high'], folder)).code).toBe(1);
    expect((await scan(['--skip', 'image-no-fixable-high', '--only-fixed'], folder)).code).toBe(0);
  });

  test('--only-fixed without a threshold is wrong usage', async () => {
    const { code, stderr } = await scan(['--only-fixed']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--only-fixed needs --fail-on')]);
    expect((await scan(['--only-fixed', '--lang', 'zh'])).stderr).toContain('--only-fixed 需与 --fail-on');
  });
});

describe('--diff', () => {
  test('states nothing of the older one', async () => {
    const waivers = ['CVE-2024-2', 'CVE-2024-3'].map(
      (id) =>
        `  - vulnerability: ${id}\n    reason: only used while building\n    owner: shop-team\n    until: 2999-01-31\n`,
    );
    using folder = configured(`waivers:\n${waivers.join('')}`);
    const file = join(folder.path, 'out.json');
    await diff('--config', join(folder.path, 'plimsoll.yaml'), '--write-vex', file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      statements: [{ vulnerability: { name: 'CVE-2024-2' } }],
    });
  });

  test('a control that failed before fails anew for a vulnerability that has come', async () => {
    const { code, stdout } = await diff('--format', 'json');
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as Report).comparison).toMatchObject({
      new: [{ control: 'image-no-unfixed-high' }],
      unchanged: 1,
    });
  });

  test('and not for what is waived, or passed over', async () => {
    expect((await diff('--ignore-until', 'CVE-2024-2=2999-01-31')).code).toBe(0);
    expect((await diff('--only-fixed')).code).toBe(0);
  });
});

describe('--ignore-until', () => {
  const gate = ['--fail-on', 'info'];

  test('passes over a vulnerability until a day, and the report says so', async () => {
    const ignored = ['--ignore-until', 'CVE-2024-1=2999-01-31', '--ignore-until', 'ghsa-dddd-*=2999-01-31'];
    const { code, stdout, stderr } = await scan([...gate, ...ignored]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/Vulnerabilities +none known · 2 waived/);
    expect(stdout).toContain('– CVE-2024-1: ignored on the command line (until 2999-01-31)');
    expect((await scan([...gate, ...ignored.slice(0, 2)])).code).toBe(1);
  });

  test('counts again after that day, and says so twice', async () => {
    const { code, stdout, stderr } = await scan([...gate, '--ignore-until', 'CVE-2024-1=2020-01-31']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('that day has passed, so it counts again')]);
    expect(stdout).toContain('fixed in 1.3.1, waiver expired 2020-01-31');
    expect(stdout).toContain('! This waiver has expired: CVE-2024-1 (--ignore-until, 2020-01-31)');
  });

  test('of what is not there is told', async () => {
    const { stdout } = await scan(['--ignore-until', 'CVE-2000-1=2999-01-31']);
    expect(stdout).toContain('! This waiver matches nothing in what was scanned: CVE-2000-1');
  });

  test.each(['CVE-2024-1', 'CVE-2024-1=2026-02-30', '=2026-12-31'])('%s is wrong usage', async (text) => {
    const { code, stdout, stderr } = await scan(['--ignore-until', text]);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(`--ignore-until ${text}: `)]);
  });
});

describe('a waiver in plimsoll.yaml', () => {
  test('stands beside the vulnerability, which does not count', async () => {
    using folder = configured(waiver);
    const report = await reportOf([], folder);
    const expected = { vulnerability: 'cve-2024-1', reason: 'only used while building', owner: 'shop-team' };
    expect(foundIn(report, 'CVE-2024-1')?.waiver).toMatchObject({ ...expected, status: 'affected' });
    expect(foundIn(report, 'CVE-2024-2')).not.toHaveProperty('waiver');
    expect(report.vulnerabilityWaivers).toMatchObject([{ ...expected, image: '*/root', state: 'used', findings: 1 }]);
    expect(statusesIn(report)['image-no-fixable-high']).toBe('pass');
  });

  test('comes before what the command line ignores', async () => {
    using folder = configured(waiver);
    const report = await reportOf(['--ignore-until', 'CVE-2024-1=2999-12-31'], folder);
    expect(foundIn(report, 'CVE-2024-1')?.waiver?.owner).toBe('shop-team');
    expect(report.vulnerabilityWaivers?.map(({ state }) => state)).toEqual(['used', 'used']);
  });

  test('is in the explanation', async () => {
    using folder = configured(waiver);
    const place = ['--in', join(shared.path, 'root'), '--data-folder', join(shared.path, 'data')];
    const { stdout } = await plimsoll(['explain', 'CVE-2024-1', ...place], { folder: folder.path });
    expect(stdout).toMatch(/Waiver +only used while building \(accepted by shop-team until 2999-01-31\)/);
    const named = await plimsoll(
      ['explain', 'CVE-2024-1', ...place, '--config', join(folder.path, 'plimsoll.yaml'), '--vex', 'none.json'],
      { folder: shared.path },
    );
    expect([named.code, named.stderr]).toEqual([2, expect.stringContaining('none.json cannot be read: ENOENT')]);
    const elsewhere = ['--config', join(folder.path, 'plimsoll.yaml')];
    expect((await plimsoll(['explain', 'CVE-2024-1', ...place, ...elsewhere], { folder: shared.path })).stdout).toMatch(
      /Waiver +only used/,
    );
  });

  test('becomes a statement, which gives the same verdict where it is read', async () => {
    using folder = configured(
      `${waiver}    status: not-affected\n    justification: vulnerable-code-not-in-execute-path\n`,
    );
    const file = join(folder.path, 'out.json');
    await scan(['--write-vex', file], folder);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      statements: [{ status: 'not_affected', justification: 'vulnerable_code_not_in_execute_path' }],
    });
    const report = await reportOf(['--vex', file]);
    expect(foundIn(report, 'CVE-2024-1')?.vex).toMatchObject({
      status: 'not-affected',
      justification: 'vulnerable-code-not-in-execute-path',
      impact: 'only used while building',
    });
    expect(statusesIn(report)['image-no-fixable-high']).toBe('pass');
  });

  test('of two kinds at once is an error with its line', async () => {
    using folder = configured(`${waiver}    control: image-no-suid\n`);
    const { code, stderr } = await scan([], folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining('plimsoll.yaml:8:5: a waiver is of a "control" or')]);
  });
});
