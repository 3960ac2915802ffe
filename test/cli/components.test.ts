import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { debian11, debianHost, goProgram } from '../copied-hosts.ts';
import { osvRecord } from '../feed-parts.ts';
import { temporaryFolder, type TemporaryFolder } from '../temporary-folder.ts';
import { auditJson, plimsoll } from './plimsoll.ts';

const chosen = 'daemon-version-current,host-runc-not-vulnerable,kernel-no-known-flaws';

let folder: TemporaryFolder;
let host: TemporaryFolder;
beforeAll(async () => {
  folder = temporaryFolder();
  const record = osvRecord('DSA-1', 'Debian:11', 'runc', [{ introduced: '0' }, { fixed: '1.0.0-2' }], {
    upstream: ['CVE-2024-1'],
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  });
  folder.write('feeds/Debian/DSA-1.json', JSON.stringify(record));
  const imported = await plimsoll(['feeds', 'import', join(folder.path, 'feeds'), '--data-folder', dataFolder()]);
  if (imported.code !== 0) throw new Error(imported.stderr);
  host = debianHost(
    {
      osRelease: debian11,
      kernelRelease: '5.10.0-28-amd64',
      files: { 'usr/sbin/runc': goProgram('go1.15.15', 'path\tgithub.com/opencontainers/runc\n') },
    },
    [{ name: 'runc', version: '1.0.0-1', files: ['/usr/sbin/runc'] }],
  );
});
afterAll(() => {
  folder?.[Symbol.dispose]();
  host?.[Symbol.dispose]();
});

function dataFolder(): string {
  return join(folder.path, 'data');
}

function audit(...words: readonly string[]) {
  return plimsoll(['audit', '--root', host.path, '--control', chosen, ...words]);
}

describe('an audit with advisories', () => {
  test('tells what they say of the engine and the kernel, in the document and the exit code', async () => {
    const { code, report } = await auditJson(
      `--root ${host.path} --control ${chosen} --data-folder ${dataFolder()} --fail-on critical`.split(' '),
    );
    expect(code).toBe(1);
    expect(report.components).toMatchObject({
      distribution: { id: 'debian', version: '11' },
      parts: [
        { part: 'kernel', vulnerabilities: null },
        { part: 'runtime', judgedBy: 'distribution', vulnerabilities: { found: [{ id: 'CVE-2024-1' }] } },
      ],
    });
    expect(report.findings.find(({ control }) => control === 'host-runc-not-vulnerable')).toMatchObject({
      status: 'fail',
      severity: 'critical',
    });
    expect(report.coverage).toContainEqual(
      expect.objectContaining({ subject: 'host', what: 'advisories of Debian:11', status: 'read' }),
    );
  });

  test.each([
    ['en', 'What runs the containers', 'CVE-2024-1 (fixed in 1.0.0-2)'],
    ['zh', '容器的运行基础', 'CVE-2024-1（修复于 1.0.0-2）'],
  ])('says so in %s', async (language, head, flaw) => {
    const { stdout } = await audit('--data-folder', dataFolder(), '--lang', language);
    expect(stdout).toContain(head);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(flaw);
  });

  test('takes them from where they usually are', async () => {
    const usual = { environment: { XDG_DATA_HOME: join(folder.path, 'usual') } };
    expect((await plimsoll(['feeds', 'import', join(folder.path, 'feeds')], usual)).code).toBe(0);
    const { stdout } = await plimsoll(['audit', '--root', host.path, '--control', chosen], usual);
    expect(stdout).toContain('What runs the containers');
  });
});

describe('an audit without advisories', () => {
  test('passes nothing for the lack of them', async () => {
    const { report } = await auditJson(['--root', host.path, '--control', chosen]);
    expect(report.components).toBeUndefined();
    expect(report.findings.map(({ status }) => status)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(report.coverage).toContainEqual(
      expect.objectContaining({ what: 'advisories', status: 'unreadable', need: expect.stringContaining('feeds') }),
    );
  });

  test('is wrong usage where a folder with some was named', async () => {
    const { code, stdout, stderr } = await audit('--data-folder', '/nowhere/data');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('/nowhere/data');
  });

  test('goes on where the usual store is damaged, and says that it is', async () => {
    using damaged = temporaryFolder({ 'plimsoll/advisories.sqlite': 'no store' });
    const { code, stdout } = await plimsoll(['audit', '--root', host.path, '--control', chosen], {
      environment: { XDG_DATA_HOME: damaged.path },
    });
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('advisories.sqlite');
    expect((await audit('--data-folder', join(damaged.path, 'plimsoll'))).code).toBe(2);
  });
});
