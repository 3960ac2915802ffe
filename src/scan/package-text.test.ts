import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyPackage } from '../../test/any-package.ts';
import { foundPackage } from '../../test/found-package.ts';
import type { PackageAnswer } from '../advisories/match.ts';
import type { Vulnerability } from '../model/vulnerability.ts';
import { packPackage, unpackPackage } from './package-text.ts';
import { packState, unpackState } from './package-state.ts';

test('a package is the same again, but for what no advisory asks about', () => {
  assert(
    property(anyPackage, (each) => {
      const { licenses: _licenses, layer: _layer, architecture: _architecture, development: _use, ...matched } = each;
      const { licenses, layer, ...unpacked } = unpackPackage(packPackage(each));
      expect(unpacked).toEqual(matched);
      expect([licenses, layer]).toEqual([[], 0]);
    }),
  );
});

test('the layer of a package, and what it is licensed under, make it no other', () => {
  const each = foundPackage('npm', 'left-pad', '1.0.0');
  const other = { ...each, layer: 3, licenses: ['MIT'] };
  expect(packPackage(other)).toBe(packPackage(each));
  expect(packPackage({ ...each, path: '/b' })).not.toBe(packPackage(each));
});

function found(id: string, changes: Partial<Vulnerability> = {}): PackageAnswer['found'][number] {
  const finding = { id, status: 'affected', severity: { level: 'low', source: 'ghsa' }, ...changes };
  return { advisory: 1, found: finding as Vulnerability };
}

const answer = (changes: Partial<PackageAnswer>): PackageAnswer => ({
  asked: ['npm'],
  found: [],
  comparisons: 0,
  ...changes,
});

describe('what is known of a package', () => {
  test('is the same text whatever the order, and whatever is no part of it', () => {
    const fixed = found('CVE-2', { status: 'fixed', fixedIn: '2.0', exploitedSince: '2026-01-02' });
    const text = packState(answer({ found: [found('CVE-1'), fixed] }));
    const other = found('CVE-1', { exploitProbability: 0.5, severity: { level: 'low', source: 'nvd', score: 3 } });
    expect(packState(answer({ found: [fixed, other], comparisons: 7 }))).toBe(text);
    expect(unpackState(text)).toEqual({
      findings: new Map([
        ['CVE-1', { status: 'affected', severity: 'low' }],
        ['CVE-2', { status: 'fixed', fixedIn: '2.0', severity: 'low', exploitedSince: '2026-01-02' }],
      ]),
    });
  });

  test('exploited without a repair keeps its day in its place', () => {
    const text = packState(answer({ found: [found('CVE-1', { exploitedSince: '2026-01-02' })] }));
    expect(unpackState(text).findings.get('CVE-1')).toEqual({
      status: 'affected',
      severity: 'low',
      exploitedSince: '2026-01-02',
    });
  });

  test('nothing is known only where nothing was asked', () => {
    expect(unpackState(packState(answer({ asked: [], uncovered: { reason: 'no-data' } })))).toEqual({
      unknown: 'no-data',
      findings: new Map(),
    });
    const partly = answer({ uncovered: { reason: 'unreadable-advisory' } });
    expect(unpackState(packState(partly))).toEqual({ findings: new Map() });
  });
});
