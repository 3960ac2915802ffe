import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { filesReportOf, sampleFilesReport } from '../../../test/sample-files-report.ts';
import { hostileTexts } from '../../../test/sample-report.ts';
import type { Finding, Report } from '../../model/report.ts';
import { type Language, languages } from '../../model/text.ts';
import { visibleDeep } from '../visible.ts';
import { renderTerminal } from './terminal.ts';
import { widthOf } from './wrap.ts';

function render(report: Report, width = 100, color = false): string {
  return renderTerminal(report, { width, color });
}

/** The lines below a file's name, up to the next file. */
function linesOf(text: string, file: string): readonly string[] {
  const [, rest = ''] = text.split(`\n\n${file}\n`);
  return rest.split('\n\n')[0]?.split('\n') ?? [];
}

/** `report` with one finding that is repeated at other places. */
function repeated(places: readonly Partial<Finding>[]): Report {
  const report = sampleFilesReport();
  const first = report.findings.find(({ control }) => control === 'container-pids-limit');
  if (!first) throw new Error('the sample has such a finding');
  return {
    ...report,
    findings: places.map((change) => Object.assign({ ...first, remedy: null }, change)),
    coverage: [],
  };
}

function line(number: number): NonNullable<Finding['location']> {
  return { source: 'file', path: 'x', file: 'compose.yaml', line: number, column: 3 };
}

describe('a failure', () => {
  const text = render(sampleFilesReport());

  test('shows place, severity, rule and control on one line, then what is wrong and what mends it', () => {
    expect(linesOf(text, 'deploy/web.yaml').slice(1, 5)).toEqual([
      '  24:13  CRITICAL  Pod Security Standards: no container is privileged  kubernetes-pss-privileged',
      '         The container app is privileged.',
      '         → Take privileged away.',
      '           # without: spec.template.spec.containers[0].securityContext.privileged',
    ]);
  });

  test('says where only a person can mend it', () => {
    expect(text.replaceAll(/\s+/g, ' ')).toContain('revoke the one that was written down. (by hand)');
    expect(text).not.toContain('re-created');
  });

  test('that stands at several places is said once, and what differs at its own place', () => {
    const lines = linesOf(text, 'web/Dockerfile');
    expect(lines.filter((each) => each.includes('dockerfile-no-apt'))).toHaveLength(1);
    expect(lines).toContain('         and at 2 more places: 12:5, 12:22');
    expect(lines).toContain('  10:5   ARG gives DB_PASSWORD a default.');
  });

  test('that concerns a whole file has no line', () => {
    expect(linesOf(text, 'scripts/deploy.sh')[0]).toBe(
      '  –     LOW       Its health is checked  container-healthcheck',
    );
  });

  test('whose waiver has expired says so', () => {
    expect(linesOf(text, 'scripts/deploy.sh')).toContain('        ! Expired waiver: 2026-06-01, ops, until the move');
  });
});

describe('the same in many containers', () => {
  test('is said once, with the others by name and place', () => {
    const text = render(sampleFilesReport(), 200);
    expect(text.match(/container-pids-limit/g)).toHaveLength(2);
    expect(text).toContain('and in 8 more containers: worker 20:3, db 31:3, cache 42:3');
    expect(render(sampleFilesReport({ language: 'zh' }), 200)).toContain('另有 8 个容器：worker 20:3、');
  });

  test('or at one more place is said in the singular', () => {
    const [web, db] = ['container/compose.yaml:web', 'container/compose.yaml:db'];
    const inOne = repeated([
      { subject: web, location: line(3) },
      { subject: db, location: line(9) },
    ]);
    expect(render(inOne)).toContain('and in 1 more container: db 9:3\n');
    const atOne = repeated([
      { subject: web, location: line(3) },
      { subject: web, location: line(9) },
    ]);
    expect(render(atOne)).toContain('and at 1 more place: 9:3\n');
    expect(render({ ...atOne, language: 'zh' })).toContain('另有 1 处：9:3\n');
  });

  test('is cut short when there are very many', () => {
    const many = repeated(Array.from({ length: 40 }, (_, index) => ({ location: line(index + 1) })));
    expect(render(many, 200)).toContain('and at 39 more places: 2:3, 3:3, 4:3,');
    expect(render(many, 200)).toContain('13:3 …\n');
  });

  test('but of another severity is another failure', () => {
    const two = repeated([{ location: line(3) }, { location: line(9), severity: 'low' }]);
    expect(render(two).match(/container-pids-limit/g)).toHaveLength(2);
  });
});

test('files come in the order of the document, subjects and failures in the order of lines', () => {
  const text = render(sampleFilesReport());
  const headings = text.split('\n').filter((each) => /^[\w./-]+$/.test(each));
  expect(headings).toEqual(['web/Dockerfile', 'compose.yaml', 'deploy/web.yaml', 'scripts/deploy.sh']);
  const lines = linesOf(text, 'compose.yaml');
  expect(lines.filter((each) => /^ {2}\S/.test(each)).map((each) => each.trim().split(/\s+/)[0])).toEqual([
    'Compose',
    '1:1',
    'container',
    '9:3',
    '14:5',
    '21:12',
  ]);
});

test('a file with one subject does not name it, nor one that is the whole file', () => {
  const text = render(sampleFilesReport());
  expect(linesOf(text, 'scripts/deploy.sh')[0]).toMatch(/^ {2}– /);
  expect(linesOf(text, 'web/Dockerfile')).toEqual(expect.arrayContaining(['  container · debian:13', '  Dockerfile']));
});

test('a part of a subject that stands in another file is shown there', () => {
  const other = { source: 'file', path: 'x', file: 'compose.override.yaml', line: 4, column: 1 } as const;
  const text = render(repeated([{ location: line(3) }, { location: other }]));
  expect(linesOf(text, 'compose.override.yaml')[0]).toMatch(/^ {2}4:1 {2}MEDIUM/);
});

test('a subject is named without its file, but for one whose file is another', () => {
  const lines = linesOf(render(sampleFilesReport()), 'compose.yaml');
  expect(lines).toContain('  container web · registry.example/shop/web:4.2');
  const elsewhere = { source: 'file', path: 'x', file: 'web/Dockerfile', line: 2, column: 5 } as const;
  const text = render(
    repeated([{ location: elsewhere }, { location: elsewhere, subject: 'dockerfile/web/Dockerfile' }]),
  );
  expect(linesOf(text, 'web/Dockerfile')[0]).toBe('  container compose.yaml:web · registry.example/shop/web:4.2');
});

test('what is unknown of several subjects names them', () => {
  const worker = { location: null, subject: 'container/compose.yaml:worker' };
  const unknown = { status: 'unknown', message: 'no user', need: null } as const;
  const text = render(
    repeated([
      { ...unknown, location: null },
      { ...unknown, ...worker },
    ]),
  );
  expect(linesOf(text, 'compose.yaml')).toEqual([
    '  –  ? 2 unknown: no user',
    '       container-pids-limit · web, worker',
  ]);
});

test('what is accepted says by whom, be it a comment', () => {
  const text = render(sampleFilesReport(), 200);
  expect(text).toContain(
    '12:40  – Packages have a version: the base image pins its mirror (accepted by a comment beside it)  dockerfile-pinned-versions',
  );
  expect(text).toContain('the node limits pods (accepted by platform@example.com until 2027-01-31)');
  expect(render(sampleFilesReport({ language: 'zh' }), 200)).toContain('（由旁边的注释接受）');
});

test('what is unknown for one reason is said once', () => {
  expect(linesOf(render(sampleFilesReport()), 'compose.yaml').slice(-3)).toEqual([
    '  21:12  ? 2 unknown: nothing gives the variable TAG a value',
    '           → set it in .env or in the environment',
    '           container-image-latest, container-known-image · worker',
  ]);
});

test('what passes is only counted, and files that could not be read are named', () => {
  const report = sampleFilesReport();
  const passed = report.findings.filter(({ status }) => status === 'pass' || status === 'not-applicable');
  const score = { pass: 9, fail: 0, unknown: 0, notApplicable: 1, waived: 0, value: 100 };
  const text = render({ ...report, findings: passed, score });
  expect(text).not.toMatch(/^(?:compose\.yaml|web\/Dockerfile)$/m);
  expect(text).toContain('Score 100/100 · Nothing failed\n9 passed, 1 not applicable\n');
  expect(text).toContain('? deploy/broken.yaml:7:3: it is not valid YAML');
});

const widths = [60, 80, 120];
test.each(languages.flatMap((language) => widths.map((width): [Language, number] => [language, width])))(
  'in %s no line is wider than %i columns, but for what can be copied',
  (language, width) => {
    const report = sampleFilesReport({ language });
    const commands = new Set(report.findings.flatMap(({ remedy }) => remedy?.commands ?? []));
    const wide = render(report, width)
      .split('\n')
      .filter((each) => widthOf(each) > width);
    expect(wide.filter((each) => !commands.has(each.trim()))).toEqual([]);
  },
);

test.each(languages)('colours change nothing but the colour, in %s', (language) => {
  const report = sampleFilesReport({ language });
  const coloured = render(report, 80, true);
  expect(coloured).toContain('\u001b[');
  expect(stripVTControlCharacters(coloured)).toBe(render(report, 80));
});

test.each(hostileTexts)('%j begins no line of its own', (text) => {
  const report = visibleDeep(filesReportOf(text));
  const plain = render(visibleDeep(filesReportOf('plain')), 4000);
  expect(render(report, 4000).split('\n').length).toBeLessThanOrEqual(plain.split('\n').length);
});
