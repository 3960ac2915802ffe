import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { type Circumstances, plimsoll } from './plimsoll.ts';

const compose = 'services:\n  web:\n    image: nginx:1.27\n    privileged: true\n';
const pod = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  hostNetwork: true
  containers: [{name: web, image: "web:1.4.2"}]
`;
const dockerfile = 'FROM debian:13\nRUN sudo true\nUSER 1000\n';
const runs = '#!/bin/sh\nset -eu\ndocker run --privileged nginx:1.27\n';

/** Runs a check in a folder with these files. */
async function check(files: Readonly<Record<string, string>>, args: readonly string[], more: Circumstances = {}) {
  using folder = temporaryFolder(files);
  return await plimsoll(['check', ...args], { folder: folder.path, ...more });
}

function linesOf({ stdout }: { readonly stdout: string }): string[] {
  return stdout.split('\n').slice(0, -1);
}

async function inFolder(files: Readonly<Record<string, string>>, use: (folder: TemporaryFolder) => Promise<void>) {
  using folder = temporaryFolder(files);
  await use(folder);
}

describe('what is checked', () => {
  test('every dialect is known by what stands in a file, and a failure is at its line', async () => {
    const files = {
      'a.yaml': compose,
      'b.yaml': pod,
      Containerfile: dockerfile,
      'start.sh': runs,
      'notes.md': '# Web\n',
    };
    const run = await check(files, ['--format', 'compact']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^a\.yaml:4:5: critical: .* \[container-not-privileged\]$/m);
    expect(run.stdout).toMatch(/^b\.yaml:5:3: \w+: .* \[network-no-host-mode\]$/m);
    expect(run.stdout).toMatch(/^Containerfile:2:5: \w+: .* \[dockerfile-no-sudoers\]$/m);
    expect(run.stdout).toMatch(/^start\.sh:3:12: critical: .* \[container-not-privileged\]$/m);
    expect(run.stdout).not.toContain('notes.md');
  });

  test('--kind picks files of a folder, and says what a named one is', async () => {
    const files = { 'a.yaml': compose, 'b.yaml': pod, ci: 'script:\n  - docker run --privileged nginx:1.27\n' };
    const picked = await check(files, ['--kind', 'compose', '--format', 'compact', '--severity', 'critical']);
    expect(linesOf(picked)).toEqual([expect.stringMatching(/^a\.yaml:4:5: .*\[container-not-privileged\]$/)]);
    const named = await check(files, ['ci', '--kind', 'run', '--format', 'compact', '--severity', 'critical']);
    expect(linesOf(named)).toEqual([expect.stringMatching(/^ci:2:\d+: .*\[container-not-privileged\]$/)]);
  });

  test('a folder keeps to .gitignore, .plimsollignore and --exclude; a file that is named is checked', async () => {
    const files = {
      '.gitignore': 'build/\n',
      '.plimsollignore': 'old.yaml\n',
      'build/a.yaml': compose,
      'old.yaml': compose,
      'test/a.yaml': compose,
      'web/a.yaml': compose,
    };
    const args = ['--format', 'compact', '--severity', 'critical'];
    expect(linesOf(await check(files, ['.', '--exclude', 'test', ...args]))).toEqual([
      expect.stringContaining('web/a.yaml:4'),
    ]);
    expect(linesOf(await check(files, ['old.yaml', ...args]))).toEqual([expect.stringContaining('old.yaml:4')]);
  });

  test('standard input has a name', async () => {
    const args = ['--stdin', '--stdin-filename', 'web/compose.yaml', '--format', 'compact', '--severity', 'critical'];
    const run = await check({}, args, { input: compose });
    expect(linesOf(run)).toEqual([expect.stringMatching(/^web\/compose\.yaml:4:5: /)]);
    const dash = await check({}, ['-', '--format', 'compact', '--severity', 'critical'], { input: compose });
    expect(linesOf(dash)).toEqual([expect.stringMatching(/^-:4:5: /)]);
  });

  test('a bundle of manifests on standard input is every object of it', async () => {
    const { stdout } = await check({}, ['-', '--format', 'json'], {
      input: `${pod}---\n${pod.replace('Pod', 'Pods')}`,
    });
    const report = JSON.parse(stdout) as Report;
    expect(report.subjects.map(({ kind }) => kind)).toEqual(['kubernetes-object', 'container', 'kubernetes-object']);
  });

  test('a stage, and arguments of the build', async () => {
    const files = {
      Dockerfile: 'ARG BASE=debian:latest\nFROM ${BASE} AS build\nUSER root\nFROM alpine:3.22\nUSER 1000\n',
    };
    const args = ['--format', 'compact', '--control', 'container-nonroot,dockerfile-from-pinned'];
    expect(linesOf(await check(files, [...args, '--target', 'build'])).join('\n')).toContain('Dockerfile:3:');
    expect(linesOf(await check(files, [...args, '--build-arg', 'BASE=debian:13'])).join('\n')).not.toContain('latest');
  });

  test('several files are one project with --together', async () => {
    const files = { 'a.yaml': compose, 'b.yaml': 'services:\n  web:\n    privileged: false\n' };
    const args = ['--format', 'compact', '--severity', 'critical'];
    expect(linesOf(await check(files, ['a.yaml', 'b.yaml', '--together', ...args]))).toEqual([]);
    const apart = await check(files, ['a.yaml', 'b.yaml', '--kind', 'compose', ...args]);
    expect(apart.stdout).toMatch(/^a\.yaml:4:5: critical: /);
  });

  test('the version of Kubernetes decides what its standards say', async () => {
    const files = {
      'pod.yaml': pod.replace(
        '  hostNetwork: true\n',
        '  securityContext: {sysctls: [{name: net.ipv4.tcp_rmem, value: "1"}]}\n',
      ),
    };
    const args = ['--baseline', 'pss-baseline', '--format', 'compact', '--fail-on', 'info'];
    expect(await check(files, args)).toMatchObject({ code: 0, stdout: '' });
    const older = await check(files, [...args, '--kubernetes-version', '1.31']);
    expect(older).toMatchObject({ code: 1, stdout: expect.stringContaining('kubernetes-pss-sysctls') });
  });
});

describe('exit codes', () => {
  test.each([
    ['nothing fails', dockerfile.replace('RUN sudo true\n', ''), ['--fail-on', 'critical'], 0],
    ['something fails, and nobody asked', 'FROM debian:13\nRUN sudo true\n', [], 0],
    ['something fails', 'FROM debian:latest\n', ['--fail-on', 'low'], 1],
    ['it cannot be read', 'FROM debian:13\nRUM true\n', [], 2],
    ['it is nothing of ours', 'Hello.\n', [], 2],
  ])('%s', async (_, text, args, code) => {
    const name = text.startsWith('Hello') ? 'notes.txt' : 'Dockerfile';
    expect(await check({ [name]: text }, [name, ...args])).toMatchObject({ code });
  });

  test('a waiver for a file’s subject accepts its failure', async () => {
    const waiver = `waivers:\n  - {control: container-not-privileged, subject: "container/*", reason: A driver., owner: ops, until: 2099-01-01}\n`;
    const files = { 'compose.yaml': compose, 'plimsoll.yaml': waiver };
    expect(await check(files, ['compose.yaml', '--fail-on', 'critical'])).toMatchObject({ code: 0 });
    expect(await check({ 'compose.yaml': compose }, ['--fail-on', 'critical'])).toMatchObject({ code: 1 });
  });
});

describe('bad input', () => {
  test.each([
    ['a path that is not there', ['none.yaml'], {}, 'none.yaml cannot be read: ENOENT'],
    [
      'broken YAML',
      ['a.yaml', '--kind', 'compose'],
      { 'a.yaml': 'services:\n  web: [\n' },
      /a\.yaml:\d+:\d+: error: it is not valid YAML/,
    ],
    ['a binary file', ['a.yaml'], { 'a.yaml': 'services:\0' }, 'a.yaml: error: it is a binary file'],
    [
      'a file that is too large',
      ['a.yaml'],
      { 'a.yaml': `${compose}#${'x'.repeat(11 * 1024 ** 2)}` },
      /a\.yaml: error: it has 12 MiB/,
    ],
    [
      'an extends that goes in a circle',
      ['a.yaml'],
      { 'a.yaml': 'services:\n  a: {extends: b}\n  b: {extends: a}\n' },
      /a\.yaml:\d+:\d+: error: .*extends/,
    ],
    ['an unknown stage', ['Dockerfile', '--target', 'none'], { Dockerfile: dockerfile }, /none/],
    ['standard input under two names', ['--stdin-filename', 'a.yaml'], {}, '--stdin'],
    ['a dry run of nothing', ['--dry-run'], {}, '--fix'],
  ] as const)('%s', async (_, args, files, said) => {
    const run = await check(files, args);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(said);
  });

  test('a field that Compose does not know is noticed, with the one that is meant', async () => {
    const { stderr } = await check({ 'a.yaml': compose.replace('privileged', 'privilleged') }, ['a.yaml']);
    expect(stderr).toMatch(/^a\.yaml:4:5: notice: .*"privilleged".*"privileged"/m);
  });

  test('a YAML bomb is refused', async () => {
    const levels = Array.from(
      { length: 30 },
      (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}, *a${index}]`,
    );
    const run = await check({ 'a.yaml': ['a0: &a0 [x]', ...levels, compose].join('\n') }, [
      'a.yaml',
      '--kind',
      'compose',
    ]);
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('too many nodes') });
  });

  test('an unset variable makes unknown what hangs on it, and is said at its place', async () => {
    const files = { 'compose.yaml': compose.replace('true', '${PRIVILEGED}') };
    const run = await check(files, ['--format', 'compact', '--control', 'container-not-privileged']);
    expect(run.stdout).toMatch(/^compose\.yaml:4:5: unknown: .*\[container-not-privileged\]$/m);
    expect(run.stderr).toMatch(/compose\.yaml:4:17: notice: .*PRIVILEGED/);
  });

  test('a chart that is not rendered is said to be one, and the rest is judged', async () => {
    const files = { 'pod.yaml': `${pod}---\n${pod.replace('"web:1.4.2"', '{{ .Values.image }}')}` };
    const run = await check(files, ['--format', 'compact', '--control', 'network-no-host-mode']);
    expect(run.stdout).toContain('pod.yaml:5:3');
    expect(run.stderr).toContain('helm template');
  });

  test('what one user may not read is said, and the rest is judged', async () => {
    await inFolder({ 'a.yaml': compose, 'b.yaml': compose }, async ({ path }) => {
      chmodSync(path, 0o755);
      chmodSync(join(path, 'a.yaml'), 0o000);
      const run = await plimsoll(['check', path, '--format', 'compact', '--severity', 'critical'], { user: 65_534 });
      expect(run.code).toBe(2);
      expect(run.stderr).toContain('a.yaml cannot be read: EACCES');
      expect(run.stdout).toContain('b.yaml:4:5');
    });
  });

  test('the value of a secret is nowhere', async () => {
    const secret = 'hunter2-hunter2';
    const files = { 'compose.yaml': compose.replace('privileged: true', `environment: {DB_PASSWORD: ${secret}}`) };
    for (const format of ['terminal', 'json', 'sarif', 'junit', 'markdown', 'html', 'compact', 'github', 'gitlab']) {
      const { stdout, stderr } = await check(files, ['--format', format]);
      expect(stdout).toContain('container-no-secrets-in-env');
      expect(stdout + stderr).not.toContain(secret);
    }
    const patch = await check(files, ['--fix', '--dry-run']);
    expect(patch.stderr).not.toContain(secret);
  });
});

describe('comments that accept', () => {
  const accepted = compose.replace(
    '    privileged',
    '    # plimsoll ignore=container-not-privileged A driver.\n    privileged',
  );

  test('a comment accepts what is beside it, with its reason', async () => {
    const { stdout } = await check({ 'compose.yaml': accepted }, [
      '--format',
      'json',
      '--control',
      'container-not-privileged',
    ]);
    const report = JSON.parse(stdout) as Report;
    expect(report.findings).toMatchObject([{ status: 'waived', waiver: { reason: 'A driver.' } }]);
  });

  test('a name that is none is noticed', async () => {
    const { stderr } = await check({ 'compose.yaml': accepted.replace('container-not', 'container-no') }, []);
    expect(stderr).toMatch(/compose\.yaml:4: notice: it ignores "container-no-privileged"/);
  });

  test('a fix leaves what is accepted', async () => {
    await inFolder({ 'compose.yaml': accepted }, async ({ path }) => {
      const { stderr } = await plimsoll(['check', '--fix'], { folder: path });
      expect(readFileSync(join(path, 'compose.yaml'), 'utf8')).toContain(
        `    # plimsoll ignore=container-not-privileged A driver.\n    privileged: true\n`,
      );
      expect(stderr).toContain('what a comment or a waiver accepts');
    });
  });
});

describe('--fix', () => {
  test('writes the file, keeps all else of it, and says what it did', async () => {
    const text = `\uFEFF# The shop.\r\n${compose.replaceAll('\n', '\r\n')}    labels: {owner: 'shop'} # ours\r\n`;
    await inFolder({ 'compose.yaml': text }, async ({ path }) => {
      const file = join(path, 'compose.yaml');
      chmodSync(file, 0o640);
      const run = await plimsoll(['check', '--fix', '--control', 'container-not-privileged'], { folder: path });
      const mended = text.replace('    privileged: true\r\n', '');
      expect(readFileSync(file, 'utf8')).toBe(mended);
      expect(statSync(file).mode & 0o777).toBe(0o640);
      expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('mended 1 failure in 1 file') });
      const again = await plimsoll(['check', '--fix', '--control', 'container-not-privileged'], { folder: path });
      expect(again.stderr).toContain('nothing to mend');
      expect(readFileSync(file, 'utf8')).toBe(mended);
    });
  });

  test('of a dry run writes nothing, and its patch applies', async () => {
    await inFolder({ 'compose.yaml': compose }, async ({ path }) => {
      const { stdout } = await plimsoll(['check', '--fix', '--dry-run', '--quiet'], { folder: path });
      expect(readFileSync(join(path, 'compose.yaml'), 'utf8')).toBe(compose);
      expect(stdout).toMatch(/^--- a\/compose\.yaml\n\+\+\+ b\/compose\.yaml\n@@ /);
      expect(stdout).toContain('\n-    privileged: true\n');
    });
  });

  test('of standard input goes to standard output, mark and all', async () => {
    const args = ['--stdin', '--stdin-filename', 'compose.yaml', '--fix', '--control', 'container-not-privileged'];
    const run = await check({}, args, { input: `\uFEFF${compose}` });
    expect(run.stdout).toBe(`\uFEFF${compose.replace('    privileged: true\n', '')}`);
  });

  test('goes through a link to the file, and leaves the link', async () => {
    await inFolder({ 'real.yaml': compose }, async ({ path }) => {
      symlinkSync('real.yaml', join(path, 'compose.yaml'));
      await plimsoll(['check', 'compose.yaml', '--fix', '--control', 'container-not-privileged'], { folder: path });
      expect(readFileSync(join(path, 'real.yaml'), 'utf8')).not.toContain('privileged');
      expect(readFileSync(join(path, 'compose.yaml'), 'utf8')).not.toContain('privileged');
    });
  });

  test('of a file that may not be written changes none', async () => {
    await inFolder({}, async ({ path }) => {
      chmodSync(path, 0o777);
      const closed = join(path, 'closed');
      mkdirSync(closed);
      writeFileSync(join(closed, 'a.yaml'), compose);
      writeFileSync(join(path, 'b.yaml'), compose);
      chmodSync(join(path, 'b.yaml'), 0o666);
      const run = await plimsoll(['check', path, '--fix'], { user: 65_534 });
      expect(run.code).toBe(2);
      expect(run.stderr).toMatch(/a\.yaml cannot be written: EACCES/);
      expect(readFileSync(join(path, 'b.yaml'), 'utf8')).toBe(compose);
    });
  });
});

describe('--convert', () => {
  test.each([
    ['run', /^docker run [^]*--cap-drop=ALL [^]* nginx:1\.27$/m],
    ['pod', /^kind: Pod$/m],
    ['compose', /^ {4}cap_drop:$/m],
  ])('to %s prints the container hardened', async (dialect, expected) => {
    const { code, stdout } = await check({ 'compose.yaml': compose }, ['--convert', dialect]);
    expect(stdout).toMatch(expected);
    expect(stdout).not.toMatch(/privileged(?:: true|$| )/m);
    expect(code).toBe(0);
  });
});

describe('the report', () => {
  test('goes to a file on demand', async () => {
    await inFolder({ 'compose.yaml': compose }, async ({ path }) => {
      const run = await plimsoll(['check', '--format', 'sarif', '--output', 'report.sarif'], { folder: path });
      expect(run).toMatchObject({ code: 0, stdout: '' });
      expect(JSON.parse(readFileSync(join(path, 'report.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
    });
  });

  test('speaks Chinese', async () => {
    const { stdout, stderr } = await check({ 'compose.yaml': compose.replace('true', '${P}') }, ['--lang', 'zh']);
    expect(stdout).toMatch(/得分 \d+\/100/);
    expect(stderr).toContain('变量 P 没有值');
    expect(stdout + stderr).not.toMatch(/\b(?:Score|failed|notice)\b/);
  });

  test('of a folder with nothing to check says so', async () => {
    expect(await check({ 'notes.md': '# Web\n' }, [])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('nothing'),
    });
  });
});
