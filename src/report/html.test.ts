import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { filesReportOf, sampleFilesReport } from '../../test/sample-files-report.ts';
import { hostileTexts, reportOf, sampleReport, vulnerabilityWaiver } from '../../test/sample-report.ts';
import { languages, type Text } from '../model/text.ts';
import { script } from './html/script.ts';
import { style } from './html/style.ts';
import { htmlWords } from './html/words.ts';
import { renderHtml } from './html.ts';
import { words } from './words.ts';

const sample = renderHtml(sampleReport());

function tags(html: string): readonly string[] {
  return withoutCode(html).match(/<[^>]*>/g) ?? [];
}

/** What a reader sees, entities resolved. */
function textOf(html: string): string {
  return withoutCode(html)
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

function withoutCode(html: string): string {
  return html.replace(style, '').replace(script, '');
}

function attributes(html: string, name: string): readonly string[] {
  return [...html.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map((match) => match[1] ?? '');
}

function sha256(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

test('nothing runs but the style and the script that the policy names', () => {
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(sample) ?? [];
  const [, inPage = ''] = /<script>([^]*?)<\/script>/.exec(sample) ?? [];
  const [, styleInPage = ''] = /<style>([^]*?)<\/style>/.exec(sample) ?? [];
  expect(policy?.replaceAll('&#39;', "'")).toBe(
    `default-src 'none'; style-src ${sha256(styleInPage)}; script-src ${sha256(inPage)}; base-uri 'none'; form-action 'none'`,
  );
  expect(sample.match(/<(?:script|style)\b/g)).toHaveLength(2);
  expect(tags(sample).filter((tag) => /\s(?:style|on\w+)=/.test(tag))).toEqual([]);
});

test('it asks the network for nothing', () => {
  expect(
    tags(sample).filter((tag) => /^<(?:link|img|iframe|object|embed|base|video|audio|source|use|image)\b/.test(tag)),
  ).toEqual([]);
  expect(sample).not.toMatch(/\ssrc=|\ssrcset=|url\(|@import|http-equiv="refresh"/);
});

test('the script is valid and closes no element', () => {
  expect(() => new Script(script)).not.toThrow();
  expect(script).not.toMatch(/<\/|<!--/);
  expect(style).not.toMatch(/<\//);
});

test('the script never makes markup of text', () => {
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(/);
});

test('the filter is hidden until there is a script to serve it', () => {
  expect(sample).toMatch(/<form class="filter"[^>]* hidden>/);
  expect(sample).not.toMatch(/<(?:article|section|li)[^>]* hidden/);
});

test('every finding can be filtered by status, severity, level and subject', () => {
  const report = sampleReport();
  const found = tags(sample).filter((tag) => tag.includes(' data-status='));
  expect(found).toHaveLength(report.findings.length);
  for (const tag of found) expect(tag).toMatch(/ data-severity="\w+" data-level="\w+"/);
  const sections = sample.match(/<section class="subject" id="s\d+"/g);
  expect(sections).toHaveLength(report.subjects.length);
  const [, options = ''] = /<select name="subject"[^>]*>(.*?)<\/select>/s.exec(sample) ?? [];
  expect(attributes(options, 'value')).toEqual(['', 's1', 's2', 's3', 's4', 's5', 's6']);
});

test('headings descend without a gap', () => {
  const levels = tags(sample).flatMap((tag) => /^<h(\d)/.exec(tag)?.[1] ?? []);
  expect(levels.join('')).toMatch(/^1(?:2(?:34*)*)+$/);
});

test('ids are unique and every reference to one resolves', () => {
  const ids = attributes(sample, 'id');
  expect(new Set(ids).size).toBe(ids.length);
  const targets = attributes(sample, 'href').filter((href) => href.startsWith('#'));
  expect(targets.length).toBeGreaterThan(6);
  for (const target of targets) expect(ids).toContain(target.slice(1));
  for (const label of attributes(sample, 'aria-labelledby')) expect(ids).toContain(label);
});

test('subjects with the worst failures come first', () => {
  expect(attributes(sample, 'data-name').map((name) => name.slice(0, 14))).toEqual([
    'container/web',
    'engine/prod-do',
    'container/=cmd',
    'container/db',
    'host/prod-dock',
    'container/idle',
  ]);
});

test('the mark is green only when all is well and known', () => {
  const { score } = sampleReport();
  const markOf = (change: Partial<typeof score>) => {
    const report = sampleReport({ findings: [], score: { ...score, fail: 0, unknown: 0, ...change } });
    return /class="score ([\w-]+)"/.exec(renderHtml(report))?.[1];
  };
  expect(/class="score ([\w-]+)"/.exec(sample)?.[1]).toBe('critical');
  expect(markOf({ value: 100 })).toBe('pass');
  expect(markOf({ value: 100, unknown: 1 })).toBe('unknown');
  expect(markOf({ value: null })).toBe('not-applicable');
});

test('a score that is not there is not zero', () => {
  const html = renderHtml(sampleReport({ findings: [], score: { ...sampleReport().score, value: null } }));
  expect(html).toContain('<strong>–</strong>');
  expect(html).toContain('Nothing could be judged');
});

test('evidence, place, remedy, waiver and need are shown', () => {
  const text = textOf(sample);
  for (const part of [
    'HostConfig.Privileged',
    '/srv/shop/compose.yaml:14:5 services.web.privileged',
    '{ "icc": false }\nsystemctl restart docker',
    'the engine restarts',
    'Waiver {"ticket": "OPS-412"} · Owner platform@example.com · Until 2027-01-31',
    'Expired waiver Load test · Owner dba · Until 2026-06-01',
    'To find out run as root',
  ]) {
    expect(text).toContain(part);
  }
});

test.each(languages)('a report of nothing is a page in %s', (language) => {
  const html = renderHtml(sampleReport({ language, subjects: [], findings: [], coverage: [], waivers: [] }));
  expect(html).toMatch(new RegExp(`^<!doctype html>\n<html lang="${{ en: 'en', zh: 'zh-Hans' }[language]}">`));
  expect(html).not.toContain('class="filter"');
});

test('in Chinese no word of ours is English', () => {
  const text = textOf(renderHtml(sampleReport({ language: 'zh' })));
  const all: readonly Text[] = [...Object.values(words), ...Object.values(htmlWords)];
  const english = all.filter(({ en, zh }) => en !== zh && !en.includes('{')).map(({ en }) => en);
  for (const word of english) expect(text).not.toMatch(new RegExp(`(?<![\\w./-])${RegExp.escape(word)}(?![\\w./-])`));
  expect(text).toContain('未通过项：严重\u00A02、高\u00A02、中\u00A03、低\u00A01、提示\u00A01');
});

test('waivers of vulnerabilities are a table of their own', () => {
  const html = renderHtml(
    sampleReport({
      vulnerabilityWaivers: [
        vulnerabilityWaiver({ package: 'pkg:deb/debian/xz*' }),
        vulnerabilityWaiver({ owner: null, state: 'expired' }),
      ],
    }),
  );
  const text = textOf(html);
  expect(text).toContain('Waivers of vulnerabilities');
  for (const part of ['CVE-2024-3094', 'pkg:deb/debian/xz*', 'only used while building', 'shop-team', '--ignore-until'])
    expect(text).toContain(part);
  expect(html).toContain('<span class="badge expired">');
  expect(textOf(renderHtml(sampleReport()))).not.toContain('Waivers of vulnerabilities');
});

/** Tags without values, which are escaped, and without links, which exist only where the text makes a plain one. */
function shape(html: string): readonly string[] {
  return tags(html)
    .map((tag) => tag.replaceAll(/="[^"]*"/g, ''))
    .filter((tag) => tag !== '<a href rel>' && tag !== '</a>');
}

test.each(hostileTexts)('%j changes no tag', (text) => {
  expect(shape(renderHtml(reportOf(text)))).toEqual(shape(renderHtml(reportOf('plain text'))));
});

test.each(hostileTexts)('%j is shown as it is, but for what no page can hold', (text) => {
  const html = renderHtml(reportOf(text));
  const shown = text.toWellFormed().replaceAll(/(?![\n\t])\p{Cc}|[\uFFFE\uFFFF]/gu, '\uFFFD');
  expect(textOf(html)).toContain(`${shown}\n${shown}`);
  expect(html).not.toMatch(/(?![\n\t])\p{Cc}|\p{Cs}/u);
});

test.each(['javascript:alert(1)', 'https://a.example/"><b>', 'http://a.example/', 'https://user@a.example/'])(
  'the link %j is not a link',
  (link) => {
    const report = sampleReport();
    const findings = report.findings.map((finding) => ({ ...finding, references: { links: [link] } }));
    expect(attributes(renderHtml({ ...report, findings }), 'href').filter((href) => !href.startsWith('#'))).toEqual([]);
  },
);

const palettes = [...style.matchAll(/:root \{([^}]*)\}/g)].map((match) => paletteOf(match[1] ?? ''));

function paletteOf(block: string): Readonly<Record<string, string>> {
  const pairs = block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g);
  return Object.fromEntries([...pairs].map(([, name = '', colour = '']) => [name, colour]));
}

test.each(['light', 'dark', 'print'].map((name, index) => ({ name, palette: palettes[index] ?? {} })))(
  'every colour of text has a contrast of 4.5 : 1 on what it stands on: $name',
  ({ palette }) => {
    const { page = '', card = '', sunk = '', line: _line, ...inks } = palette;
    expect(Object.keys(inks)).toHaveLength(12);
    for (const [name, ink = ''] of Object.entries(inks)) {
      for (const ground of [page, card, sunk, mix(ink, card, 0.08), mix(ink, card, 0.16)]) {
        // The filled badge is the same pair the other way round.
        expect(contrast(ink, ground), `${name} ${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  },
);

function channels(colour: string): readonly number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}

function mix(over: string, under: string, share: number): string {
  const below = channels(under);
  return `#${channels(over)
    .map((value, index) => Math.round(value * share + (below[index] ?? 0) * (1 - share)))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
}

/** As WCAG 2 defines it. */
function contrast(left: string, right: string): number {
  const [light = 0, dark = 0] = [luminance(left), luminance(right)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour)
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('of files the subjects can be chosen under their file, and kinds have names', () => {
  const html = renderHtml(sampleFilesReport());
  expect(attributes(html, 'label')).toEqual([
    'web/Dockerfile',
    'compose.yaml',
    'scripts/deploy.sh',
    'deploy/web.yaml',
    'Dockerfile',
  ]);
  expect(textOf(html)).toContain('Plimsoll report on files');
  expect(html.match(/<optgroup label="web\/Dockerfile">(.*?)<\/optgroup>/)?.[1]?.match(/<option/g)).toHaveLength(2);
  const chinese = textOf(renderHtml(sampleFilesReport({ language: 'zh' })));
  for (const kind of ['Compose 项目', 'Kubernetes 对象', '容器']) expect(chinese).toContain(kind);
  expect(sample).not.toContain('<optgroup');
});

test('what a comment accepts has an owner and no end', () => {
  expect(textOf(renderHtml(sampleFilesReport()))).toContain(
    'Waiver the base image pins its mirror · Owner a comment beside it\n',
  );
});

test.each(hostileTexts)('%j as the name of a file changes no tag', (text) => {
  expect(shape(renderHtml(filesReportOf(text)))).toEqual(shape(renderHtml(filesReportOf('plain text'))));
});
