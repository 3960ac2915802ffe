import { array, assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyPackage } from '../../test/any-package.ts';
import { objectionsTo } from '../../test/bill-schemas.ts';
import { sampleContents, scanReport } from '../../test/scan-report.ts';
import { sampleReport } from '../../test/sample-report.ts';
import type { ReportContents } from '../model/report-contents.ts';
import { renderSpdx } from './spdx.ts';

interface Bill {
  readonly documentNamespace: string;
  readonly creationInfo: { readonly created: string };
  readonly packages: readonly Readonly<Record<string, unknown>>[];
  readonly relationships: readonly Readonly<Record<string, string>>[];
  readonly hasExtractedLicensingInfos?: readonly Readonly<Record<string, string>>[];
}

function billOf(change: Partial<ReportContents> = {}): Bill {
  return JSON.parse(renderSpdx(scanReport(change))) as Bill;
}

const { packages } = sampleContents();

describe('the schema takes it', () => {
  test.each<[string, Partial<ReportContents>]>([
    ['of an image', {}],
    ['of a folder', { target: { kind: 'folder', name: '/srv/root', source: '/srv/root', tags: [], repoDigests: [] } }],
    ['of nothing that is known', { distribution: null, packages: [], layers: [] }],
  ])('%s', (_, change) => {
    expect(objectionsTo('spdx', renderSpdx(scanReport(change)))).toEqual([]);
  });

  test('whatever packages are called', () => {
    assert(
      property(array(anyPackage, { maxLength: 4 }), (hostile) => {
        const text = renderSpdx(scanReport({ packages: [...hostile, ...hostile] }));
        expect(objectionsTo('spdx', text)).toEqual([]);
        const ids = (JSON.parse(text) as Bill).packages.map((each) => each['SPDXID']);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(id).toMatch(/^SPDXRef-[A-Za-z\d.-]+$/);
      }),
    );
  });

  test('it is one that can object', () => {
    const bill = billOf();
    expect(objectionsTo('spdx', JSON.stringify({ ...bill, packages: [{ name: 'a' }] }))).not.toEqual([]);
    expect(objectionsTo('spdx', JSON.stringify({ ...bill, other: 1 }))).not.toEqual([]);
  });
});

test('a package in the words of SPDX', () => {
  const [image, system, libc] = billOf().packages;
  expect(image).toMatchObject({
    primaryPackagePurpose: 'CONTAINER',
    checksums: [{ algorithm: 'SHA256', checksumValue: '1f'.repeat(32) }],
    externalRefs: [{ referenceLocator: expect.stringMatching(/^pkg:oci\/web@sha256:2e/) }],
  });
  expect(system).toMatchObject({ name: 'debian', versionInfo: '12', primaryPackagePurpose: 'OPERATING_SYSTEM' });
  expect(libc).toMatchObject({
    name: 'libc6',
    versionInfo: '2.36-9+deb12u7',
    supplier: 'Organization: GNU Libc Maintainers <debian-glibc@lists.debian.org>',
    sourceInfo: 'built package from: glibc 2.36-9+deb12u7',
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseDeclared: 'LGPL-2.1-or-later AND (GPL-2.0-or-later WITH Classpath-exception-2.0)',
    externalRefs: [
      { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: packages[0]?.purl },
    ],
  });
});

test('the document describes the image, that contains the system, and that its packages', () => {
  const { packages: all, relationships } = billOf();
  const [image, system, libc, git, stream] = all.map((each) => each['SPDXID']);
  expect(relationships.map((each) => Object.values(each))).toEqual([
    ['SPDXRef-DOCUMENT', 'DESCRIBES', image],
    [image, 'CONTAINS', system],
    [system, 'CONTAINS', libc],
    [system, 'CONTAINS', git],
    [image, 'CONTAINS', stream],
  ]);
});

test('words that are no expression get a name, the same ones the same', () => {
  const [first] = packages;
  if (!first) throw new Error('no sample');
  const bill = billOf({
    packages: [
      { ...first, licenses: ['Do what you like'] },
      { ...first, licenses: ['MIT', 'Do what you like', 'LicenseRef-theirs'], layer: 1 },
    ],
  });
  const said = bill.packages.slice(2).map((each) => each['licenseDeclared'] as string);
  expect(said[0]).toMatch(/^LicenseRef-[\da-f]{16}$/);
  expect(said[1]).toMatch(new RegExp(`^MIT AND ${said[0]} AND LicenseRef-[\\da-f]{16}$`));
  expect(bill.hasExtractedLicensingInfos?.map((each) => each['extractedText'])).toEqual([
    'Do what you like',
    'LicenseRef-theirs',
  ]);
});

test('dates have no parts of a second, and every run has a namespace of its own', () => {
  const { creationInfo, documentNamespace } = billOf();
  expect(creationInfo.created).toBe('2026-07-01T08:00:03Z');
  expect(renderSpdx(scanReport())).toBe(renderSpdx(scanReport()));
  const later = sampleReport({ contents: [sampleContents()], finished: '2026-07-02T08:00:00.000Z' });
  expect((JSON.parse(renderSpdx(later)) as Bill).documentNamespace).not.toBe(documentNamespace);
  expect(documentNamespace).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('a report of no image is refused', () => {
  expect(() => renderSpdx(sampleReport())).toThrow(expect.objectContaining({ code: 'usage' }));
});
