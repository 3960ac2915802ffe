import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { formats } from '../../src/report/formats.ts';
import { type FakeEngine, startFakeEngine } from '../fake-engine.ts';
import { containerAnswers, inspected } from '../recorded-engines.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { auditJson, plimsoll, program } from './plimsoll.ts';

const canary = 'canary-4f1d9a27';
const hostile = 'web\u001b[31m\u202e\n=cmd()<script>alert(1)</script>';

const secrets: JsonObject = {
  Env: [`DATABASE_PASSWORD=${canary}`, `AWS_SECRET_ACCESS_KEY=${canary}`, `HARMLESS=${canary}`],
  Cmd: ['serve', `--password=${canary}`],
};
const insecure: JsonObject = {
  Privileged: true,
  CapAdd: ['ALL'],
  PidMode: 'host',
  LogConfig: { Type: 'splunk', Config: { 'splunk-token': canary } },
};

let engine: FakeEngine;
beforeAll(async () => {
  engine = await startFakeEngine(
    containerAnswers(
      inspected('web', { Config: secrets, HostConfig: insecure }),
      inspected('worker', { Config: secrets, state: 'running' }),
      inspected(hostile, { HostConfig: insecure }),
    ),
  );
});
afterAll(() => engine.close());

const audit = (...words: string[]) => plimsoll(['audit', '--host', engine.host, ...words]);

describe('the exit code', () => {
  test.each<[string, number, string[]]>([
    ['failures without a threshold', 0, []],
    ['failures at the threshold', 1, ['--fail-on', 'critical']],
    ['failures below it', 0, ['--fail-on', 'critical', '--control', 'container-pids-limit']],
    ['failures that are skipped', 0, ['--fail-on', 'info', '--skip', '*']],
    ['failures before what could not be read', 1, ['--fail-on', 'low', '--strict']],
    ['what could not be read', 3, ['--strict']],
  ])('of %s is %i', async (_, code, words) => {
    expect((await audit(...words)).code).toBe(code);
  });
});

describe('what is judged', () => {
  test('can be chosen by id, glob and alias, and left out', async () => {
    const { report } = await auditJson(['--host', engine.host, '--control', '5.29,daemon-icc-*', '--skip', '2.2']);
    expect(new Set(report.findings.map(({ control }) => control))).toEqual(new Set(['container-pids-limit']));
  });

  test('can be only what is severe', async () => {
    const { report } = await auditJson(['--host', engine.host, '--severity', 'high']);
    expect(new Set(report.findings.map(({ severity }) => severity))).toEqual(new Set(['critical', 'high']));
  });

  test('by the strict baseline is more', async () => {
    const options = ['--host', engine.host, '--control', 'container-cpuset'];
    const usual = await auditJson(options);
    const strict = await auditJson([...options, '--baseline', 'strict']);
    expect(new Set(usual.report.findings.map(({ status }) => status))).toEqual(new Set(['not-applicable']));
    expect(new Set(strict.report.findings.map(({ status }) => status))).toEqual(new Set(['fail']));
    expect(strict.report.baseline).toBe('strict');
  });
});

describe.each(formats)('as %s', (format) => {
  test('no value of an environment and no password is shown, and no name does harm', async () => {
    const { code, stdout, stderr } = await audit('--format', format);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain(canary);
    expect(stdout).toContain('container/worker');
    expect(stdout).not.toMatch(/[\u202e]|(?!\n)\p{Cc}/u);
    expect(stdout).not.toMatch(/^\W*=cmd\(\)/m);
  });
});

test('a summary is one screen', async () => {
  const { stdout } = await audit('--summary');
  expect(stdout.split('\n').length).toBeLessThanOrEqual(24);
  expect(stdout).toContain('Fix first');
  expect(stdout).not.toContain(canary);
});

// The program of util-linux that gives another one a terminal.
const hasRecorder = spawnSync('script', ['--version']).status === 0;

/** What a terminal would show of a summary. */
async function onTerminal(environment: Record<string, string>, ...words: string[]): Promise<string> {
  const command = [process.execPath, program, 'audit', '--summary', ...words];
  const child = spawn('script', ['--quiet', '--return', '--command', command.join(' '), '/dev/null'], {
    env: { PATH: process.env.PATH, HOME: '/nowhere', LC_ALL: 'C.UTF-8', TERM: 'xterm', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [shown] = await Promise.all([textOf(child.stdout), once(child, 'close')]);
  return shown;
}

describe.skipIf(!hasRecorder)('colour (needs script from util-linux)', () => {
  test('is for terminals, unless they are told otherwise', async () => {
    const host = ['--host', engine.host];
    expect(await onTerminal({}, ...host)).toContain('\u001b[');
    expect(await onTerminal({ NO_COLOR: '1' }, ...host)).not.toContain('\u001b[');
    expect(await onTerminal({}, '--no-color', ...host)).not.toContain('\u001b[');
    expect(await onTerminal({}, '--format', 'json', ...host)).not.toContain('\u001b[');
  });
});

function waiver(change: { control?: string; subject?: string; until?: string } = {}): string {
  const { control = 'container-not-privileged', subject = 'container/*', until = '2999-12-31' } = change;
  return `  - { control: ${control}, subject: ${subject}, reason: needs it, owner: shop, until: ${until} }\n`;
}

/** Audits by these rules. */
async function auditWith(yaml: string, ...words: string[]) {
  using folder = temporaryFolder({ 'plimsoll.yaml': yaml });
  const chosen = ['--host', engine.host, '--control', 'container-not-privileged', ...words];
  return await auditJson(chosen, { folder: folder.path });
}

describe('plimsoll.yaml', () => {
  test('in the working directory is read', async () => {
    const { code, report } = await auditWith(`waivers:\n${waiver()}`, '--fail-on', 'low');
    expect(report.score).toMatchObject({ fail: 0, waived: 2 });
    expect(report.waivers).toMatchObject([{ state: 'used', findings: 2, reason: 'needs it', owner: 'shop' }]);
    expect(code).toBe(0);
  });

  test('a waiver that has expired lets the failure count, and says so', async () => {
    const { code, report } = await auditWith(`waivers:\n${waiver({ until: '2020-01-31' })}`, '--fail-on', 'low');
    expect(code).toBe(1);
    expect(report.waivers).toMatchObject([{ state: 'expired', findings: 2 }]);
    expect(report.findings.filter(({ status }) => status === 'fail')).toMatchObject([
      { waiver: { expired: true, until: '2020-01-31' } },
      { waiver: { expired: true } },
    ]);
  });

  test('a waiver that matches nothing is reported', async () => {
    const { report } = await auditWith(`waivers:\n${waiver({ subject: 'container/gone' })}`);
    expect(report.waivers).toMatchObject([{ state: 'unused', findings: 0 }]);
  });

  test('a waiver of what was not judged is not called unused', async () => {
    const { report } = await auditWith(`waivers:\n${waiver({ control: 'container-pids-limit' })}`);
    expect(report.waivers).toEqual([]);
  });

  test('says what is skipped, which baseline, which language and when to fail; the command line outranks it', async () => {
    const yaml = 'baseline: strict\nlanguage: zh\nfailOn: critical\nskip: [container-pids-limit]\n';
    const { code, report } = await auditWith(yaml, '--control', 'container-pids-limit');
    expect(report).toMatchObject({ baseline: 'strict', language: 'zh' });
    expect(report.findings.map(({ control }) => control)).not.toContain('container-pids-limit');
    expect(code).toBe(1);
    const other = await auditWith(yaml, '--baseline', 'default', '--lang', 'en', '--fail-on', 'critical');
    expect(other.report).toMatchObject({ baseline: 'default', language: 'en' });
  });

  test('sets parameters', async () => {
    const yaml = 'parameters:\n  container-pids-limit:\n    suggested: 4711\n';
    const { report } = await auditWith(yaml, '--control', 'container-pids-limit');
    expect(JSON.stringify(report.findings.map(({ remedy }) => remedy))).toContain('--pids-limit=4711');
  });

  test('can lie elsewhere', async () => {
    using folder = temporaryFolder({ 'rules.yaml': `waivers:\n${waiver()}` });
    const words = ['--control', 'container-not-privileged', '--config', join(folder.path, 'rules.yaml')];
    expect((await auditJson(['--host', engine.host, ...words])).report.score.waived).toBe(2);
  });

  test.each([
    ['is not YAML', 'baseline: [strict\n', /^error: plimsoll\.yaml:\d:\d+: /],
    [
      'has a date that is none',
      `waivers:\n${waiver({ until: '2027-02-30' })}`,
      /plimsoll\.yaml:2:\d+: expected a date/,
    ],
  ])('that %s is wrong usage, with the place', async (_, yaml, expected) => {
    using folder = temporaryFolder({ 'plimsoll.yaml': yaml });
    const { code, stdout, stderr } = await plimsoll(['audit', '--host', engine.host], { folder: folder.path });
    expect(stderr).toMatch(expected);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
