import { array, assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyPackage } from '../../test/any-package.ts';
import { objectionsTo } from '../../test/bill-schemas.ts';
import { sampleContents, scanReport } from '../../test/scan-report.ts';
import { sampleReport } from '../../test/sample-report.ts';
import type { ReportContents } from '../model/report-contents.ts';
import { renderCycloneDx } from './cyclonedx.ts';

interface Bill {
  readonly serialNumber: string;
  readonly metadata: { readonly component: Readonly<Record<string, unknown>> };
  readonly components: readonly Readonly<Record<string, unknown>>[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  readonly compositions: readonly { readonly aggregate: string }[];
}

function billOf(change: Partial<ReportContents> = {}): Bill {
  return JSON.parse(renderCycloneDx(scanReport(change))) as Bill;
}

const { target, packages } = sampleContents();

describe('the official schema takes it', () => {
  test.each<[string, Partial<ReportContents>]>([
    ['of an image', {}],
    ['of a folder', { target: { kind: 'folder', name: '/srv/root', source: '/srv/root', tags: [], repoDigests: [] } }],
    ['of nothing that is known', { distribution: null, packages: [], layers: [] }],
  ])('%s', (_, change) => {
    expect(objectionsTo('cyclonedx', renderCycloneDx(scanReport(change)))).toEqual([]);
  });

  test('whatever packages are called', () => {
    assert(
      property(array(anyPackage, { maxLength: 4 }), (hostile) => {
        expect(objectionsTo('cyclonedx', renderCycloneDx(scanReport({ packages: hostile })))).toEqual([]);
      }),
    );
  });

  test('it is one that can object', () => {
    const { metadata: _metadata, ...rest } = billOf();
    expect(objectionsTo('cyclonedx', JSON.stringify({ ...rest, components: [{ name: 'a' }] }))).not.toEqual([]);
  });
});

test('the image has its purl, digest and layers', () => {
  expect(billOf().metadata.component).toMatchObject({
    type: 'container',
    name: 'registry.example/shop/web:1.2',
    version: target.digest,
    purl: `pkg:oci/web@sha256:${'2e'.repeat(32)}?arch=amd64&repository_url=registry.example%2Fshop%2Fweb&tag=1.2`,
    hashes: [{ alg: 'SHA-256', content: '1f'.repeat(32) }],
  });
});

test('an image that no registry has has no purl: its own id would name nothing there', () => {
  expect(billOf({ target: { ...target, repoDigests: [] } }).metadata.component).not.toHaveProperty('purl');
});

describe('references', () => {
  test('are the purl; packages of the system hang on the system, others on the image', () => {
    const { components, dependencies } = billOf();
    const [libc, git, stream] = packages.map(({ purl }) => purl);
    const system = 'operating-system:debian@12';
    expect(components.map((each) => each['bom-ref'])).toEqual([system, libc, git, stream]);
    expect(dependencies).toEqual([
      { ref: 'image:registry.example/shop/web:1.2', dependsOn: [system, stream] },
      { ref: system, dependsOn: [libc, git] },
    ]);
  });

  test('without a system all hang on the image', () => {
    const { dependencies } = billOf({ distribution: null });
    expect(dependencies.map(({ dependsOn }) => dependsOn)).toEqual([packages.map(({ purl }) => purl)]);
  });

  test('of the same package at two places, or twice at one, are told apart', () => {
    const [first] = packages;
    if (!first) throw new Error('no sample');
    const several = [first, { ...first, path: '/other/status' }, { ...first, path: '/other/status', layer: 1 }];
    const references = billOf({ packages: several, distribution: null }).components.map((each) => each['bom-ref']);
    expect(references).toEqual([
      `${first.purl}|/var/lib/dpkg/status`,
      `${first.purl}|/other/status`,
      `${first.purl}|/other/status|2`,
    ]);
  });

  test('are unique whatever packages are called', () => {
    assert(
      property(array(anyPackage, { maxLength: 6 }), (hostile) => {
        const { components, metadata } = billOf({ packages: [...hostile, ...hostile] });
        const references = [metadata.component, ...components].map((each) => each['bom-ref']);
        expect(new Set(references).size).toBe(references.length);
      }),
    );
  });
});

test('licences are ids, one expression, or names', () => {
  expect(licencesOf('MIT')).toEqual([{ license: { id: 'MIT', acknowledgement: 'declared' } }]);
  expect(licencesOf('MIT OR ISC')).toEqual([{ expression: 'MIT OR ISC', acknowledgement: 'declared' }]);
  expect(licencesOf('MIT OR ISC', 'Ours')).toEqual([
    { license: { name: 'MIT OR ISC', acknowledgement: 'declared' } },
    { license: { name: 'Ours', acknowledgement: 'declared' } },
  ]);
  expect(licencesOf()).toBeUndefined();
});

test('the same contents have the same number, others another', () => {
  expect(renderCycloneDx(scanReport())).toBe(renderCycloneDx(scanReport()));
  const later = sampleReport({ contents: [sampleContents()], finished: '2026-07-02T08:00:00.000Z' });
  const { serialNumber } = billOf();
  expect((JSON.parse(renderCycloneDx(later)) as Bill).serialNumber).toBe(serialNumber);
  expect(billOf({ packages: packages.slice(1) }).serialNumber).not.toBe(serialNumber);
});

test('a bill says that it lacks what was not read', () => {
  expect(billOf().compositions).toMatchObject([{ aggregate: 'unknown' }]);
  expect(billOf({ layers: [{ bytes: 0, packages: 0, unread: true }] }).compositions).toMatchObject([
    { aggregate: 'incomplete' },
  ]);
});

test.each([
  ['nothing', {}],
  ['two images', { contents: [sampleContents(), sampleContents()] }],
])('a report of %s is refused with what to do', (_, change) => {
  expect(() => renderCycloneDx(sampleReport(change))).toThrow(
    expect.objectContaining({
      code: 'usage',
      advice: expect.objectContaining({ en: expect.stringContaining('plimsoll scan') }),
    }),
  );
});

function licencesOf(...licenses: string[]): unknown {
  const [first] = packages;
  return first && billOf({ packages: [{ ...first, licenses }], distribution: null }).components[0]?.['licenses'];
}
