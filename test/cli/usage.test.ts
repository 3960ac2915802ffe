import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import { controls } from '../../src/controls/registry.ts';
import { type FakeEngine, startFakeEngine } from '../fake-engine.ts';
import { containerAnswers, inspected } from '../recorded-engines.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { plimsoll } from './plimsoll.ts';

let engine: FakeEngine;
beforeAll(async () => {
  engine = await startFakeEngine(containerAnswers(inspected('web')));
});
afterAll(() => engine.close());

describe('asking for help', () => {
  test('without a word shows the verbs', async () => {
    const { code, stdout } = await plimsoll([]);
    expect(stdout).toMatch(/^Usage: plimsoll/);
    for (const verb of ['audit', 'controls', 'explain']) expect(stdout).toMatch(new RegExp(`^ {2}${verb} `, 'm'));
    expect(stdout).toContain('Exit codes:');
    expect(code).toBe(0);
  });

  test('about a verb shows its options', async () => {
    const english = await plimsoll(['audit', '--help']);
    expect(english).toMatchObject({ code: 0, stderr: '' });
    expect(english.stdout).toMatch(/^Usage: plimsoll audit/);
    expect(english.stdout).not.toMatch(/\p{Script=Han}/u);
    const chinese = await plimsoll(['audit', '--help', '--lang', 'zh']);
    expect(chinese).toMatchObject({ code: 0, stderr: '' });
    expect(chinese.stdout).toMatch(/^用法：/);
    expect(chinese.stdout).toContain('选项：');
  });

  test('the version is the package’s', async () => {
    expect(await plimsoll(['--version'])).toEqual({ code: 0, stdout: `${packageFile.version}\n`, stderr: '' });
  });
});

describe('wrong usage', () => {
  test('is said on standard error, with the nearest right word', async () => {
    expect(await plimsoll(['audit', '--formt', 'json'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "error: unknown option '--formt' (Did you mean --format?)\n",
    });
  });

  test('is said in Chinese where the locale is', async () => {
    const environment = { LC_ALL: 'zh_CN.UTF-8' };
    expect(await plimsoll(['explain', 'container-pid-limit'], { environment })).toEqual({
      code: 2,
      stdout: '',
      stderr:
        '错误：explain：没有名为“container-pid-limit”的检查项\n' +
        '提示：您是否想输入 container-pids-limit？用 `plimsoll controls` 查看全部。\n',
    });
  });
});

describe('the language', () => {
  test('may stand before the verb', async () => {
    expect((await plimsoll(['--lang', 'zh', 'controls', '5.29'])).stdout).toMatch(/^检查项 /);
  });

  test('of an audit reaches all of its report', async () => {
    const { stdout } = await plimsoll(['audit', '--summary', '--host', engine.host], {
      environment: { LC_ALL: 'zh_CN.UTF-8' },
    });
    expect(stdout).toMatch(/得分 \d+\/100/);
    expect(stdout).not.toMatch(/\b(?:Score|critical|failed|unknown)\b/);
  });
});

describe('--output', () => {
  test('writes the report to a file, and nothing to standard output', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'report.json');
    const words = ['audit', '--format', 'json', '--output', file, '--host', engine.host];
    expect(await plimsoll(words)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ schema: 'plimsoll.report/1' });
    expect(readdirSync(folder.path)).toEqual(['report.json']);
  });

  test('takes the place of what was there, even at the end of a link', async () => {
    using folder = temporaryFolder({ 'real.md': 'old' });
    symlinkSync('real.md', join(folder.path, 'link.md'));
    const words = ['audit', '--format', 'markdown', '-o', join(folder.path, 'link.md'), '--host', engine.host];
    expect((await plimsoll(words)).code).toBe(0);
    expect(readFileSync(join(folder.path, 'real.md'), 'utf8')).toMatch(/^# /);
    expect(readdirSync(folder.path).toSorted()).toEqual(['link.md', 'real.md']);
  });

  test('keeps who may read a file that it replaces', async () => {
    using folder = temporaryFolder();
    const file = folder.write('report.txt', 'old');
    chmodSync(file, 0o600);
    expect(await plimsoll(['controls', '--output', file])).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).not.toBe('old');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('to a folder that is not there leaves nothing behind', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'missing/report.json');
    const { code, stdout, stderr } = await plimsoll(['controls', '--output', file]);
    expect(stderr).toBe(
      `error: --output ${file} cannot be written: ENOENT\nhint: Name a file in a folder that exists and may be written.\n`,
    );
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('to what is a folder itself leaves nothing behind', async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, 'reports'));
    const { code, stderr } = await plimsoll(['controls', '--output', join(folder.path, 'reports')]);
    expect(stderr).toContain('cannot be written: EISDIR');
    expect(code).toBe(2);
    expect(readdirSync(folder.path)).toEqual(['reports']);
    expect(readdirSync(join(folder.path, 'reports'))).toEqual([]);
  });

  test('to a device writes to the device, and does not put a file in its place', async () => {
    using folder = temporaryFolder();
    symlinkSync('/dev/null', join(folder.path, 'null'));
    expect(await plimsoll(['controls', '--output', join(folder.path, 'null')])).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(folder.path)).toEqual(['null']);
  });
});

describe('a reader who has seen enough', () => {
  test.each<[string, string[]]>([
    ['of a report', ['audit', '--format', 'html']],
    ['of a list', ['controls', '--format', 'json']],
    ['of an explanation', ['explain', '*']],
    ['of help', ['audit', '--help']],
  ])('%s is no error', async (_, words) => {
    const host = words[0] === 'audit' ? ['--host', engine.host] : [];
    const { code, stderr } = await plimsoll([...words, ...host], { closedOutput: true });
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});

/** What `plimsoll controls` lists for a program. */
async function idsOf(...words: readonly string[]): Promise<string[]> {
  const { stdout } = await plimsoll(['controls', '--format', 'json', ...words]);
  return (JSON.parse(stdout) as { controls: { id: string }[] }).controls.map(({ id }) => id);
}

describe('controls', () => {
  test('lists every one in a table', async () => {
    const { code, stdout } = await plimsoll(['controls']);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^CONTROL +SEVERITY +CIS DOCKER +TITLE$/);
    expect(rows.map((row) => row.split(' ')[0])).toEqual(controls.map(({ id }) => id));
    expect(code).toBe(0);
  });

  test('lists them for programs', async () => {
    const { stdout } = await plimsoll(['controls', '--format', 'json', 'container-pids-limit', '2.15']);
    expect(JSON.parse(stdout)).toEqual({
      controls: [
        expect.objectContaining({
          id: 'container-pids-limit',
          level: 'container',
          subject: 'container',
          severity: 'medium',
          title: 'The number of processes is limited',
          aliases: expect.arrayContaining(['5.29']),
          references: expect.objectContaining({ cisDocker: ['5.29'] }),
        }),
        expect.objectContaining({ id: 'daemon-live-restore' }),
      ],
    });
  });

  test('can be told which', async () => {
    expect((await idsOf('--level', 'daemon')).every((id) => id.startsWith('daemon-'))).toBe(true);
    const critical = await idsOf('--severity', 'critical');
    expect(critical).toContain('container-not-privileged');
    expect(critical).not.toContain('container-pids-limit');
    expect(await idsOf('--baseline', 'strict', 'container-pids-*')).toEqual(['container-pids-limit']);
  });

  test('keeps its columns in Chinese', async () => {
    const { stdout } = await plimsoll(['controls', '--lang', 'zh', '5.29', '2.15']);
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^检查项 {15,}严重程度 {2}CIS DOCKER {2}标题$/),
      expect.stringMatching(/^container-pids-limit {2}中 {8}5\.29 {8}限制容器内的进程数量$/),
    ]);
  });
});

describe('explain', () => {
  test('explains by id and by alias, in text', async () => {
    const byId = await plimsoll(['explain', 'container-pids-limit']);
    expect(byId.code).toBe(0);
    expect(byId.stdout).toContain('container-pids-limit');
    expect(byId.stdout).toContain('The number of processes is limited');
    expect(byId.stdout).toContain('--pids-limit');
    expect((await plimsoll(['explain', 'cis-docker:5.29'])).stdout).toBe(byId.stdout);
  });

  test('explains as Markdown and for programs', async () => {
    expect((await plimsoll(['explain', '5.29', '--format', 'markdown'])).stdout).toMatch(/^# /);
    const { stdout } = await plimsoll(['explain', '5.4', '--format', 'json']);
    const { controls: explained } = JSON.parse(stdout) as { controls: { id: string }[] };
    expect(explained.length).toBeGreaterThan(1);
    for (const { id } of explained) expect(id).toMatch(/^(?:container|network|kernel)-/);
  });

  test('explains every control in both languages', async () => {
    for (const language of ['en', 'zh']) {
      const { code, stdout } = await plimsoll(['explain', '*', '--lang', language]);
      expect(code).toBe(0);
      for (const { id } of controls) expect(stdout).toContain(id);
    }
  });
});
