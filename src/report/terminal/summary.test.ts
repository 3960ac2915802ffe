import { describe, expect, test } from 'vitest';
import { sampleFilesReport } from '../../../test/sample-files-report.ts';
import { sampleReport } from '../../../test/sample-report.ts';
import type { Coverage, Finding, Report, ReportSubject } from '../../model/report.ts';
import { severities } from '../../model/severity.ts';
import { type Language, languages } from '../../model/text.ts';
import { renderSummary } from './summary.ts';
import { widthOf } from './wrap.ts';

const screen = { width: 80, color: false };

function linesOf(report: Report, width = screen.width): string[] {
  return renderSummary(report, { width, color: false }).replace(/\n$/, '').split('\n');
}

/** A report on a host with sixty containers, on which nearly everything is wrong and much could not be read. */
function crowdedReport(language: Language): Report {
  const before = sampleReport({ language });
  const template = before.findings.find(({ status }) => status === 'fail');
  if (!template) throw new Error('the sample has failures');
  const names = Array.from({ length: 60 }, (_, index) => `container/a-rather-long-name-of-a-container-${index}`);
  const subjects = names.map((id): ReportSubject => ({ id, kind: 'container', name: id, source: 'x', details: {} }));
  const findings = names.flatMap((subject, index) =>
    severities.flatMap((severity): Finding[] =>
      Array.from({ length: (index % 7) + 1 }, (_, number) => {
        const control = `container-with-a-long-id-${severity}-${number}`;
        const title =
          language === 'zh' ? '容器不以特权模式运行并且不挂载引擎的套接字'.repeat(2) : template.title.repeat(3);
        return Object.assign({ ...template }, { subject, severity, control, title });
      }),
    ),
  );
  const coverage = Array.from({ length: 40 }, (_, index): Coverage => {
    const reason = language === 'zh' ? `当前用户无权读取第 ${index} 个文件`.repeat(3) : `reason ${index} `.repeat(12);
    return { subject: 'host', what: `/proc/${index}/status`, status: 'unreadable', reason, need: 'run as root' };
  });
  const score = { pass: 6000, fail: findings.length, unknown: 4000, notApplicable: 3000, waived: 2000, value: 12 };
  const host = before.subjects.filter(({ kind }) => kind === 'host');
  return { ...before, subjects: [...host, ...subjects], findings, coverage, score };
}

describe.each(languages)('in %s', (language) => {
  test('sixty subjects fit on a screen, with a line left for the prompt', () => {
    const lines = linesOf(crowdedReport(language));
    expect(lines.length).toBeLessThanOrEqual(23);
    expect(lines.filter((line) => widthOf(line) > screen.width)).toEqual([]);
  });

  test('so does whatever else there is to say', () => {
    for (const report of [
      sampleReport({ language }),
      { ...crowdedReport(language), coverage: [] },
      { ...crowdedReport(language), findings: [] },
      { ...sampleReport({ language }), findings: [], subjects: [], coverage: [] },
    ]) {
      const lines = linesOf(report);
      expect(lines.length).toBeLessThanOrEqual(23);
      expect(lines.filter((line) => widthOf(line) > screen.width)).toEqual([]);
    }
  });

  test('a narrow terminal is not overrun', () => {
    expect(linesOf(crowdedReport(language), 60).filter((line) => widthOf(line) > 60)).toEqual([]);
  });

  test('what could not be read is said to be, however much there is besides', () => {
    const text = renderSummary(crowdedReport(language), screen);
    expect(text).toContain({ en: 'Could not be read', zh: '未能读取' }[language]);
    expect(text).toMatch({ en: /… and 5\d more subjects/, zh: /另外 5\d 个对象/ }[language]);
  });
});

test('where there is room every subject is shown', () => {
  const report = { ...crowdedReport('en'), coverage: [] };
  const ids = new Set(report.subjects.slice(0, 10).map(({ id }) => id));
  const few = {
    ...report,
    subjects: report.subjects.filter(({ id }) => ids.has(id)),
    findings: report.findings.filter(({ subject }) => ids.has(subject)),
  };
  const lines = linesOf(few);
  expect(lines.filter((line) => line.startsWith('container/'))).toHaveLength(9);
  expect(lines.join('\n')).not.toContain('more subjects');
});

test('subjects come worst first, with how many failures they have of each severity', () => {
  const lines = linesOf(sampleReport());
  const rows = lines.filter((line) => /^(?:container|engine|host)\//.test(line));
  expect(rows.map((row) => row.split(/\s+/))).toMatchObject([
    ['container/web', '1', '1', '1', '·', '·', '·'],
    ['engine/prod-docker-07', '1', '·', '1', '·', '·', '1'],
    expect.arrayContaining([expect.stringMatching(/^container\/=cmd/)]),
    ['container/db', '·', '·', '1', '·', '1', '1'],
    ['host/prod-docker-07', '·', '·', '·', '1', '·', '1'],
    ['container/idle', '·', '·', '·', '·', '·', '·'],
  ]);
});

test('the columns stand under their names', () => {
  const [head = '', ...rows] = linesOf(sampleReport()).slice(2);
  const row = rows.find((line) => line.startsWith('container/web')) ?? '';
  expect(row.indexOf('1')).toBe(head.indexOf('critical'));
  expect(row.slice(head.indexOf('high')).startsWith('1')).toBe(true);
  expect(row.slice(head.indexOf('low')).startsWith('·')).toBe(true);
});

test('what is to be mended first is named once, with how many subjects it concerns', () => {
  const text = renderSummary(sampleReport(), screen);
  expect(text).toMatch(/1× critical .*\[container-not-privileged\]|2× critical The container does not run privileged/);
  expect(text.indexOf('critical')).toBeLessThan(text.indexOf('Score 41/100'));
});

test('a report without anything judged does not look clean', () => {
  const score = { pass: 0, fail: 0, unknown: 9, notApplicable: 0, waived: 0, value: null };
  const text = renderSummary(sampleReport({ findings: [], score }), screen);
  expect(text).toContain('Nothing could be judged: this is not a clean bill of health.');
  expect(text).not.toContain('100');
});

test('colours are only there when they are asked for', () => {
  expect(renderSummary(sampleReport(), screen)).not.toContain('\u001b');
  expect(renderSummary(sampleReport(), { width: 80, color: true })).toContain('\u001b[');
});

test('on a narrow terminal names are cut only where the columns need the room', () => {
  const report = sampleReport();
  const lines = renderSummary(report, { width: 60, color: false }).split('\n');
  expect(lines.some((line) => line.startsWith('container/web '))).toBe(true);
  expect(lines.filter((line) => widthOf(line) > 60)).toEqual([]);
});

describe('of files', () => {
  test('the table is of files, the worst first', () => {
    const rows = linesOf(sampleFilesReport()).slice(2, 8);
    expect(rows.map((row) => row.split(/\s+/))).toMatchObject([
      ['File', 'critical', 'high', 'medium', 'low', 'info', 'unknown'],
      ['web/Dockerfile', '2', '1', '·', '3', '·', '·'],
      ['compose.yaml', '1', '·', '9', '·', '1', '2'],
      ['scripts/deploy.sh', '1', '·', '·', '1', '·', '1'],
      ['deploy/web.yaml', '1', '·', '·', '·', '·', '·'],
      ['Dockerfile', '·', '·', '·', '·', '·', '·'],
    ]);
  });

  test('the most frequent controls come first, equals by severity', () => {
    const lines = linesOf(sampleFilesReport());
    const from = lines.indexOf('Most frequent') + 1;
    expect(lines.slice(from, from + 4).map((each) => each.trim().split(' ').slice(0, 2).join(' '))).toEqual([
      '9× medium',
      '3× low',
      '2× critical',
      '2× critical',
    ]);
  });

  test('of a long path the end is shown, and the files that have no room are counted', () => {
    const report = sampleFilesReport();
    const [subject] = report.subjects;
    const [finding] = report.findings;
    if (!subject || !finding) throw new Error('the sample is empty');
    const files = Array.from({ length: 30 }, (_, index) => `a/very/long/folder/with/many/folders/in/it/${index}.yaml`);
    const crowded = {
      ...report,
      subjects: files.map((source) => Object.assign({ ...subject }, { id: source, source })),
      findings: files.map((file) => Object.assign({ ...finding }, { subject: file, location: null })),
    };
    const lines = linesOf(crowded, 60);
    expect(lines.length).toBeLessThanOrEqual(23);
    expect(lines.filter((each) => widthOf(each) > 60)).toEqual([]);
    expect(lines[3]).toMatch(/^….*\/0\.yaml /);
    expect(lines.join('\n')).toMatch(/… and \d+ more files/);
  });
});
