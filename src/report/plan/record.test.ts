import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { sampleReport } from '../../../test/sample-report.ts';
import type { FixRecord } from '../../model/fix-report.ts';
import { type Language, languages } from '../../model/text.ts';
import { type Format, formats, renderReport } from '../formats.ts';
import { sampleRecord } from './sample-plan.fixture.ts';

const id = sampleRecord('en').id;
const undo = `plimsoll fix --undo ${id}`;
const failure = { en: 'the engine said no', zh: '引擎拒绝' };

function validator(path: string, strict: boolean) {
  const ajv = new Ajv2020({ allErrors: true, strict });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
}

function render(format: Format, fix: FixRecord | undefined, language: Language = 'en', summary = false) {
  const report = sampleReport({ language, ...(fix ? { fix } : {}) });
  return renderReport(report, { format, summary }, { width: 80, color: false });
}

describe.each(['terminal', 'markdown', 'html'] as const)('as %s', (format) => {
  test.each(languages)('a fix is told before the findings, in %s', async (language) => {
    const text = await render(format, sampleRecord(language), language);
    const first = text.indexOf(id);
    expect(first).toBeGreaterThan(-1);
    const findings = { terminal: '✗ ', markdown: '## `host/', html: 'id="findings"' }[format];
    expect(text.lastIndexOf(undo)).toBeLessThan(text.lastIndexOf(findings));
    expect(text).toContain('alice (root)');
    expect(text).toContain('2026-07-01 08:01:00 UTC');
    expect(text).toContain(failure[language]);
    expect(text).toContain('+ Memory: 268435456');
    for (const name of { en: ['done', 'failed and taken back', 'not begun'], zh: ['已完成', '失败，已撤回', '未开始'] }[
      language
    ])
      expect(text).toContain(name);
  });

  test('an undo, and a fix of which nothing is left, cannot be undone', async () => {
    const done = sampleRecord('en');
    const actions = done.actions.map((action) => ({ ...action, state: 'undone' as const, reason: null }));
    expect(await render(format, { ...done, kind: 'undo', actions })).not.toContain('--undo');
    const failed = done.actions.map((action) => ({ ...action, state: 'failed' as const }));
    expect(await render(format, { ...done, actions: failed })).not.toContain('--undo');
  });

  test('a report without a fix says nothing of one', async () => {
    expect(await render(format, undefined)).not.toContain('--undo');
  });
});

describe('on one screen', () => {
  test('each action has its state and reason, without the changes; the summary itself is as it was', async () => {
    const text = await render('terminal', sampleRecord('en'), 'en', true);
    expect(text).toContain('✓ done: Switch live-restore on first.');
    expect(text).toContain('✗ failed and taken back: Limit memory and processes of web.');
    expect(text).toContain('the engine said no');
    expect(text).toContain(undo);
    expect(text).not.toContain('268435456');
    expect(text.endsWith(await render('terminal', undefined, 'en', true))).toBe(true);
  });

  test('it says what has become different', async () => {
    const comparison = { since: '2026-07-01T07:59:00.000Z', new: [], fixed: [], unreadable: [], unchanged: 7 };
    const report = sampleReport({ fix: sampleRecord('en'), comparison });
    const text = await renderReport(report, { format: 'terminal', summary: true }, { width: 80, color: false });
    expect(text).toContain('7 unchanged');
  });
});

describe('formats of programs', () => {
  const isReport = validator('docs/report.schema.json', true);
  const isSarif = validator('test/schemas/sarif-2.1.0.json', false);

  test.each(languages)('JSON carries the record, and the schema knows it, in %s', async (language) => {
    const fix = sampleRecord(language);
    const document = JSON.parse(await render('json', fix, language)) as { readonly fix: unknown };
    isReport(document);
    expect(isReport.errors ?? []).toEqual([]);
    expect(document.fix).toEqual(fix);
    expect(isReport({ ...document, fix: { ...fix, who: null } })).toBe(false);
  });

  test('SARIF carries it among the properties of the run', async () => {
    const document = JSON.parse(await render('sarif', sampleRecord('en'))) as {
      readonly runs: readonly { readonly properties: { readonly fix: FixRecord } }[];
    };
    isSarif(document);
    expect(isSarif.errors ?? []).toEqual([]);
    expect(document.runs[0]?.properties.fix).toEqual(sampleRecord('en'));
  });

  test('JUnit tells it in properties of the first suite alone', async () => {
    const text = await render('junit', sampleRecord('en'));
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text.match(new RegExp(`<property name="fix" value="${id}"/>`, 'g'))).toHaveLength(1);
    expect(text).toContain('<property name="fix/container-update/web" value="failed (the engine said no)"/>');
  });

  test('compact has a comment in front, on one line', async () => {
    const fix = sampleRecord('en');
    const actions = fix.actions.map((action) => ({ ...action, reason: 'two\nlines' }));
    const [first, ...rest] = (await render('compact', { ...fix, actions })).split('\n');
    expect(first).toBe(
      `# fix ${id}: daemon-json/reload done (two\\nlines), container-update/web failed (two\\nlines), removal/old planned (two\\nlines)`,
    );
    expect(rest.join('\n')).toBe(await render('compact', undefined));
  });

  test('GitHub shows an error for what failed, and a notice where nothing did', async () => {
    const fix = sampleRecord('en');
    expect(await render('github', fix)).toMatch(new RegExp(`^::error::fix ${id}: `));
    const actions = fix.actions.slice(0, 1);
    expect(await render('github', { ...fix, actions })).toMatch(/^::notice::fix .*: daemon-json\/reload done\n/);
  });
});

test.each(formats)('as %s who fixed and why it failed are made visible', async (format) => {
  const fix = sampleRecord('en');
  const actions = fix.actions.map((action) => ({ ...action, reason: 'no\u001b[2J\u202e' }));
  const text = await render(format, { ...fix, who: 'eve\u0007', actions });
  expect(stripVTControlCharacters(text)).toBe(text);
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
});
