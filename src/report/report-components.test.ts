import { describe, expect, test } from 'vitest';
import { component, flaw, hostOf } from '../../test/host-components.ts';
import { hidden } from '../../test/subjects.ts';
import { componentPartNames, type HostComponent, type HostComponents } from '../model/host-component.ts';
import { reportComponentsOf } from './report-components.ts';
import { componentLines } from './terminal/components.ts';

const now = new Date('2026-07-01');
const wide = { width: 200, color: false };

function componentsWith(...all: readonly HostComponent[]): HostComponents {
  const { components } = hostOf(all);
  if (!components.known) throw new Error('they are known');
  return components.value;
}

const asked = [{ ecosystem: 'Go', packages: 3, newest: null, read: 1_780_300_000 }];
const runc = component('runtime', [flaw({ id: 'CVE-2' }), flaw({ id: 'CVE-1', exploitedSince: '2024-01-01' })], {
  name: 'runc',
  builtIn: { found: [flaw({ id: 'CVE-3' })], uncovered: [], asked },
});
const kernel = component('kernel', hidden, { name: '6.12.1', version: '6.12.22-1' });
const containerd = component('containerd', [], { version: '1.7.24' });

test('flaws are published the worst first, with dates; what is not known is null', () => {
  const { distribution, parts } = reportComponentsOf(componentsWith(kernel, runc), now, 'en');
  expect(distribution).toMatchObject({ id: 'debian', life: { state: 'supported' } });
  expect(parts).toMatchObject([
    { part: 'kernel', vulnerabilities: null },
    {
      part: 'runtime',
      vulnerabilities: { found: [{ id: 'CVE-1' }, { id: 'CVE-2' }], asked: [{ read: '2026-06-01T07:46:40.000Z' }] },
      builtIn: { found: [{ id: 'CVE-3' }] },
    },
  ]);
  expect(parts[1]).not.toHaveProperty('flaws');
  expect(parts[1]).not.toHaveProperty('gaps');
});

describe('on a terminal', () => {
  test('the data that was asked is named, also where nothing could be told', () => {
    const report = reportComponentsOf({ ...componentsWith(kernel), data: 'c0ffee'.repeat(10) }, now, 'en');
    expect(report.data).toBe('c0ffee'.repeat(10));
    expect(componentLines(report, 'en', wide)).toContainEqual(expect.stringMatching(/advisories +c0ffeec0ffee$/));
  });

  test('each has a line, and each source of advisories its age', () => {
    const report = reportComponentsOf(componentsWith(kernel, containerd, runc), now, 'en');
    const [, head, ...lines] = componentLines(report, 'en', wide);
    expect(head).toBe('What runs the containers, and its known flaws');
    expect(lines.map((line) => line.trim().replaceAll(/ {2,}/g, ' '))).toEqual([
      'system Debian GNU/Linux 13 (trixie) (maintained until 2028-08-09)',
      'kernel 6.12.1 (6.12.22-1) · not known, see below',
      'containerd 1.7.24 · none known',
      'runtime runc 1.1.4-1 · 2 · high 2 · 2 fixed in newer versions · 1 known to be exploited · 1 in its Go modules, which the distribution may have mended, do not count',
      'advisories Debian:13: newest of 2026-05-28, read 2026-06-01',
      'advisories Go: newest of ?, read 2026-06-01',
    ]);
  });

  test('all of it in Chinese too', () => {
    const report = reportComponentsOf(componentsWith(kernel, runc), now, 'zh');
    const text = componentLines(report, 'zh', wide).join('\n');
    expect(text).toContain('未知，见下文');
    expect(text).toContain('Go：最新变更 ?，读取于 2026-06-01');
    expect(text).not.toMatch(/known|newest|read /);
    for (const { zh } of Object.values(componentPartNames)) expect(zh).not.toBe('');
  });

  test('without advisories there is no such part', () => {
    expect(componentLines(undefined, 'en', wide)).toEqual([]);
  });
});
