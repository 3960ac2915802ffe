import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { sampleReport, vulnerabilityWaiver } from '../../../test/sample-report.ts';
import type { Report } from '../../model/report.ts';
import { type Language, languages } from '../../model/text.ts';
import { renderTerminal } from './terminal.ts';
import { widthOf } from './wrap.ts';

function render(report: Report, width = 100, color = false): string {
  return renderTerminal(report, { width, color });
}

/** The lines from the one that has this text to the next empty one. */
function paragraph(text: string, start: string): string[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.includes(start));
  const length = lines.slice(from).indexOf('');
  return from < 0 ? [] : lines.slice(from, length < 0 ? undefined : from + length);
}

describe('a failure', () => {
  const text = render(sampleReport());

  test('says what is wrong, the evidence, the place and the command that mends it', () => {
    expect(paragraph(text, 'CRITICAL The container does not run privileged')).toEqual([
      '✗ CRITICAL The container does not run privileged',
      '    It is started with --privileged. [container-not-privileged]',
      '    · HostConfig.Privileged: true (engine API)',
      '    @ /srv/shop/compose.yaml:14:5 services.web.privileged',
      '    → Run it without --privileged and give it only the capabilities and devices that it uses. (the',
      '      container is re-created)',
      '      # services.web in compose.yaml',
      '      privileged: false',
      '      docker compose up -d web',
    ]);
  });

  test('speaks Chinese', () => {
    expect(paragraph(render(sampleReport({ language: 'zh' })), '容器不以特权模式运行')).toEqual([
      '✗ 严重 容器不以特权模式运行',
      '    容器以 --privileged 启动。 [container-not-privileged]',
      '    · HostConfig.Privileged: true (引擎 API)',
      '    @ /srv/shop/compose.yaml:14:5 services.web.privileged',
      '    → 去掉 --privileged，仅授予它实际使用的 capability 和设备。 (需重建容器)',
      '      # services.web in compose.yaml',
      '      privileged: false',
      '      docker compose up -d web',
    ]);
  });

  test('without a remedy that a program could write has none', () => {
    expect(paragraph(text, 'INFO Restarts after failures are limited')).toEqual([
      '✗ INFO Restarts after failures are limited',
      '    It restarts without end. [container-restart-limit]',
      '    · HostConfig.RestartPolicy: {"Name":"always"} (engine API)',
      '    → Nothing to do if a supervisor watches it. (by hand)',
    ]);
  });

  test('whose waiver has expired says when and whose', () => {
    expect(paragraph(text, 'Its memory is limited').join('\n')).toMatch(/dba.*2026-06-01|2026-06-01.*dba/s);
  });
});

test('subjects come worst first, each with what helps to recognise it', () => {
  const headings = render(sampleReport())
    .split('\n')
    .filter((line) => /^(?:host|engine|container)\//.test(line));
  expect(headings.map((line) => line.split(' · ')[0])).toEqual([
    'container/web',
    'engine/prod-docker-07',
    expect.stringContaining('container/=cmd'),
    'container/db',
    'host/prod-docker-07',
  ]);
  expect(headings[0]).toContain('running · image registry.example/shop/web:4.2');
});

test('within a subject the worst failure comes first', () => {
  const text = render(sampleReport());
  const web = text.slice(text.indexOf('container/web'), text.indexOf('engine/prod-docker-07'));
  const positions = ['CRITICAL', 'HIGH', 'MEDIUM'].map((severity) => web.indexOf(severity));
  expect(positions).toEqual(positions.toSorted((left, right) => left - right));
  expect(positions[0]).toBeGreaterThan(0);
});

test('a waived failure says who accepts it, why and until when', () => {
  const text = paragraph(render(sampleReport()), '– The engine’s socket is not mounted')
    .join(' ')
    .replaceAll(/\s+/g, ' ');
  expect(text).toContain('{"ticket": "OPS-412"} (accepted by platform@example.com until 2027-01-31)');
});

test('what is unknown for one reason is said once, with all its controls and what would help', () => {
  const first = sampleReport().findings.find(({ status }) => status === 'unknown');
  if (!first) throw new Error('the sample has unknowns');
  const findings = ['a', 'b', 'c'].map((control) => Object.assign({ ...first }, { control: `host-${control}` }));
  expect(paragraph(render(sampleReport({ findings })), 'unknown:')).toEqual([
    '? 3 unknown: permission denied',
    '    → run as root',
    '    host-a, host-b, host-c',
  ]);
});

test('waivers of vulnerabilities are told where they do nothing, or no longer', () => {
  const vulnerabilityWaivers = [
    vulnerabilityWaiver({ reason: 'in use' }),
    vulnerabilityWaiver({ state: 'unused', package: 'pkg:deb/debian/xz*', image: 'shop/*' }),
    vulnerabilityWaiver({ state: 'expired', vulnerability: 'CVE-1', owner: null }),
  ];
  const lines = renderTerminal(sampleReport({ waivers: [], vulnerabilityWaivers }), { width: 200, color: false })
    .split('\n')
    .filter((line) => line.startsWith('! '));
  expect(lines).toEqual([
    '! This waiver matches nothing in what was scanned: CVE-2024-3094 pkg:deb/debian/xz* shop/* (shop-team, 2027-01-31)',
    '! This waiver has expired: CVE-1 (--ignore-until, 2027-01-31)',
  ]);
});

test('it ends with the score, what could not be read, and waivers that need a look', () => {
  const end = render(sampleReport()).split('─'.repeat(50)).at(-1) ?? '';
  expect(end).toContain('Score 41/100 · 2 critical, 2 high, 3 medium, 1 low, 1 info\n');
  expect(end).toContain('9 failed, 3 unknown, 1 waived, 8 passed, 1 not applicable');
  expect(end).toContain('? /etc/audit/audit.rules, /proc/733/cmdline: permission denied → run as root');
  expect(end).toMatch(/This waiver has expired: container-memory-limit container\/db \(dba, 2026-06-01\)/);
  expect(end).toMatch(/This waiver matches nothing and can go: daemon-tls engine\/\* \(lab, 2026-12-31\)/);
  expect(end).not.toContain('container-docker-socket');
});

test('many facts that are missing for one reason are counted, not listed', () => {
  const coverage = Array.from(
    { length: 30 },
    (_, index) =>
      ({
        subject: 'host',
        what: `/proc/${index}`,
        status: 'unreadable',
        reason: 'denied',
        need: 'run as root',
      }) as const,
  );
  expect(render(sampleReport({ coverage }))).toContain('? /proc/0, /proc/1, /proc/2 and 27 more: denied → run as root');
  expect(render(sampleReport({ coverage, language: 'zh' }))).toContain('/proc/2 等另外 27 项');
});

test('a clean report says so, and one without anything judged does not', () => {
  const passed = sampleReport().findings.filter(({ status }) => status === 'pass');
  const clean = sampleReport({
    findings: passed,
    coverage: [],
    waivers: [],
    score: { pass: 8, fail: 0, unknown: 0, notApplicable: 0, waived: 0, value: 100 },
  });
  expect(render(clean)).toContain('Score 100/100 · Nothing failed');
  const score = { pass: 0, fail: 0, unknown: 3, notApplicable: 0, waived: 0, value: null };
  const empty = render(sampleReport({ findings: [], score }));
  expect(empty).toContain('this is not a clean bill of health');
  expect(empty).not.toMatch(/100|Nothing failed/);
});

const widths = [60, 80, 100, 120];
test.each(languages.flatMap((language) => widths.map((width): [Language, number] => [language, width])))(
  'in %s no line is wider than %i columns, but for commands, which can be copied whole',
  (language, width) => {
    const report = sampleReport({ language });
    const commands = new Set(
      report.findings.flatMap(({ remedy }) => remedy?.commands.flatMap((each) => each.split('\n')) ?? []),
    );
    const lines = render(report, width).split('\n');
    const wide = lines.filter((line) => widthOf(line) > width && !commands.has(line.trim()));
    expect(wide).toEqual([]);
    for (const command of commands) expect(lines).toContain(`      ${command}`);
  },
);

test.each(languages)('colours change nothing but the colour, in %s', (language) => {
  const report = sampleReport({ language });
  const coloured = render(report, 80, true);
  expect(coloured).toContain('\u001b[');
  expect(stripVTControlCharacters(coloured)).toBe(render(report, 80));
});
