import { describe, expect, test } from 'vitest';
import { contextOf, hidden, image, judge } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import type { ImageScan } from '../../model/image-scan.ts';
import { imageScanFresh as control } from './image-scan-fresh.ts';

const day = 86_400_000;
const today = Date.UTC(2026, 6, 1);
const daysAgo = (days: number) => today - days * day;

/** Scanned long ago, held against the advisories of today since, but for these. */
function scanned(changes: Partial<ImageScan> = {}) {
  const scan: ImageScan = { scanned: daysAgo(90), matched: today, newest: today, read: today, ...changes };
  return image({ scanned: known(scan, 'file', 'images.sqlite') });
}

test('what was held against fresh advisories passes, however long ago it was opened', () => {
  expect(judge(control, scanned())).toMatchObject({ status: 'pass' });
});

describe('fails for what is older than the limit', () => {
  test.each([
    ['the comparison', { matched: daysAgo(7) }, 'pass'],
    ['the comparison', { matched: daysAgo(8) }, 'fail'],
    ['the reading of the advisories', { read: daysAgo(7) }, 'pass'],
    ['the reading of the advisories', { read: daysAgo(8) }, 'fail'],
    ['the advisories, though they were read today', { newest: daysAgo(8) }, 'fail'],
  ] as const)('%s', (_what, changes, status) => {
    expect(judge(control, scanned(changes)).status).toBe(status);
  });

  test('which is a parameter', () => {
    const old = scanned({ matched: daysAgo(8) });
    expect(judge(control, old, { parameters: { days: 60 } }).status).toBe('pass');
    expect(control.remedy(old, contextOf(control))).toMatchObject({
      commands: ['plimsoll feeds changes', 'plimsoll scan registry.example/shop/web:1.4.2'],
    });
  });
});

describe('is not known', () => {
  test.each([
    ['never scanned', image({ scanned: known(null, 'file', 'images.sqlite') }), 'never scanned'],
    ['nothing was ever scanned here', imageWithoutScan(), 'never scanned'],
    ['scanned without advisories', scanned({ matched: null }), 'no advisories'],
    ['of no ecosystem that there are advisories of', scanned({ newest: null, read: null }), 'no advisories'],
    ['records that cannot be read', image({ scanned: hidden }), 'permission denied'],
  ])('%s', (_what, subject, message) => {
    expect(judge(control, subject)).toMatchObject({
      status: 'unknown',
      message: { en: expect.stringContaining(message) },
    });
  });
});

function imageWithoutScan() {
  const { scanned: _none, ...rest } = image();
  return rest;
}

test('of what nobody runs nothing is asked', () => {
  expect(control.appliesTo?.(image({ usedBy: [] }))).toBe(false);
  expect(control.appliesTo?.(image())).toBe(true);
});
