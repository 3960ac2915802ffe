import { expect, test } from 'vitest';
import { sampleFilesReport } from '../../test/sample-files-report.ts';
import { hostileTexts, reportOf, sampleReport } from '../../test/sample-report.ts';
import type { Finding, Report } from '../model/report.ts';
import { severities } from '../model/severity.ts';
import { renderGitlab } from './gitlab.ts';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

function issuesOf(report: Report): readonly Issue[] {
  return JSON.parse(renderGitlab(report)) as Issue[];
}

function fingerprints(report: Report): readonly string[] {
  return issuesOf(report).map(({ fingerprint }) => fingerprint);
}

test('a failure has what GitLab asks for', () => {
  expect(issuesOf(sampleFilesReport())[1]).toEqual({
    description: 'Scripts use apt-get, not apt: It calls apt.',
    check_name: 'dockerfile-no-apt',
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    severity: 'minor',
    location: { path: 'web/Dockerfile', lines: { begin: 3 } },
  });
});

test('every failure and open question is there once, also what could not be read', () => {
  const issues = issuesOf(sampleFilesReport());
  expect(issues).toHaveLength(24);
  expect(issues.at(-1)).toMatchObject({
    check_name: 'plimsoll-unreadable',
    severity: 'info',
    location: { path: 'deploy/broken.yaml', lines: { begin: 7 } },
  });
  expect(issuesOf(sampleFilesReport({ findings: [], coverage: [] }))).toEqual([]);
});

test.each(severities)('%s is said on the scale of GitLab', (severity) => {
  const [finding] = sampleFilesReport().findings;
  if (!finding) throw new Error('the sample is empty');
  const [issue] = issuesOf(sampleFilesReport({ findings: [{ ...finding, status: 'fail', severity }] }));
  expect(issue?.severity).toBe(
    { critical: 'blocker', high: 'critical', medium: 'major', low: 'minor', info: 'info' }[severity],
  );
});

test('every issue has a path and a line, whatever the finding has', () => {
  const begins = issuesOf(sampleReport()).map(({ location }) => location);
  expect(begins).toContainEqual({ path: 'container/web', lines: { begin: 1 } });
  expect(begins).toContainEqual({ path: 'a b/=x|`.yaml', lines: { begin: 7 } });
  expect(issuesOf(sampleFilesReport()).map(({ location }) => location)).toContainEqual({
    path: 'scripts/deploy.sh',
    lines: { begin: 1 },
  });
});

test('fingerprints differ from place to place', () => {
  const all = fingerprints(sampleFilesReport());
  expect(new Set(all).size).toBe(all.length);
});

test('fingerprints stay when lines move, words change or another language is spoken', () => {
  const report = sampleFilesReport();
  const moved = report.findings.map((finding): Finding => {
    const { location } = finding;
    return location?.line === undefined ? finding : { ...finding, location: { ...location, line: location.line + 40 } };
  });
  const coverage: Report['coverage'] = [];
  const before = fingerprints({ ...report, coverage });
  expect(fingerprints({ ...report, findings: moved, coverage })).toEqual(before);
  expect(fingerprints(sampleFilesReport({ language: 'zh', coverage }))).toEqual(before);
});

test('mending one place leaves the names of the others', () => {
  const report = sampleFilesReport();
  const before = fingerprints(report);
  const rest = report.findings.filter(({ location }) => location?.path !== 'ENV API_TOKEN');
  expect(rest).toHaveLength(report.findings.length - 1);
  expect(before).toEqual(expect.arrayContaining([...fingerprints({ ...report, findings: rest })]));
});

test.each(hostileTexts)('%j is told as it is', (text) => {
  for (const { description } of issuesOf(reportOf(text))) expect(description).toContain(text.toWellFormed());
});
