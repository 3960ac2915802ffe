import { describe, expect, test } from 'vitest';
import { component, flaw, hostOf, uncovered } from '../../../test/host-components.ts';
import { contextOf, hidden, host, judge } from '../../../test/subjects.ts';
import { known } from '../../model/fact.ts';
import { noAdvisories } from '../../model/host-component.ts';
import type { Vulnerability } from '../../model/vulnerability.ts';
import { kernelNoKnownFlaws as control } from './kernel-no-known-flaws.ts';

const kernel = (...found: readonly Vulnerability[]) => hostOf([component('kernel', found, { name: '6.12.1' })]);

function severityOf(change: Partial<Vulnerability>, parameters = {}) {
  return typeof control.severity === 'object'
    ? control.severity.of(kernel(flaw(change)), contextOf(control, { parameters }))
    : undefined;
}

function commandsOn(id: string, name = 'kernel-core') {
  const distribution = known({ id, version: '9' }, 'file', '/etc/os-release');
  const { components } = hostOf([component('kernel', [flaw()], { package: `pkg:rpm/${id}/${name}@1` })]);
  const remedy = control.remedy(host({ distribution, components }), contextOf(control));
  return remedy.kind === 'manual' ? remedy.commands : [];
}

describe('a flaw', () => {
  test.each([
    ['that is high and fixed', {}, 'fail'],
    ['that is critical and fixed', { severity: { level: 'critical', source: 'nvd' } }, 'fail'],
    ['that is medium', { severity: { level: 'medium', source: 'debian' } }, 'pass'],
    ['that is fixed, and that nobody has rated', { severity: { level: 'unknown', source: '' } }, 'unknown'],
    ['that nobody has fixed', { status: 'affected' }, 'pass'],
    ['that nobody has fixed and that is exploited', { status: 'affected', exploitedSince: '2024-01-01' }, 'fail'],
    [
      'that is low and exploited',
      { severity: { level: 'low', source: 'debian' }, exploitedSince: '2024-01-01' },
      'fail',
    ],
    ['that is none here', { status: 'not-affected', exploitedSince: '2024-01-01' }, 'pass'],
    ['that is told beside only', { coveredBy: 'pkg:deb/debian/linux' }, 'pass'],
  ] as const)('%s: %3$s', (_, change, status) => {
    expect(judge(control, kernel(flaw(change))).status).toBe(status);
  });
});

test('names five of them, the most urgent first, with the repair, and the others as evidence', () => {
  const ordinary = Array.from({ length: 30 }, (_, index) => flaw({ id: `CVE-2024-${index}` }));
  const critical = flaw({ id: 'CVE-2023-2', severity: { level: 'critical', source: 'debian' } });
  const exploited = flaw({ id: 'CVE-2022-3', exploitedSince: '2022-05-01' });
  const verdict = judge(control, kernel(...ordinary, critical, exploited));
  expect(verdict.message.en).toBe(
    'Linux 6.12.1 (1.1.4-1) has CVE-2022-3 (fixed in 2-1, exploited since 2022-05-01), CVE-2023-2 (fixed in 2-1), CVE-2024-0 (fixed in 2-1), CVE-2024-1 (fixed in 2-1), CVE-2024-2 (fixed in 2-1) and 27 more.',
  );
  expect(verdict.message.zh).toContain('CVE-2022-3（修复于 2-1，自 2022-05-01 起被利用）');
  expect(verdict.evidence).toHaveLength(10);
  expect(verdict.evidence[0]).toEqual({
    source: 'file',
    path: '/var/lib/dpkg/status runc 1.1.4-1',
    value: 'CVE-2022-3 · fixed in 2-1 · exploited since 2022-05-01',
  });
});

test('is critical where one of them is, or is exploited', () => {
  expect(severityOf({})).toBe('high');
  expect(severityOf({ severity: { level: 'critical', source: 'nvd' } })).toBe('critical');
  expect(severityOf({ exploitedSince: '2024-01-01' })).toBe('critical');
  expect(severityOf({ exploitedSince: '2024-01-01' }, { accepted: ['CVE-2024-1'] })).toBe('high');
});

test('a milder threshold fails more, and what is accepted fails no more, under any of its names', () => {
  const medium = kernel(flaw({ severity: { level: 'medium', source: 'debian' }, aliases: ['GHSA-1'] }));
  expect(judge(control, medium, { parameters: { threshold: 'medium' } }).status).toBe('fail');
  for (const accepted of [['CVE-2024-1'], ['GHSA-1']]) {
    expect(judge(control, medium, { parameters: { threshold: 'medium', accepted } }).status).toBe('pass');
  }
});

test('a pass says where it was looked up, and how old that is', () => {
  expect(judge(control, kernel()).evidence).toEqual([
    { source: 'file', path: 'advisories of Debian:13', value: 'newest of 2026-05-28, read 2026-06-01' },
  ]);
});

test('is unknown where nothing was asked, or not all of it answered', () => {
  expect(judge(control, host({ components: noAdvisories }))).toMatchObject({
    status: 'unknown',
    need: noAdvisories.need,
  });
  const unread = hostOf([component('kernel', hidden, { name: '6.12.1', version: '' })]);
  expect(judge(control, unread)).toMatchObject({
    status: 'unknown',
    message: { en: 'Linux 6.12.1: permission denied' },
    need: hidden.need,
  });
  const partly = hostOf([component('kernel', [], {}, [uncovered('unreadable-advisory')])]);
  expect(judge(control, partly).status).toBe('unknown');
});

test('a host of which no kernel is known is not asked, and other programs are not its matter', () => {
  expect(judge(control, hostOf([component('engine', [flaw()])])).status).toBe('not-applicable');
});

test('the remedy speaks the package manager of the distribution, and ends with a reboot', () => {
  expect(commandsOn('ubuntu')).toEqual(['apt-get update', 'apt-get dist-upgrade', 'systemctl reboot']);
  expect(commandsOn('rocky')).toEqual(['dnf upgrade kernel-core', 'systemctl reboot']);
  expect(commandsOn('sles', 'kernel-default')).toEqual(['zypper update kernel-default', 'systemctl reboot']);
  expect(commandsOn('alpine', 'linux-lts')).toEqual(['apk upgrade linux-lts', 'systemctl reboot']);
  expect(commandsOn('plan9')).toEqual(['systemctl reboot']);
  // What stands in a database is anybody's to write.
  expect(commandsOn('rocky', 'a%3Breboot')).toEqual(['systemctl reboot']);
});
