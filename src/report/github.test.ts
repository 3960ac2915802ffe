import { expect, test } from 'vitest';
import { sampleFilesReport } from '../../test/sample-files-report.ts';
import { hostileTexts, reportOf, sampleReport } from '../../test/sample-report.ts';
import type { Report } from '../model/report.ts';
import { severities } from '../model/severity.ts';
import { renderGithub } from './github.ts';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Reads commands as the runner does: properties end at a comma, the message begins behind the second `::`. */
function commandsOf(report: Report): readonly Command[] {
  const lines = renderGithub(report).split('\n').slice(0, -1);
  return lines.map((line) => {
    const [, name = '', properties = '', message = ''] = /^::(\w+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    const pairs = properties.split(',').filter(Boolean);
    return {
      name,
      message: unescape(message),
      properties: Object.fromEntries(
        pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), unescape(pair.slice(pair.indexOf('=') + 1))]),
      ),
    };
  });
}

function unescape(text: string): string {
  const characters: Readonly<Record<string, string>> = { '0D': '\r', '0A': '\n', '3A': ':', '2C': ',', '25': '%' };
  return text.replaceAll(/%(0D|0A|3A|2C|25)/g, (_, code: string) => characters[code] ?? '');
}

test('a failure is an annotation at its line, with what mends it', () => {
  expect(renderGithub(sampleFilesReport())).toContain(
    '::notice file=web/Dockerfile,line=3,col=5,title=Scripts use apt-get%2C not apt (dockerfile-no-apt)::It calls apt. → Write apt-get.\n',
  );
  expect(commandsOf(sampleFilesReport())).toContainEqual({
    name: 'error',
    properties: {
      file: 'deploy/web.yaml',
      line: '24',
      col: '13',
      title: 'Pod Security Standards: no container is privileged (kubernetes-pss-privileged)',
    },
    message: 'The container app is privileged. → Take privileged away.',
  });
});

test.each(severities)('%s becomes the level that GitHub has for it', (severity) => {
  const [finding] = sampleFilesReport().findings;
  if (!finding) throw new Error('the sample is empty');
  const [command] = commandsOf(sampleFilesReport({ findings: [{ ...finding, status: 'fail', severity }] }));
  expect(command?.name).toBe(
    { critical: 'error', high: 'error', medium: 'warning', low: 'notice', info: 'notice' }[severity],
  );
});

test('the worst come first, and what is not known last: GitHub shows only so many', () => {
  const names = commandsOf(sampleFilesReport()).map(({ name }) => name);
  expect(names).toHaveLength(24);
  expect(names).toEqual(names.toSorted((left, right) => rank(left) - rank(right)));
  expect(commandsOf(sampleFilesReport()).at(-1)).toMatchObject({
    name: 'notice',
    properties: { file: 'deploy/broken.yaml', line: '7', col: '3' },
  });
});

function rank(name: string): number {
  return ['error', 'warning', 'notice'].indexOf(name);
}

test('a finding without a line stands at its file, one without a file is printed all the same', () => {
  expect(commandsOf(sampleFilesReport())).toContainEqual({
    name: 'notice',
    properties: { file: 'scripts/deploy.sh', title: 'Its health is checked (container-healthcheck)' },
    message: 'No health check is given.',
  });
  expect(commandsOf(sampleReport())).toContainEqual({
    name: 'warning',
    properties: { title: 'The number of processes is limited (container-pids-limit)' },
    message:
      'container/web: It may start any number of processes. → Limit it to 200 processes, or to twice the most that it has been seen to use.',
  });
});

test('a path from here has no dot before it', () => {
  const report = sampleReport();
  const files = commandsOf(report).map(({ properties }) => properties.file);
  expect(files).toContain('a b/=x|`.yaml');
  expect(files).toContain('/srv/shop/compose.yaml');
});

test.each(hostileTexts)('%j makes no command, property or line of its own', (text) => {
  const commands = commandsOf(reportOf(text));
  expect(commands).toHaveLength(12);
  for (const { name, properties, message } of commands) {
    expect(['error', 'warning', 'notice']).toContain(name);
    expect(Object.keys(properties)).toEqual(['file', 'line', 'col', 'title']);
    expect(properties.title).toContain(text);
    expect(message).toContain(text);
  }
});
