import { expect, test } from 'vitest';
import { sampleFilesReport } from '../../test/sample-files-report.ts';
import { hostileTexts, reportOf, sampleReport } from '../../test/sample-report.ts';
import { languages } from '../model/text.ts';
import { renderCompact } from './compact.ts';

function linesOf(text: string): readonly string[] {
  return text.split('\n').slice(0, -1);
}

test('every failure and every open question has a line with its place, by file and line', () => {
  const lines = linesOf(renderCompact(sampleFilesReport()));
  expect(lines.slice(0, 4)).toEqual([
    'web/Dockerfile:1:1: high: No USER is set, and debian:13 starts as root. [container-nonroot]',
    'web/Dockerfile:3:5: low: It calls apt. [dockerfile-no-apt]',
    'web/Dockerfile:9:5: critical: ENV gives API_TOKEN a value. [dockerfile-no-secrets]',
    'web/Dockerfile:10:5: critical: ARG gives DB_PASSWORD a default. [dockerfile-no-secrets]',
  ]);
  expect(lines).toHaveLength(24);
  expect(lines.filter((line) => line.includes('dockerfile-no-apt'))).toHaveLength(3);
});

test('an open question says what would answer it', () => {
  expect(renderCompact(sampleFilesReport())).toContain(
    'compose.yaml:21:12: unknown: nothing gives the variable TAG a value → set it in .env or in the environment [container-image-latest]\n',
  );
});

test('what is accepted, passes or is no question has no line', () => {
  const report = sampleFilesReport();
  const quiet = report.findings.filter(({ status }) => status !== 'fail' && status !== 'unknown');
  expect(quiet.length).toBeGreaterThan(5);
  expect(renderCompact({ ...report, findings: quiet, coverage: [] })).toBe('');
});

test('a file that could not be read is not silent', () => {
  expect(linesOf(renderCompact(sampleFilesReport())).at(-1)).toBe(
    'deploy/broken.yaml:7:3: unknown: it is not valid YAML: a mapping has two keys "image" → mend the file',
  );
  const coverage = [
    { subject: 'x', what: 'a:b/c.yaml', status: 'unreadable', reason: 'too large', need: null },
  ] as const;
  expect(renderCompact(sampleFilesReport({ findings: [], coverage }))).toBe('a:b/c.yaml: unknown: too large\n');
});

test('severities are the same words in every language', () => {
  const severities = languages.map((language) =>
    linesOf(renderCompact(sampleFilesReport({ language }))).map((line) => / ([a-z]+): /.exec(line)?.[1]),
  );
  expect(severities[0]).toEqual(severities[1]);
  expect(renderCompact(sampleFilesReport({ language: 'zh' }))).toContain('web/Dockerfile:3:5: low: 调用了 apt。');
});

test('without a file the subject stands in its place, and what could not be read of a machine has no lines', () => {
  const lines = linesOf(renderCompact(sampleReport()));
  expect(lines).toContain('container/web: medium: It may start any number of processes. [container-pids-limit]');
  expect(lines).toContain(
    '/srv/shop/compose.yaml:14:5: critical: It is started with --privileged. [container-not-privileged]',
  );
  expect(lines).toHaveLength(12);
});

test.each(hostileTexts)('%j stays on its line', (text) => {
  expect(linesOf(renderCompact(reportOf(text)))).toHaveLength(12);
});
