import { describe, expect, test } from 'vitest';
import type { FindingState } from '../model/image-change.ts';
import type { PackageState } from './package-state.ts';
import { renamed, stateChanges } from './state-changes.ts';

const affected: FindingState = { status: 'affected', severity: 'low' };
const fixed: FindingState = { status: 'fixed', fixedIn: '2.0', severity: 'low' };

const state = (findings: Readonly<Record<string, FindingState>> = {}): PackageState => ({
  findings: new Map(Object.entries(findings)),
});
const unknown: PackageState = { unknown: 'no-data', findings: new Map() };

function changes(before: PackageState, after: PackageState, covered: readonly [boolean, boolean] = [false, false]) {
  return stateChanges({ state: before, covered: covered[0] }, { state: after, covered: covered[1] });
}

test('gained and lost, with how it was and how it is', () => {
  expect(changes(state({ 'CVE-1': fixed }), state({ 'CVE-2': affected }))).toEqual([
    { change: 'lost', vulnerability: 'CVE-1', before: fixed, after: null },
    { change: 'gained', vulnerability: 'CVE-2', before: null, after: affected },
  ]);
});

describe('changed', () => {
  test.each<[string, FindingState]>([
    ['a status', { ...fixed, status: 'will-not-fix' }],
    ['a repair', { ...fixed, fixedIn: '2.1' }],
    ['a severity', { ...fixed, severity: 'high' }],
    ['that it is exploited', { ...fixed, exploitedSince: '2026-01-02' }],
  ])('by %s', (_what, after) => {
    expect(changes(state({ 'CVE-1': fixed }), state({ 'CVE-1': after }))).toEqual([
      { change: 'changed', vulnerability: 'CVE-1', before: fixed, after },
    ]);
    expect(changes(state({ 'CVE-1': after }), state({ 'CVE-1': { ...after } }))).toEqual([]);
  });
});

describe('nothing known', () => {
  test('any more is not the same as clean', () => {
    expect(changes(state({ 'CVE-1': fixed }), unknown)).toEqual([
      { change: 'unknown', vulnerability: 'CVE-1', before: fixed, after: { unknown: 'no-data' } },
    ]);
    expect(changes(state(), unknown)).toEqual([]);
  });

  test('before is said of what is found now', () => {
    expect(changes(unknown, state({ 'CVE-1': fixed }))).toEqual([
      { change: 'gained', vulnerability: 'CVE-1', before: { unknown: 'no-data' }, after: fixed },
    ]);
  });
});

describe('what does not count', () => {
  const notAffected: FindingState = { status: 'not-affected', severity: 'low' };

  test('is not gained, not lost and not changed', () => {
    expect(changes(state(), state({ 'CVE-1': notAffected }))).toEqual([]);
    expect(changes(state({ 'CVE-1': notAffected }), state())).toEqual([]);
    expect(changes(state({ 'CVE-1': fixed }), state({ 'CVE-1': affected }), [true, true])).toEqual([]);
  });

  test('but what begins or ceases to count is', () => {
    expect(changes(state({ 'CVE-1': affected }), state({ 'CVE-1': notAffected }))).toEqual([
      { change: 'lost', vulnerability: 'CVE-1', before: affected, after: notAffected },
    ]);
    expect(changes(state({ 'CVE-1': notAffected }), state({ 'CVE-1': affected }))).toMatchObject([
      { change: 'gained' },
    ]);
    expect(changes(state({ 'CVE-1': fixed }), state({ 'CVE-1': fixed }), [false, true])).toEqual([
      { change: 'lost', vulnerability: 'CVE-1', before: fixed, after: { ...fixed, covered: true } },
    ]);
    expect(changes(state({ 'CVE-1': fixed }), state({ 'CVE-1': fixed }), [true, false])).toMatchObject([
      { change: 'gained', before: { covered: true } },
    ]);
  });
});

function nameOf(name: string): string {
  return name.startsWith('GHSA') ? 'CVE-1' : name;
}

function namesAfter(before: PackageState, after: PackageState): string[] {
  const { state: told } = renamed({ state: before, covered: false }, { state: after, covered: false }, nameOf);
  return [...told.findings.keys()];
}

test('a finding that has another name now is told as the same', () => {
  expect(namesAfter(state({ 'GHSA-1': fixed }), state({ 'CVE-1': affected }))).toEqual(['CVE-1']);
  // Gone, or there as it was: it keeps its name.
  expect(namesAfter(state({ 'GHSA-1': fixed }), state())).toEqual(['GHSA-1']);
  expect(namesAfter(state({ 'GHSA-1': fixed }), state({ 'GHSA-1': fixed, 'CVE-1': fixed }))).toEqual(['GHSA-1']);
  // Of two that are one now, the other is lost.
  expect(namesAfter(state({ 'GHSA-1': fixed, 'CVE-1': fixed }), state({ 'CVE-1': fixed }))).toEqual([
    'GHSA-1',
    'CVE-1',
  ]);
});
