import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildProgram } from '../src/cli/program.ts';
import { renderCompact } from '../src/report/compact.ts';
import { recognise } from '../src/sources/files/recognise.ts';
import { sampleFilesReport } from './sample-files-report.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
  readonly exclude: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
  };
}

interface GitlabJob {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly artifacts: { readonly reports: { readonly codequality: string } };
}

/** What the program makes of a command line of its own; words that are no option of it, or no value of one, are refused. */
function understood([verb, ...words]: readonly string[]) {
  const command = buildProgram('en', () => {}).commands.find((each) => each.name() === verb);
  if (!command) throw new Error(`no verb ${verb}`);
  const { operands, unknown } = command.parseOptions(words);
  expect(unknown).toEqual([]);
  return { operands, options: command.opts() as Readonly<Record<string, unknown>> };
}

/** Runs a script with an npx that only tells how it was called. */
function npxCalls(script: string, environment: Readonly<Record<string, string>>): string[] {
  using folder = temporaryFolder();
  chmodSync(folder.write('npx', '#!/bin/sh\nprintf "%s\\n" "$@"\n'), 0o755);
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-e', '-c', script], {
    encoding: 'utf8',
    env: { ...environment, PATH: `${folder.path}:${process.env['PATH']}` },
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').slice(0, -1);
}

describe('the pre-commit hook', () => {
  const [hook] = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly Hook[];
  if (!hook) throw new Error('no hook');
  const isChosen = (name: string) => {
    const [files, exclude] = [hook.files, hook.exclude].map((each) => new RegExp(each.replace('(?i)', ''), 'i'));
    return files?.test(name) === true && exclude?.test(name) === false;
  };

  test('calls the program as it is', () => {
    const [program, ...words] = hook.entry.split(' ');
    expect([hook.id, program]).toEqual(['plimsoll-check', 'plimsoll']);
    expect(understood([...words, 'compose.yaml']).operands).toEqual(['compose.yaml']);
  });

  test.each([
    'Dockerfile',
    'web/Dockerfile.dev',
    'Containerfile',
    'build/api.dockerfile',
    'compose.yaml',
    'deploy/docker-compose.prod.yml',
    'compose.override.yaml',
  ])('is run for %s, which is known by its name', (name) => {
    const text = /compose/.test(name) ? 'services:\n  web:\n    image: nginx\n' : '# not even begun\n';
    expect(isChosen(name)).toBe(true);
    expect(recognise(name, text)).toBe(/compose/.test(name) ? 'compose' : 'dockerfile');
  });

  // An error when it is named: it is none of ours, as far as its name tells.
  test.each([
    'Dockerfile.dockerignore',
    'docs/Dockerfile.md',
    'Dockerfile.j2',
    '.github/workflows/ci.yaml',
    'values.yaml',
    'src/compose.ts',
    'decompose.yaml',
    'mkdocs.yml',
  ])('is not run for %s', (name) => {
    expect(isChosen(name)).toBe(false);
  });
});

describe('the GitHub Action', () => {
  const { inputs, runs } = parse(readFileSync('action.yml', 'utf8')) as Action;
  const step = runs.steps.find(({ run }) => run !== undefined);

  function called(given: Readonly<Record<string, string>> = {}): string[] {
    const environment = Object.entries(step?.env ?? {}).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? '';
      return [name, given[input] ?? inputs[input]?.default ?? 'no such input'];
    });
    return npxCalls(step?.run ?? '', Object.fromEntries(environment) as Record<string, string>);
  }

  test('runs the version that it came with, on the whole repository', () => {
    const [yes, name, ...words] = called();
    expect([yes, name]).toEqual(['--yes', `plimsoll@${version}`]);
    expect(understood(words)).toMatchObject({
      operands: ['.'],
      options: { baseline: 'default', failOn: 'high', format: 'github' },
    });
  });

  test('hands every input on as it was given', () => {
    const [, name, ...words] = called({
      paths: 'deploy folder\n\n--fix\n',
      baseline: 'pss-restricted',
      'fail-on': 'low',
      format: 'sarif',
      output: 'plimsoll.sarif',
      version: '9.9.9',
    });
    expect(name).toBe('plimsoll@9.9.9');
    expect(understood(words)).toMatchObject({
      operands: ['deploy folder', '--fix'],
      options: { baseline: 'pss-restricted', failOn: 'low', format: 'sarif', output: 'plimsoll.sarif' },
    });
  });

  test('lets no input into the text of its script', () => {
    expect(step?.run).not.toContain('${{');
    expect(Object.keys(step?.env ?? {})).toHaveLength(Object.keys(inputs).length);
  });
});

test('the GitLab job writes the report that it publishes', () => {
  const jobs = parse(readFileSync('templates/gitlab-ci.yml', 'utf8')) as Record<string, GitlabJob>;
  const job = jobs['plimsoll-check'];
  if (!job) throw new Error('no such job');
  const [yes, name, ...words] = npxCalls(job.script.join('\n'), { ...job.variables, PLIMSOLL_PATHS: 'web deploy' });
  expect([yes, name]).toEqual(['--yes', `plimsoll@${version}`]);
  expect(understood(words)).toMatchObject({
    operands: ['web', 'deploy'],
    options: { format: 'gitlab', output: job.artifacts.reports.codequality, failOn: 'high', baseline: 'default' },
  });
});

describe('docs/editors.md', () => {
  const text = readFileSync('docs/editors.md', 'utf8');
  const lines = renderCompact(sampleFilesReport()).split('\n').slice(0, -1);
  const withColumn = lines.find((line) => /:\d+:\d+: /.test(line)) ?? '';

  test('has a problem matcher for VS Code that reads a line', () => {
    const [, json = ''] = /```json\n(.*?)```/s.exec(text) ?? [];
    const { tasks } = JSON.parse(json) as {
      tasks: readonly {
        readonly command: string;
        readonly problemMatcher: { readonly pattern: Readonly<Record<string, number>> & { readonly regexp: string } };
      }[];
    };
    const [task] = tasks;
    const pattern = task?.problemMatcher.pattern;
    if (!task || !pattern) throw new Error('no pattern');
    const match = new RegExp(pattern.regexp).exec(withColumn) ?? [];
    const part = (name: string) => match[pattern[name] ?? 0];
    const { operands, options } = understood(task.command.split(' ').slice(1));
    expect([operands, options['format']]).toEqual([[], 'compact']);
    expect(`${part('file')}:${part('line')}:${part('column')}: `).toBe(/^.*?:\d+:\d+: /.exec(withColumn)?.[0]);
    expect(withColumn.endsWith(`: ${part('message')} [${part('code')}]`)).toBe(true);
  });

  test('has an errorformat for Vim that reads every line that has a place', () => {
    const [, written = ''] = /^set errorformat=(.*)$/m.exec(text) ?? [];
    const expressions = written.split(',').map((form) => {
      const plain = form.replaceAll('\\ ', ' ').replaceAll(/[.*[\]()]/g, String.raw`\$&`);
      const parts = {
        '%f': String.raw`(?<file>.+?)`,
        '%l': String.raw`(?<line>\d+)`,
        '%c': String.raw`\d+`,
        '%m': '.+',
      };
      return new RegExp(`^${plain.replaceAll(/%[flcm]/g, (item) => parts[item as keyof typeof parts])}$`);
    });
    const placed = lines.filter((line) => /:\d+: /.test(line));
    expect(placed.length).toBeGreaterThan(1);
    for (const line of placed) {
      const { groups } = expressions.map((each) => each.exec(line)).find((match) => match !== null) ?? {};
      expect(line.startsWith(`${groups?.['file']}:${groups?.['line']}:`)).toBe(true);
    }
  });

  test('calls only options that there are', () => {
    const commands = [...text.matchAll(/^plimsoll (.+)$/gm)].map(([, words = '']) => words.split(' '));
    expect(commands.length).toBeGreaterThan(0);
    for (const words of commands) expect(understood(words).operands).toEqual([]);
  });
});

test.each(['README.md', 'README.zh.md'])('%s calls only verbs and options that there are', (name) => {
  const commands = readFileSync(name, 'utf8')
    .split('\n')
    .flatMap((line) => /^(?:\$ )?plimsoll ([a-z].*)$/.exec(line)?.[1] ?? [])
    .map((line) => line.replace(/\s+#.*$/, '').replace(/ [|>].*$/, ''));
  expect(commands.length).toBeGreaterThan(5);
  for (const command of commands) understood(wordsOf(command));
});

/** The words of a simple command line. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}
