import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlanDocument } from '../../src/model/fix-report.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { type FakeEngine, startFakeEngine } from '../fake-engine.ts';
import { containerAnswers, inspected } from '../recorded-engines.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Circumstances, plimsoll } from './plimsoll.ts';

const canary = 'canary-4f1d9a27';
const image = inspected('web')['Image'] as string;

let engine: FakeEngine;

/** Tests that count what an engine is asked have one of their own: others run at the same time. */
function startEngine(): Promise<FakeEngine> {
  const change = { Config: { Env: [`DATABASE_PASSWORD=${canary}`], Cmd: ['serve', `--password=${canary}`] } };
  return startFakeEngine({
    ...containerAnswers(inspected('web', change), inspected('worker')),
    [`/images/${image}/json`]: { Id: image, Config: {} },
  });
}

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

/** Only ever what containers fail: the machine that runs the tests is not to be planned for. */
const ofContainers = ['--only', 'container'];

async function fix(words: readonly string[], circumstances: Circumstances = {}, host = engine.host) {
  using state = temporaryFolder();
  const named = words.includes('--state') ? [] : ['--state', state.path];
  return plimsoll(['fix', '--host', host, '--quiet', ...named, ...words], circumstances);
}

async function planned(...words: readonly string[]): Promise<PlanDocument> {
  const { stdout, stderr } = await fix(['--format', 'json', ...words]);
  if (stdout === '') throw new Error(`no plan: ${stderr}`);
  return JSON.parse(stdout) as PlanDocument;
}

describe('options that mean nothing together', () => {
  test.each<[string, string, string[]]>([
    ['--apply and --undo', '--apply 与 --undo', ['--apply', '--undo', 'last']],
    ['--apply and --export', '--apply 与 --export', ['--export', 'shell', '--apply']],
    ['--forget and --history', '--forget 与 --history', ['--forget', 'x', '--history']],
    ['--undo and --subject', '--undo 与 --subject', ['--undo', 'last', '--subject', 'web']],
    ['--history and --only', '--history 与 --only', ['--history', '--only', 'daemon']],
    ['--forget and --allow-removal', '--forget 与 --allow-removal', ['--forget', 'x', '--allow-removal']],
    ['--export and --format', '--export 与 --format', ['--export', 'shell', '--format', 'json']],
  ])('%s are refused in both languages', async (en, zh, words) => {
    const english = await fix(words);
    expect(english).toEqual({ code: 2, stdout: '', stderr: `error: ${en} cannot be used together\n` });
    const chinese = await fix([...words, '--lang', 'zh']);
    expect(chinese).toEqual({ code: 2, stdout: '', stderr: `错误：${zh} 不能同时使用\n` });
  });
});

describe('what a plan cannot be had as', () => {
  test.each<[string, string[], string, string]>([
    ['a list of findings', ['--format', 'sarif'], 'terminal, json, markdown, html', '计划的格式有'],
    ['no format at all', ['--format', 'jsn'], 'Did you mean json?', 'json'],
    ['no export', ['--export', 'puppet'], 'ansible | shell | daemon.json', 'ansible | shell | daemon.json'],
    ['a history as a page', ['--history', '--format', 'html'], 'only as terminal or json', '仅有 terminal 和 json'],
  ])('is refused before anything is read: %s', async (_, words, en, zh) => {
    await using own = await startEngine();
    const english = await fix(words, {}, own.host);
    expect(english).toMatchObject({ code: 2, stdout: '' });
    expect(english.stderr).toContain(en);
    expect((await fix([...words, '--lang', 'zh'], {}, own.host)).stderr).toContain(zh);
    expect(own.requests).toEqual([]);
  });
});

describe('what is chosen', () => {
  test('a plan is for the containers that were named, and no other', async () => {
    const { actions, refused } = await planned(...ofContainers, '--subject', 'web', '--disruption', 'stop');
    expect(actions.map(({ id }) => id)).toEqual(['container-replacement/web']);
    expect(new Set(refused.map(({ subject }) => subject))).toEqual(new Set(['container/web']));
  });

  test('by a control it is for that control alone', async () => {
    const { actions, refused } = await planned('--control', 'container-pids-limit');
    expect(actions.map(({ controls }) => controls)).toEqual([['container-pids-limit'], ['container-pids-limit']]);
    expect(refused).toEqual([]);
  });

  test.each<[string, string[], string, string]>([
    ['a subject', ['--subject', 'wbe'], 'Did you mean web? There are: container/w', '是否指 web？现有：container/w'],
    ['a subject of a kind', ['--subject', 'container/wokrer'], 'Did you mean container/worker?', 'container/worker？'],
    ['a glob', ['--subject', 'shop-*'], 'nothing on this machine is called "shop-*"', '本机没有名为“shop-*”的对象'],
    ['a level', ['--only', 'dockerfile'], 'nothing was judged at dockerfile', '没有检查 dockerfile 层级'],
    ['a control', ['--control', 'container-pid-limit'], 'Did you mean container-pids-limit?', 'container-pids-limit'],
    ['a control of files', ['--control', 'dockerfile-*'], 'plimsoll check --fix', 'plimsoll check --fix'],
  ])('%s that is not there is no empty plan, but an error with what there is', async (_, words, en, zh) => {
    const english = await fix(words);
    expect(english).toMatchObject({ code: 2, stdout: '' });
    expect(english.stderr).toContain(en);
    expect((await fix([...words, '--lang', 'zh'])).stderr).toContain(zh);
  });

  test('what is there and fails nothing is an empty plan', async () => {
    const { code, stdout } = await fix(['--control', 'container-not-privileged', '--subject', 'web']);
    expect(code).toBe(0);
    expect(stdout).toContain('There is nothing to do');
  });
});

describe('a plan', () => {
  const everything = [...ofContainers, '--disruption', 'stop'];

  test.each(['terminal', 'json', 'markdown', 'html'])('as %s holds no secret and is complete', async (format) => {
    for (const language of ['en', 'zh']) {
      const { code, stdout, stderr } = await fix([...everything, '--format', format, '--lang', language]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).not.toContain(canary);
      expect(stdout).toContain('container-before-'.replace('container', 'web'));
      expect(stdout).toContain('worker');
    }
  });

  test('every failure of the audit is answered or refused', async () => {
    const { stdout } = await plimsoll(['audit', '--host', engine.host, '--format', 'json']);
    const { findings } = JSON.parse(stdout) as { findings: { control: string; subject: string; status: string }[] };
    const failing = findings.filter(({ control, status }) => control.startsWith('container-') && status === 'fail');
    const { actions, refused } = await planned(...everything);
    const told = (control: string, subject: string) =>
      actions.some(({ controls, subjects }) => controls.includes(control) && subjects.includes(subject)) ||
      refused.some((each) => each.control === control && each.subject === subject);
    expect(failing.length).toBeGreaterThan(0);
    expect(failing.filter(({ control, subject }) => !told(control, subject))).toEqual([]);
  });

  test('changes nothing on the engine, and makes no journal', async () => {
    using folder = temporaryFolder();
    await using own = await startEngine();
    await fix([...everything, '--state', join(folder.path, 'state')], {}, own.host);
    expect(own.requests.length).toBeGreaterThan(0);
    expect(own.requests.filter((each) => !each.startsWith('GET'))).toEqual([]);
    expect(existsSync(join(folder.path, 'state'))).toBe(false);
  });

  test('goes into a file where that is asked for', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'plan.json');
    const { code, stdout } = await fix([...everything, '--format', 'json', '--output', file]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect((JSON.parse(readFileSync(file, 'utf8')) as PlanDocument).actions).toHaveLength(2);
    const nowhere = await fix([...everything, '--output', join(folder.path, 'no/plan.txt')]);
    expect(nowhere).toMatchObject({ stdout: '', stderr: expect.stringContaining('--output') as string });
    expect(nowhere.code).not.toBe(0);
  });
});

describe('an export', () => {
  test('as a shell script limits the container', async () => {
    const { code, stdout } = await fix(['--export', 'shell', '--control', 'container-pids-limit', '--subject', 'web']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^#!\/bin\/sh\n/);
    expect(stdout).toMatch(/^docker update --pids-limit=\d+ [0-9a-f]{64}$/m);
  });

  test('as a playbook names what it cannot do, in the language asked for', async () => {
    const words = ['--export', 'ansible', ...ofContainers, '--disruption', 'stop'];
    const { stdout } = await fix(words);
    expect(stdout).toContain('# NOT HERE: container-replacement/web');
    const chinese = await fix([...words, '--lang', 'zh']);
    expect(chinese.stdout).toContain('# 未导出：container-replacement/web');
    expect(stdout + chinese.stdout).not.toContain(canary);
  });

  test('of a daemon.json that the plan does not change is an error', async () => {
    const words = ['--export', 'daemon.json', ...ofContainers];
    const english = await fix(words);
    expect(english.stdout).toBe('');
    expect(english.code).not.toBe(0);
    expect(english.stderr).toContain('the plan changes nothing');
    expect((await fix([...words, '--lang', 'zh'])).stderr).toContain('该计划不更改引擎的配置文件');
  });
});

describe('the history', () => {
  test.each([
    ['en', 'Nothing has been fixed on this machine.\n'],
    ['zh', '本机尚无修复记录。\n'],
  ])('of nothing, in %s', async (language, text) => {
    expect(await fix(['--history', '--lang', language])).toEqual({ code: 0, stdout: text, stderr: '' });
    const { stdout } = await fix(['--history', '--format', 'json']);
    expect(JSON.parse(stdout)).toEqual({ fixes: [] });
  });

  test.each([
    ['--undo', 'last'],
    ['--undo', '20261122-083000-a1b2'],
    ['--forget', '20261122-083000-a1b2'],
  ])('without a journal %s %s has nothing to do, and makes none', async (...words) => {
    using folder = temporaryFolder();
    const state = join(folder.path, 'state');
    const english = await fix([...words, '--state', state]);
    expect(english).toMatchObject({ code: 2, stdout: '' });
    expect(english.stderr).toContain(`there is no fix in ${state}`);
    expect((await fix([...words, '--state', state, '--lang', 'zh'])).stderr).toContain('没有修复记录');
    expect(existsSync(state)).toBe(false);
  });

  test('a fix that the engine refuses is taken back, listed, and cannot be undone', async () => {
    using folder = temporaryFolder();
    const state = ['--state', folder.path];
    const applied = await fix(['--apply', '--control', 'container-pids-limit', '--subject', 'web', ...state]);
    expect(applied.code).toBe(1);
    expect(applied.stdout).toContain('failed');
    const { stdout } = await fix(['--history', '--format', 'json', ...state]);
    const { fixes } = JSON.parse(stdout) as { fixes: { id: string; actions: JsonObject[] }[] };
    expect(fixes).toMatchObject([{ actions: [{ id: 'container-update/web', state: 'failed' }] }]);
    const id = fixes[0]?.id ?? '';
    for (const which of ['last', id]) {
      const undone = await fix(['--undo', which, ...state]);
      expect(undone).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing of this fix left') as string });
    }
    const unknown = await fix(['--forget', '20200101-000000-ffff', ...state, '--lang', 'zh']);
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('没有编号为') as string });
    expect((await fix(['--history', ...state])).stdout).not.toContain('--undo');
  });

  test('a fix with nothing to do writes nothing, and reports so', async () => {
    using folder = temporaryFolder();
    const words = ['--apply', '--control', 'container-not-privileged', '--state', folder.path];
    const { code, stdout } = await fix(words);
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing was done.');
    expect((await fix(['--history', '--state', folder.path])).stdout).toContain('Nothing has been fixed');
  });
});

describe('without', () => {
  const root = process.getuid?.() === 0;

  test.skipIf(!root)('permission nothing is changed (needs root, to run as another)', async () => {
    using folder = temporaryFolder();
    await using own = await startEngine();
    chmodSync(dirname(own.host.slice('unix://'.length)), 0o755);
    chmodSync(own.host.slice('unix://'.length), 0o666);
    chmodSync(folder.path, 0o755);
    const words = ['--apply', '--control', 'container-pids-limit', '--state', join(folder.path, 'state')];
    const english = await fix(words, { user: 65_534 }, own.host);
    expect(english.code).toBeGreaterThan(0);
    expect(english.stderr).toMatch(/cannot be written, and without it nothing is changed.*\nhint: Run as root/);
    const chinese = await fix([...words, '--lang', 'zh'], { user: 65_534 }, own.host);
    expect(chinese.stderr).toContain('没有日志则不作任何更改');
    expect(own.requests.filter((each) => !each.startsWith('GET'))).toEqual([]);
  });

  test('an engine nothing is planned for its containers, and nobody is told that all is well', async () => {
    using folder = temporaryFolder();
    const words = ['--subject', 'web', '--state', folder.path];
    const english = await fix(words, {}, 'unix:///nowhere/docker.sock');
    expect(english.stderr).toMatch(/^error: .*unix:\/\/\/nowhere\/docker\.sock/);
    expect(english.stdout).toBe('');
    expect(english.code).toBeGreaterThan(0);
    const chinese = await fix(['--lang', 'zh', '--apply', ...words], {}, 'unix:///nowhere/docker.sock');
    expect(chinese).toMatchObject({
      code: english.code,
      stdout: '',
      stderr: expect.stringMatching(/^错误：/) as string,
    });
  });
});
