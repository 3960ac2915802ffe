import { expect, test } from 'vitest';
import { judge } from '../../test/subjects.ts';
import { vulnerability, vulnerableImage } from '../../test/vulnerable-image.ts';
import { imageNoExploited as control } from '../controls/image/image-no-exploited.ts';
import type { Vulnerability } from '../model/vulnerability.ts';
import { failsForMore } from './fails-for-more.ts';
import type { JudgedFinding } from './judge.ts';

function judged(...found: readonly Partial<Vulnerability>[]): JudgedFinding[] {
  const image = vulnerableImage(found.map((each) => vulnerability({ exploitedSince: '2024-01-01', ...each })));
  const verdict = judge(control, image);
  const subject = { kind: 'image', id: 'image/shop', value: image } as const;
  return [{ control, subject, verdict, status: verdict.status, severity: 'critical' }];
}

const old = judged({ id: 'CVE-2024-1' });

test('what failed before fails for more with another vulnerability, and not with the same', () => {
  expect(failsForMore(old, judged({ id: 'CVE-2024-1', fixedIn: '3' })).size).toBe(0);
  expect([...failsForMore(old, judged({ id: 'CVE-2024-1' }, { id: 'CVE-2024-2' }))]).toEqual(['image-no-exploited']);
});

test('where only what can be had repaired counts, one that cannot is not more', () => {
  const unrepaired = judged({ id: 'CVE-2024-1' }, { id: 'CVE-2024-2', status: 'affected' });
  expect(failsForMore(old, unrepaired).size).toBe(1);
  expect(failsForMore(old, unrepaired, { onlyFixed: true }).size).toBe(0);
  const repaired = judged({ id: 'CVE-2024-1' }, { id: 'CVE-2024-2' });
  expect(failsForMore(old, repaired, { onlyFixed: true }).size).toBe(1);
});
