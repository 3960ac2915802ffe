import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { type FakeEngine, startFakeEngine } from '../fake-engine.ts';
import { containerAnswers, inspected } from '../recorded-engines.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { auditJson, plimsoll } from './plimsoll.ts';

let engine: FakeEngine;
beforeAll(async () => {
  engine = await startFakeEngine(containerAnswers(inspected('web')));
});
afterAll(() => engine.close());

describe('--diff', () => {
  test('says what is new since a saved report, and fails the run only where that is asked for', async () => {
    using folder = temporaryFolder();
    const old = join(folder.path, 'old.json');
    const args = ['audit', '--host', engine.host];
    await plimsoll([...args, '--format', 'json', '--output', old, '--skip', 'container-nonroot']);
    const { code, stdout } = await plimsoll([...args, '--diff', old]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Since .*: 1 new, 0 fixed, \d+ unchanged, 0 no longer readable$/m);
    expect(stdout).toMatch(/^New\n {2}container\/web · .*\[container-nonroot\]$/m);
    expect(await plimsoll([...args, '--diff', old, '--fail-on-new'])).toMatchObject({ code: 1 });
    const same = await plimsoll([...args, '--diff', old, '--fail-on-new', '--skip', 'container-nonroot']);
    expect(same).toMatchObject({ code: 0, stdout: expect.stringContaining('0 new') });
  });

  test('of something that is no report is an error before anything is read', async () => {
    using folder = temporaryFolder({ 'old.json': '{"schema": "other"}' });
    const old = join(folder.path, 'old.json');
    const run = await plimsoll(['audit', '--diff', old, '--host', 'unix:///nowhere/docker.sock']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^error: --diff .*old\.json: it is no report/);
    expect(await plimsoll(['audit', '--fail-on-new'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--diff'),
    });
  });
});

describe('--root', () => {
  const tree = {
    'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
    'etc/docker/daemon.json': '{"icc": true, "hosts": ["tcp://0.0.0.0:2375"]}\n',
    'etc/group': 'root:x:0:\ndocker:x:999:ann,bob\n',
    'etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n',
    'etc/default/docker': 'DOCKER_OPTS=\n',
    'root/.docker/config.json': '{"auths": {"registry.example": {"auth": "c2hvcDpodW50ZXIy"}}}\n',
    'lib/systemd/system/docker.service': '[Service]\nExecStart=/usr/bin/dockerd\n',
  };

  test('judges the files of a copied host, and asks no engine', async () => {
    using folder = temporaryFolder(tree);
    chmodSync(join(folder.path, 'etc/docker/daemon.json'), 0o666);
    chmodSync(join(folder.path, 'etc/default/docker'), 0o622);
    const { code, stdout, stderr } = await plimsoll(['audit', '--root', folder.path, '--format', 'json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout) as Report;
    expect(report.subjects.map(({ kind }) => kind)).toEqual(['host', 'engine']);
    expect(report.subjects[0]?.details).toMatchObject({ distribution: 'debian 12' });
    const failed = report.findings.filter(({ status }) => status === 'fail').map(({ control }) => control);
    expect(failed).toEqual(
      expect.arrayContaining([
        'daemon-tcp-narrow-bind',
        'host-file-daemon-json-mode',
        'host-file-etc-default-docker-mode',
        'registry-credentials-protected',
      ]),
    );
    expect(stdout).not.toContain('c2hvcDpodW50ZXIy');
    // What only a kernel or an engine that runs can tell is not made up.
    const passed = report.findings.filter(({ status, level }) => status === 'pass' && level === 'kernel');
    expect(passed.map(({ control }) => control)).toEqual([]);
  });

  test('of an empty folder knows nothing, and says so', async () => {
    using folder = temporaryFolder();
    const { report } = await auditJson(['--root', folder.path]);
    expect(report.findings.filter(({ status, level }) => status === 'pass' && level !== 'operations')).toEqual([]);
  });

  test('does not go with an engine, and must be there', async () => {
    expect(await plimsoll(['audit', '--root', '/', '--host', 'unix:///x'])).toMatchObject({ code: 2, stdout: '' });
    for (const root of ['/no/such/folder', '/etc/hostname']) {
      const run = await plimsoll(['audit', '--root', root]);
      expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(root) });
    }
  });
});

function answer(date: string): string {
  return `answers:
  - {control: operations-incident-response, holds: true, note: wiki, owner: ops, date: ${date}}
`;
}

/** What the question comes to with this in `plimsoll.yaml`. */
async function statusWith(text: string): Promise<string | undefined> {
  using folder = temporaryFolder({ 'plimsoll.yaml': text });
  const args = ['--host', engine.host, '--control', 'operations-incident-response'];
  const { report } = await auditJson(args, { folder: folder.path });
  return report.findings[0]?.status;
}

describe('baselines', () => {
  test('--explain-baseline lists what is in one, and reads nothing', async () => {
    const run = await plimsoll(['audit', '--explain-baseline', 'cis-docker', '--host', 'unix:///nowhere']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^cis-docker: /);
    expect(run.stdout).toMatch(/^host-file-daemon-json-mode +\S+ +3\.18 /m);
    expect(run.stdout).not.toMatch(/^kubernetes-pss-/m);
    const strict = await plimsoll(['audit', '--explain-baseline', 'strict']);
    expect(strict.stdout).toContain('daemon-rootless.required = true');
    const none = await plimsoll(['audit', '--explain-baseline', 'cis']);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('cis-docker') });
  });

  test('an answer settles a question, for as long as it counts', async () => {
    const today = new Date().toISOString().slice(0, 10);
    expect(await statusWith('')).toBe('unknown');
    expect(await statusWith(answer(today))).toBe('pass');
    expect(await statusWith(answer('2020-01-01'))).toBe('unknown');
  });
});
