import { describe, expect, test } from 'vitest';
import { changedImage, changeMessage, findingChange } from '../../test/image-changes.ts';
import { imageId } from '../../test/scanned-images.ts';
import type { ChangedImage, FindingChange } from '../model/image-change.ts';
import type { Language } from '../model/text.ts';
import { type ChangesReport, changeSetsOf, renderChangesJson, webhookBody } from './changes.ts';
import { renderChanges } from './changes-table.ts';

function report(images: readonly ChangedImage[], more: Partial<ChangesReport> = {}): ChangesReport {
  const sets = images.length === 0 ? [] : changeSetsOf([changeMessage({ images })]);
  return { data: 'bb', remembered: 12, compared: 12, sets, ...more };
}

function table(shown: ChangesReport, language: Language = 'en'): string {
  const reasons = { 'no-data': { en: 'there is no data', zh: '没有数据' } };
  return renderChanges(shown, { language, terminal: { width: 100, color: false }, reasons });
}

/** The line of one change. */
function lineOf(change: Partial<FindingChange>, language: Language = 'en'): string {
  const text = table(report([changedImage({ changes: [findingChange(change)] })]), language);
  return text.split('\n').find((line) => /^ {2}[+~?-] /.test(line)) ?? '';
}

test('a table for people: image by image, the worst first', () => {
  const calm = changedImage({
    id: imageId('2'),
    names: [],
    platform: null,
    complete: false,
    containers: null,
    changes: [findingChange({ change: 'lost', before: { status: 'affected', severity: 'critical' }, after: null })],
  });
  const bad = changedImage({
    names: ['shop/web:1', 'shop/web:latest'],
    containers: ['api', 'web'],
    changes: [
      findingChange({
        vulnerability: 'CVE-2026-22',
        after: { status: 'affected', severity: 'high', exploitedSince: '2026-01-02' },
      }),
      findingChange(),
    ],
  });
  expect(table(report([calm, bad]))).toBe(
    [
      '12 images are remembered, 2 with changes (2 gained, 1 lost)',
      '',
      'shop/web:1 and 1 more (000000000000, linux/amd64, runs as api, web)',
      '  + high  CVE-2026-22  left-pad 1.0.0  not fixed yet, exploited since 2026-01-02',
      '  + high  CVE-2026-1   left-pad 1.0.0  fixed in 1.1.0',
      '',
      '000000000000 (not all of it could be read)',
      '  - critical  CVE-2026-1  left-pad 1.0.0  advisories do not tell of this version any more',
      '',
      '+ gained  ~ changed  ? not known any more  - lost',
      '',
    ].join('\n'),
  );
  expect(table(report([bad]), 'zh')).toContain(
    'shop/web:1 等 2 个名称 (000000000000，linux/amd64，正在运行：api、web)\n  + 高  CVE-2026-22  left-pad 1.0.0  尚无修复，2026-01-02 起已被利用',
  );
});

describe('a change in words', () => {
  const fixed = { status: 'fixed', fixedIn: '1.1.0', severity: 'high' } as const;

  test.each<[Partial<FindingChange>, string, string]>([
    [{ before: { unknown: 'no-data' } }, 'fixed in 1.1.0, not known before', '修复于 1.1.0，此前情况未知'],
    [
      { change: 'unknown', before: fixed, after: { unknown: 'no-data' } },
      'nothing is known any more: there is no data',
      '情况不再可知：没有数据',
    ],
    [
      { change: 'unknown', before: fixed, after: { unknown: 'of-a-newer-plimsoll' } },
      'nothing is known any more: of-a-newer-plimsoll',
      '情况不再可知：of-a-newer-plimsoll',
    ],
    [{ change: 'lost', before: fixed, after: { ...fixed, status: 'not-affected' } }, 'not affected', '不受影响'],
    [
      { change: 'lost', before: fixed, after: { ...fixed, covered: true } },
      "the advisories of the system's package speak for it",
      '以所属系统软件包的公告为准',
    ],
    [
      { change: 'changed', before: { status: 'affected', severity: 'high' }, after: fixed },
      'not fixed yet → fixed in 1.1.0',
      '尚无修复 → 修复于 1.1.0',
    ],
    [
      {
        change: 'changed',
        before: { ...fixed, severity: 'unknown' },
        after: { ...fixed, exploitedSince: '2026-01-02' },
      },
      'unknown → high, exploited since 2026-01-02',
      '未知 → 高，2026-01-02 起已被利用',
    ],
    [
      { change: 'changed', before: { ...fixed, exploitedSince: '2026-01-02' }, after: fixed },
      'not listed as exploited any more',
      '不再列为已被利用',
    ],
  ])('%j', (change, en, zh) => {
    expect(lineOf(change)).toMatch(new RegExp(`  ${en.replaceAll('.', '\\.')}$`));
    expect(lineOf(change, 'zh').endsWith(`  ${zh}`)).toBe(true);
  });

  test.each([
    ['pkg:deb/debian/curl@7.88?arch=amd64', 'curl 7.88'],
    ['pkg:npm/%40scope/a@1', '@scope/a 1'],
    ['pkg:maven/org.a/b@1', 'org.a:b 1'],
    ['no purl', 'no purl'],
  ])('%s', (purl, name) => {
    expect(lineOf({ package: purl })).toContain(`CVE-2026-1  ${name}  fixed`);
  });
});

test('nothing is shown that a terminal would act on', () => {
  const hostile = 'a\u001b[31m\u202e';
  const images = [
    changedImage({
      names: [hostile],
      containers: [hostile],
      changes: [findingChange({ vulnerability: hostile, package: `pkg:npm/${hostile}@1` })],
    }),
  ];
  const said = report(images);
  for (const text of [table(said), renderChangesJson(said, 'en'), webhookBody(changeMessage({ images }))]) {
    expect([text.includes('\u001b'), text.includes('\u202e')]).toEqual([false, false]);
  }
});

test('what is long is cut, and says so', () => {
  const changes = Array.from({ length: 25 }, (_, index) => findingChange({ vulnerability: `CVE-2026-${index}` }));
  const images = Array.from({ length: 43 }, (_, index) => changedImage({ id: imageId(`${index}`), changes }));
  const text = table(report(images));
  expect(text).toContain('  … and 5 more: see --format json');
  expect(text).toContain('… and 3 more images: see --format json');
  expect(text.match(/^ {2}\+/gm)).toHaveLength(40 * 20);
});

test('nothing to tell is said, and why', () => {
  expect(table(report([], { remembered: 0, compared: 0 }))).toContain('plimsoll scan IMAGE');
  expect(table(report([], { compared: 0 }))).toBe(
    '12 images are remembered, and the advisories are those of the last time\n',
  );
  expect(table(report([], { remembered: 1 }))).toBe('1 image is remembered, none of them with changes\n');
  const notified = { to: 'https://hooks.example', delivered: 1, waiting: 2, trouble: 'HTTP 503' };
  expect(table(report([], { notified }))).toContain('\n1 message delivered to https://hooks.example, 2 waiting\n');
});

test('parts of a change set are put together again; of several the newest comes first', () => {
  const [first, second] = [findingChange(), findingChange({ vulnerability: 'CVE-2026-2' })];
  const sets = changeSetsOf([
    changeMessage({ set: 'old', found: '2026-05-01T00:00:00.000Z' }),
    changeMessage({ images: [changedImage({ changes: [first] })] }),
    changeMessage({ part: 2, images: [changedImage({ changes: [second] }), changedImage({ id: imageId('2') })] }),
  ]);
  expect(sets.map(({ id, images }) => [id, images.map(({ changes }) => changes.length)])).toEqual([
    ['5e7', [2, 1]],
    ['old', [1]],
  ]);
  const shown = table({ ...report([]), sets });
  expect(shown.match(/^Found .*$/gm)).toEqual(['Found 2026-06-01 12:00 UTC', 'Found 2026-05-01 00:00 UTC']);
  expect(shown).toContain('2 with changes (4 gained)');
});

test('for programs: named and versioned', () => {
  const containers = { en: 'there is no socket', zh: '没有套接字' };
  expect(JSON.parse(renderChangesJson(report([changedImage()], { containers }), 'zh'))).toEqual({
    schema: 'plimsoll.changes/1',
    data: 'bb',
    remembered: 12,
    compared: 12,
    containersUnknown: '没有套接字',
    sets: [{ id: '5e7', found: '2026-06-01T12:00:00.000Z', images: [changedImage()] }],
  });
  expect(JSON.parse(webhookBody(changeMessage({ part: 3 })))).toEqual({
    type: 'image.findings.changed',
    timestamp: '2026-06-01T12:00:00.000Z',
    data: { schema: 'plimsoll.changes/1', set: '5e7', part: 3, images: [changedImage()] },
  });
});
