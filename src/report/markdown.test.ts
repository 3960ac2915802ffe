import { expect, test } from 'vitest';
import { filesReportOf, sampleFilesReport } from '../../test/sample-files-report.ts';
import { hostileTexts, reportOf, sampleReport, vulnerabilityWaiver } from '../../test/sample-report.ts';
import { languages } from '../model/text.ts';
import { code, codeBlock, prose, table } from './markdown-text.ts';
import { renderMarkdown } from './markdown.ts';

const sample = renderMarkdown(sampleReport());

/** Everything outside fenced code. */
function withoutCodeBlocks(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})\n[^]*?\n\1$/gm, '');
}

function headings(markdown: string): readonly string[] {
  return withoutCodeBlocks(markdown).match(/^#+ .*$/gm) ?? [];
}

function rows(markdown: string): readonly (readonly string[])[] {
  return (withoutCodeBlocks(markdown).match(/^\|.*\|$/gm) ?? []).map((row) =>
    row.split('|').map((cell) => cell.trim()),
  );
}

test('it begins with the score and the counts', () => {
  expect(sample).toContain('# Plimsoll audit report');
  expect(sample).toContain('**Score 41 / 100** · 9 failed, 3 unknown, 1 waived, 8 passed, 1 not applicable');
  expect(sample).toContain('Failures: 2 critical, 2 high, 3 medium, 1 low, 1 info');
});

test('it speaks Chinese', () => {
  const chinese = renderMarkdown(sampleReport({ language: 'zh' }));
  expect(chinese).toContain('**得分 41 / 100** · 未通过 9、未知 3、已豁免 1、通过 8、不适用 1');
  expect(chinese).toContain('<summary>无法读取 (2)</summary>');
  expect(chinese).not.toMatch(/\b(?:Evidence|Fix|Waivers|Subject|unknown)\b/);
});

test('a score that is not there is not zero', () => {
  const score = { ...sampleReport().score, value: null };
  expect(renderMarkdown(sampleReport({ score }))).toContain('**Nothing could be judged**');
});

test('a score is never rounded up to 100', () => {
  const score = { ...sampleReport().score, value: 99.9 };
  expect(renderMarkdown(sampleReport({ score }))).toContain('**Score 99 / 100**');
});

test('every subject is in the summary, and only those with something to do have a section', () => {
  const subjects = sampleReport().subjects.map((subject) => code(subject.id));
  const [first = '', rest = ''] = sample.split('\n## ', 2);
  for (const subject of subjects) expect(first).toContain(`| ${subject} |`);
  expect(rest).toMatch(/^`host\/prod-docker-07`/);
  expect(headings(sample)).not.toContain('## `container/idle`');
});

test('failures of a subject come worst first', () => {
  const severities = sample.slice(sample.indexOf('## `container/web`')).match(/^### (critical|high|medium) /gm);
  expect(severities?.slice(0, 3)).toEqual(['### critical ', '### high ', '### medium ']);
});

test('a failure shows evidence, place and the commands that mend it', () => {
  expect(sample).toContain('- Evidence: `HostConfig.Privileged` = `true` (engine API)');
  expect(sample).toContain('- Where: `/srv/shop/compose.yaml:14:5 services.web.privileged`');
  expect(sample).toContain('```\n{ "icc": false }\nsystemctl restart docker\n```');
  expect(sample).toContain('- Expired waiver: 2026-06-01, dba, Load test');
});

test('an unknown says what is needed, a waiver who accepts it until when', () => {
  expect(sample).toContain(
    '| `daemon-userns-remap` Root in a container is not root on the host | permission denied | run as root |',
  );
  expect(sample).toContain('| platform@example.com | 2027-01-31 | used | 1 |');
});

test('what could not be read is folded away, and absent when all was read', () => {
  expect(sample).toContain('<details>\n\n<summary>Could not be read (2)</summary>\n\n');
  expect(renderMarkdown(sampleReport({ coverage: [] }))).not.toContain('<details>');
});

test('waivers of vulnerabilities are a table of their own, with what they are about', () => {
  const waivers = [
    vulnerabilityWaiver({ package: 'pkg:deb/debian/xz*', image: 'shop/*', status: 'not-affected' }),
    vulnerabilityWaiver({ vulnerability: 'CVE-1', owner: null, state: 'expired', findings: 0 }),
  ];
  const markdown = renderMarkdown(sampleReport({ waivers: [], coverage: [], vulnerabilityWaivers: waivers }));
  const [, ...lines] = markdown.split('## Waivers of vulnerabilities\n\n')[1]?.trim().split('\n') ?? [];
  expect(lines.slice(1)).toEqual([
    '| `CVE-2024-3094` | `pkg:deb/debian/xz*` `shop/*` | only used while building | not affected | shop-team | 2027-01-31 | used | 2 |',
    expect.stringMatching(
      /^\| `CVE-1` \| – \| only used while building \| accepted \| .*--ignore-until.* \| 2027-01-31 \| expired \| 0 \|$/,
    ),
  ]);
});

test.each(languages)('an empty report in %s has no empty table', (language) => {
  const empty = renderMarkdown(sampleReport({ language, subjects: [], findings: [], waivers: [], coverage: [] }));
  expect(rows(empty)).toEqual([]);
});

test.each(hostileTexts)('%j changes no structure', (text) => {
  const markdown = renderMarkdown(reportOf(text));
  const plain = renderMarkdown(reportOf('plain'));
  expect(headings(markdown)).toHaveLength(headings(plain).length);
  expect(rows(markdown).map((row) => row.length)).toEqual(rows(plain).map((row) => row.length));
});

test.each(hostileTexts)('%j becomes no tag, link, mention or formula', (text) => {
  const outside = withoutCodeBlocks(renderMarkdown(reportOf(text)));
  const withoutSpans = outside.replaceAll(/(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)|<code>.*?<\/code>/g, '');
  expect(withoutSpans.match(/<(?!\/?(?:details|summary)>)/g)).toBeNull();
  expect(withoutSpans).not.toMatch(/(?<!\\)\]\(|!\[/);
  expect(withoutSpans).not.toMatch(/(?:^|\W)@\w|https?:\/\/|www\.|(?:^|[^\w&])#\d/m);
  for (const cell of rows(outside).flat()) expect(cell).not.toMatch(/^(?:\\|`+ ?|<code>)?(?:[=+@]|-(?!--))/);
});

test.each(hostileTexts)('no control character of %j is left', (text) => {
  expect(renderMarkdown(reportOf(text))).not.toMatch(/(?!\n|\t)\p{Cc}|\p{Cs}/u);
});

test('a code span’s fence is longer than what it holds', () => {
  expect(code('a`b``c')).toBe('```a`b``c```');
  expect(code('`')).toBe('`` ` ``');
  expect(code('a|b')).toBe('<code>a&#124;b</code>');
  expect(code(' ')).toBe('–');
});

test('a block’s fence is longer than what it holds', () => {
  expect(codeBlock(['a', '````', 'b'])).toBe('`````\na\n````\nb\n`````');
});

test('text is escaped only where Markdown would act', () => {
  expect(prose('version 0.1.0 of no-new-privileges')).toBe('version 0.1.0 of no-new-privileges');
  expect(prose('1. not a list')).toBe('1\\. not a list');
  expect(prose('- not\na list')).toBe('\\- not a list');
  expect(prose('CAP_SYS_ADMIN')).toBe('CAP\\_SYS\\_ADMIN');
  expect(prose('nginx@sha256:0f from a@b')).toBe('nginx@sha256:0f from a@b');
  expect(prose('ask @you.')).toBe('ask `@you`.');
});

test('a cell that begins like a formula is defused in every notation', () => {
  for (const cell of [prose('=1'), prose('-1'), prose('@a'), code('+1'), code('=a|b'), code('＝1')]) {
    expect(table(['head'], [[cell]])).toContain(`| '${cell} |`);
  }
});

test('of files there is a section a file, and only those with something to do are in the summary', () => {
  const files = renderMarkdown(sampleFilesReport());
  expect(headings(files).filter((heading) => /^#{1,2} /.test(heading))).toEqual([
    '# Plimsoll report on files',
    '## `web/Dockerfile`',
    '## `compose.yaml`',
    '## `deploy/web.yaml`',
    '## `scripts/deploy.sh`',
  ]);
  expect(rows(files)[0]?.[1]).toBe('File');
  expect(files).not.toContain('| `Dockerfile` |');
  expect(files).toContain('Files in which there is nothing to do: 1.');
});

test('what fails in the same way at many places is said once, with every place', () => {
  const files = renderMarkdown(sampleFilesReport());
  expect(files.match(/The number of processes is limited/g)).toHaveLength(1);
  expect(files.match(/- Where: `compose\.yaml:\d+:3 services\.\w+`/g)).toHaveLength(9);
  expect(files).toContain(String.raw`:10:5 ARG DB_PASSWORD${'`'} · ARG gives DB\_PASSWORD a default.`);
});

test.each(hostileTexts)('%j as the name of a file changes no structure', (text) => {
  const markdown = renderMarkdown(filesReportOf(text));
  const plain = renderMarkdown(filesReportOf('plain'));
  expect(headings(markdown)).toHaveLength(headings(plain).length);
  expect(rows(markdown).map((row) => row.length)).toEqual(rows(plain).map((row) => row.length));
});
