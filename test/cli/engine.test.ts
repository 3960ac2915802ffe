import { chmodSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { type Answers, delayed, hang, hangUp, hangUpHalfWay, raw, status } from '../answers.ts';
import { type Certificates, hasOpenssl, makeCertificates } from '../certificates.ts';
import { startFakeEngine } from '../fake-engine.ts';
import { containerAnswers, docker29, idOf, inspected, podman5, tooNew, tooOld } from '../recorded-engines.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { startEngineProcess } from './engine-in-process.ts';
import { auditJson, plimsoll } from './plimsoll.ts';

const unreadOf = (report: Report) => report.coverage.filter((entry) => entry.status === 'unreadable');

describe('an engine that is well', () => {
  test.each<[string, Answers, string]>([
    ['Docker 20.10', {}, '1.41'],
    ['Docker 29', docker29, '1.52'],
    ['Podman 5', podman5, '1.41'],
  ])('%s is audited', async (_, answers, api) => {
    await using engine = await startFakeEngine({ ...answers, ...containerAnswers(inspected('web'), inspected('db')) });
    const { code, stderr, report } = await auditJson(['--host', engine.host]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(report.subjects.map(({ kind, name }) => [kind, name])).toEqual([
      ['host', 'host'],
      ['engine', expect.any(String)],
      ['network', expect.stringMatching(/^(?:bridge|podman)$/)],
      ['container', 'db'],
      ['container', 'web'],
    ]);
    expect(report.subjects[1]?.details).toMatchObject({ api });
    expect(report.score.fail).toBeGreaterThan(0);
    expect(engine.requests.every((request) => request.startsWith('GET '))).toBe(true);
  });

  test('DOCKER_HOST names it', async () => {
    await using engine = await startFakeEngine();
    const { report } = await auditJson([], { environment: { DOCKER_HOST: engine.host } });
    expect(report.subjects[1]).toMatchObject({ id: 'engine/harbour', source: engine.host });
  });

  test('a slow answer is waited for', async () => {
    await using engine = await startFakeEngine({ '/info': delayed(100, { Name: 'slow' }) });
    const { report } = await auditJson(['--host', engine.host]);
    expect(report.subjects[1]?.id).toBe('engine/slow');
  });
});

describe('an engine that cannot be asked', () => {
  test('because there is no socket', async () => {
    const { code, stderr, stdout } = await plimsoll(['audit', '--host', 'unix:///nowhere/docker.sock']);
    expect(stderr).toBe(
      'error: there is no socket at unix:///nowhere/docker.sock\n' +
        'hint: Start the engine, or name another one with --host, --context or DOCKER_HOST.\n',
    );
    expect(stdout).toContain('this is not a clean bill of health');
    expect(stdout).not.toMatch(/Nothing failed|100\/100/);
    expect(code).toBe(0);
  });

  test('leaves an error where that is asked for', async () => {
    const { code, report } = await auditJson(['--strict', '--host', 'unix:///nowhere/docker.sock']);
    expect(code).toBe(3);
    expect(
      report.findings.filter(({ subject, status: each }) => subject.startsWith('engine/') && each === 'pass'),
    ).toEqual([]);
    expect(unreadOf(report).map(({ what }) => what)).toContain('GET /containers/json');
  });

  test('because nobody listens at its socket any more', async () => {
    const engine = await startEngineProcess();
    await engine.kill();
    const { stderr, code } = await plimsoll(['audit', '--host', engine.host]);
    rmSync(dirname(engine.host.slice('unix://'.length)), { recursive: true });
    expect(stderr).toContain(`error: nothing listens at ${engine.host}\n`);
    expect(code).toBe(0);
  });

  test.skipIf(process.getuid?.() !== 0)('because this user may not (needs root, to run as another)', async () => {
    await using engine = await startFakeEngine();
    chmodSync(dirname(engine.host.slice('unix://'.length)), 0o755);
    chmodSync(engine.host.slice('unix://'.length), 0o600);
    const { stderr, stdout, code } = await plimsoll(['audit', '--host', engine.host], { user: 65_534 });
    expect(stderr).toContain(
      `error: this user may not open ${engine.host}\nhint: Run as root, or as a member of the group`,
    );
    expect(stdout).toContain('this is not a clean bill of health');
    expect(code).toBe(0);
  });

  test.skipIf(process.getuid?.() !== 0)(
    'about its process says who could (needs root, to run as another)',
    async () => {
      await using engine = await startFakeEngine(containerAnswers(inspected('web')));
      chmodSync(dirname(engine.host.slice('unix://'.length)), 0o755);
      chmodSync(engine.host.slice('unix://'.length), 0o666);
      const { code, report } = await auditJson(['--strict', '--host', engine.host], { user: 65_534 });
      expect(report.subjects.map(({ id }) => id)).toContain('container/web');
      expect(unreadOf(report)).toContainEqual(expect.objectContaining({ need: 'run as root' }));
      expect(code).toBe(3);
    },
  );

  test('because it is stuck', async () => {
    await using engine = await startFakeEngine({ '/version': hang });
    const { stderr, code } = await plimsoll(['audit', '--timeout', '0.3', '--host', engine.host]);
    expect(stderr).toContain('did not answer GET /version within 0.3 s\nhint: ');
    expect(stderr).toContain('--timeout');
    expect(code).toBe(0);
  });

  test.each<[string, Answers, RegExp]>([
    ['speaks too old an API', tooOld, /the engine's API 1\.20 is older than 1\.\d+.*\nhint: Upgrade the engine/],
    ['speaks too new an API', tooNew, /the engine speaks only API 2\.0 and newer.*\nhint: Upgrade Plimsoll\.$/m],
    ['is a web site', { '/version': raw('<!doctype html><h1>It works!</h1>') }, /something that is not JSON/],
    ['refuses', { '/version': status(403, { message: 'no\u001b[31m' }) }, /status 403: no\\e\[31m\nhint: /],
    ['hangs up', { '/version': hangUp }, /went away in the middle of an answer/],
  ])('because it %s', async (_, answers, expected) => {
    await using engine = await startFakeEngine(answers);
    const { stderr, stdout, code } = await plimsoll(['audit', '--host', engine.host]);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toMatch(expected);
    expect(stdout).not.toMatch(/Nothing failed|100\/100/);
    expect(code).toBe(0);
  });
});

describe('an engine that goes away half way', () => {
  test('leaves a report of what it had said, and names what is missing', async () => {
    await using engine = await startFakeEngine({
      ...containerAnswers(inspected('web'), inspected('db')),
      '/info': hangUpHalfWay,
      [`/containers/${idOf('db')}/json`]: hangUpHalfWay,
    });
    const { stdout, code } = await plimsoll(['audit', '--strict', '--host', engine.host]);
    expect(code).toBe(3);
    expect(stdout).toContain('container/web');
    expect(stdout).toContain('went away in the middle of an answer');
    const { report } = await auditJson(['--host', engine.host]);
    expect(unreadOf(report).map(({ what }) => what)).toEqual(
      expect.arrayContaining(['GET /info', `GET /containers/${idOf('db')}/json`]),
    );
  });

  test('before its containers is not one without any', async () => {
    await using engine = await startFakeEngine({ '/containers/json': hangUpHalfWay });
    const { report, code } = await auditJson(['--strict', '--host', engine.host]);
    expect(unreadOf(report).map(({ what }) => what)).toContain('GET /containers/json?all=1');
    expect(code).toBe(3);
  });

  test('while it lists what a container changed leaves the container', async () => {
    await using engine = await startFakeEngine({
      ...containerAnswers(inspected('web')),
      [`/containers/${idOf('web')}/changes`]: hang,
    });
    const { report } = await auditJson(['--timeout', '2', '--host', engine.host]);
    expect(report.subjects.map(({ id }) => id)).toContain('container/web');
    expect(unreadOf(report).some(({ reason }) => reason?.includes('within 2 s'))).toBe(true);
  });
});

test('a container that is removed between list and inspect is no error', async () => {
  await using engine = await startFakeEngine({
    ...containerAnswers(inspected('web'), inspected('gone')),
    [`/containers/${idOf('gone')}/json`]: status(404, { message: 'No such container' }),
  });
  const { stderr, report } = await auditJson(['--host', engine.host]);
  expect(stderr).toBe('');
  expect(report.subjects.map(({ id }) => id).filter((id) => id.startsWith('container/'))).toEqual(['container/web']);
  expect(unreadOf(report).filter(({ what }) => what.includes(idOf('gone')))).toEqual([]);
});

test.each<[string, Answers, string]>([
  ['no list', { '/containers/json': { message: 'hello' } }, 'GET /containers/json?all=1'],
  ['no info', { '/info': [] }, 'GET /info'],
])('%s in the place of an answer is named, and costs nothing else', async (_, answers, what) => {
  await using engine = await startFakeEngine({ ...containerAnswers(inspected('web')), ...answers });
  const { code, stderr, report } = await auditJson(['--host', engine.host]);
  expect(unreadOf(report).map((entry) => entry.what)).toContain(what);
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

/** Audits an engine that was started with this configuration file. */
async function auditWith(text: string, ...options: readonly string[]) {
  using folder = temporaryFolder();
  const file = folder.write('daemon.json', text);
  await using engine = await startEngineProcess(`--config-file=${file}`);
  return { file, ...(await auditJson(['--host', engine.host, ...options])) };
}

describe('daemon.json', () => {
  test('is the one that the command line of the engine’s own process names', async () => {
    const { report, file } = await auditWith('{\n  "debug": true,\n  "icc": true\n}\n');
    expect(unreadOf(report).filter(({ what }) => what.endsWith('daemon.json'))).toEqual([]);
    const finding = report.findings.find(({ control }) => control === 'daemon-icc-disabled');
    expect(finding?.location).toEqual({ source: 'file', path: 'icc', file, line: 3, column: 3 });
  });

  test('that is malformed is named with line, column and what was expected', async () => {
    const { code, report, file } = await auditWith('{\n  "icc": false,\n}\n', '--strict');
    const reason = `${file}:3:1: expected a key in double quotes`;
    expect(unreadOf(report)).toContainEqual(expect.objectContaining({ what: file, reason }));
    const unknown = report.findings.filter(({ message }) => message === reason);
    expect(unknown.length).toBeGreaterThan(0);
    expect(new Set(unknown.map((finding) => finding.status))).toEqual(new Set(['unknown']));
    expect(code).toBe(3);
  });
});

describe.skipIf(!hasOpenssl)('TLS (needs openssl)', () => {
  const folder = temporaryFolder();
  let certificates: Certificates;
  beforeAll(() => {
    certificates = makeCertificates(folder.path);
  });
  afterAll(() => folder[Symbol.dispose]());

  test('an engine with an unknown authority is not asked, and why is said', async () => {
    await using engine = await startFakeEngine({}, { over: 'tcp', tls: certificates.server });
    const { stderr, stdout, code } = await plimsoll(['audit', '--tlsverify', '--host', engine.host]);
    expect(stderr).toMatch(/^error: TLS with tcp:\/\/127\.0\.0\.1:\d+ failed: \w+\nhint: Check that --tlscacert/);
    expect(stdout).toContain('this is not a clean bill of health');
    expect(code).toBe(0);
  });

  test('an engine that demands a client certificate is asked with one', async () => {
    const { ca, server } = certificates;
    const tls = { ...server, ca, requestCert: true, rejectUnauthorized: true };
    await using engine = await startFakeEngine({}, { over: 'tcp', tls });
    const file = (name: string) => join(folder.path, name);
    const named = ['--tlscacert', file('ca.pem'), '--tlscert', file('cert.pem'), '--tlskey', file('key.pem')];
    const byOptions = await auditJson(['--tlsverify', ...named, '--host', engine.host]);
    expect(byOptions.stderr).toBe('');
    expect(byOptions.report.subjects[1]?.id).toBe('engine/harbour');
    const environment = { DOCKER_HOST: engine.host, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder.path };
    expect((await auditJson([], { environment })).report.subjects[1]?.id).toBe('engine/harbour');
    const without = await plimsoll(['audit', '--tlsverify', '--tlscacert', file('ca.pem'), '--host', engine.host]);
    expect(without.stderr).toContain('failed: ');
  });

  test('material that is none is an error that says so', async () => {
    const path = folder.write('garbage.pem', 'not a certificate');
    await using engine = await startFakeEngine({}, { over: 'tcp', tls: certificates.server });
    const { stderr } = await plimsoll([
      'audit',
      '--tlsverify',
      '--tlscert',
      path,
      '--tlskey',
      path,
      '--host',
      engine.host,
    ]);
    expect(stderr).toMatch(/^error: TLS with /);
  });

  test('a certificate that is not there is wrong usage', async () => {
    const { code, stderr } = await plimsoll(['audit', '--tlscacert', '/nowhere/ca.pem', '--host', 'tcp://127.0.0.1']);
    expect(stderr).toBe('error: --tlscacert /nowhere/ca.pem cannot be read: ENOENT\nhint: Name a readable PEM file.\n');
    expect(code).toBe(2);
  });
});
