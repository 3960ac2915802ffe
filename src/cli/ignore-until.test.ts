import { describe, expect, test } from 'vitest';
import { failureOf } from '../../test/failure.ts';
import { resolvePolicy } from '../judge/policy.ts';
import { noticesOf, waiversUntil, withIgnored } from './ignore-until.ts';

test('an id and a day are a waiver without an owner', () => {
  expect(waiversUntil(['CVE-2024-1=2026-12-31', ' GHSA-* = 2028-02-29 '], 'en')).toEqual([
    { vulnerability: 'CVE-2024-1', until: '2026-12-31', reason: 'ignored on the command line', status: 'affected' },
    { vulnerability: 'GHSA-*', until: '2028-02-29', reason: 'ignored on the command line', status: 'affected' },
  ]);
  expect(waiversUntil(['CVE-2024-1=2026-12-31'], 'zh')[0]?.reason).toBe('在命令行中忽略');
});

describe.each([
  ['CVE-2024-1', 'there is no date'],
  ['CVE-2024-1=', 'that is no day of the calendar'],
  ['CVE-2024-1=2026-02-30', 'that is no day of the calendar'],
  ['CVE-2024-1=31.12.2026', 'that is no day of the calendar'],
  ['CVE-2024-1 2026-12-31', 'there is no date'],
  ['=2026-12-31', 'there is no vulnerability'],
  ['2026-12-31', 'there is no date'],
])('%j', (text, expected) => {
  test('is wrong usage, and says what is right', async () => {
    const error = await failureOf(() => waiversUntil([text], 'en'));
    expect(error.code).toBe('usage');
    expect(error.text.en).toBe(`--ignore-until ${text}: ${expected}`);
    expect(error.advice?.en).toContain('--ignore-until CVE-2024-1234=2026-12-31');
  });
});

test('a day that has passed is worth a notice', () => {
  const waivers = waiversUntil(['CVE-1=2026-06-30', 'CVE-2=2026-07-01'], 'en');
  const notices = noticesOf(waivers, new Date('2026-07-01T12:00:00Z'));
  expect(notices.map(({ en }) => en)).toEqual([
    '--ignore-until CVE-1=2026-06-30: that day has passed, so it counts again',
  ]);
});

test('what the file says comes first', () => {
  const [written, ignored] = waiversUntil(['CVE-1=2026-12-31', 'CVE-2=2026-12-31'], 'en');
  if (!written || !ignored) throw new Error('there are two');
  const policy = resolvePolicy({ vulnerabilityWaivers: [written] });
  expect(withIgnored(policy, [ignored]).vulnerabilityWaivers).toEqual([written, ignored]);
  expect(withIgnored(policy, [])).toBe(policy);
});
