import { describe, expect, test } from 'vitest';
import { readBill } from './read-bill.ts';

const purl = (locator: string) => [
  { referenceCategory: 'PACKAGE_MANAGER', referenceType: 'purl', referenceLocator: locator },
];

const document = {
  spdxVersion: 'SPDX-2.3',
  SPDXID: 'SPDXRef-DOCUMENT',
  packages: [
    {
      SPDXID: 'SPDXRef-ContainerImage-1',
      name: 'shop:1',
      primaryPackagePurpose: 'CONTAINER',
      externalRefs: purl('pkg:oci/shop@sha256:aa'),
      attributionTexts: ['ImageID: sha256:bb', 'RepoDigest: registry.example/shop@sha256:aa'],
    },
    {
      SPDXID: 'SPDXRef-OperatingSystem-1',
      name: 'debian',
      versionInfo: '12.5',
      primaryPackagePurpose: 'OPERATING-SYSTEM',
    },
    {
      SPDXID: 'SPDXRef-Package-1',
      name: 'libc6',
      versionInfo: '2.36-9+deb12u7',
      supplier: 'Organization: GNU Libc Maintainers',
      sourceInfo: 'built package from: glibc 2.36-9+deb12u7',
      licenseDeclared: 'LicenseRef-1',
      externalRefs: purl('pkg:deb/debian/libc6@2.36-9%2Bdeb12u7?arch=amd64&distro=debian-12.5'),
      attributionTexts: ['PkgID: libc6@2.36-9', 'LayerDiffID: sha256:11'],
    },
    {
      SPDXID: 'SPDXRef-Package-2',
      name: 'busybox',
      versionInfo: '1.36.1-r29',
      sourceInfo: 'acquired package info from APK DB: /lib/apk/db/installed, /etc/other',
      licenseConcluded: 'NOASSERTION',
      licenseDeclared: 'GPL-2.0-only',
      externalRefs: purl('pkg:apk/alpine/busybox@1.36.1-r29'),
    },
    { SPDXID: 'SPDXRef-Application-1', name: 'app/yarn.lock', primaryPackagePurpose: 'APPLICATION' },
    { SPDXID: 'SPDXRef-Package-3', name: 'a', versionInfo: '1', externalRefs: purl('pkg:npm/a@1') },
    { SPDXID: 'SPDXRef-Package-4', name: 'nameless' },
  ],
  relationships: [
    {
      spdxElementId: 'SPDXRef-DOCUMENT',
      relationshipType: 'DESCRIBES',
      relatedSpdxElement: 'SPDXRef-ContainerImage-1',
    },
    { spdxElementId: 'SPDXRef-Application-1', relationshipType: 'CONTAINS', relatedSpdxElement: 'SPDXRef-Package-3' },
  ],
  hasExtractedLicensingInfos: [{ licenseId: 'LicenseRef-1', extractedText: 'LGPL' }],
};

test('other tools say the rest in fields for people', () => {
  const { packages, distribution, target, layers, gaps } = readBill(JSON.stringify(document), 'bill.json');
  expect(packages).toMatchObject([
    {
      name: 'libc6',
      vendor: 'GNU Libc Maintainers',
      source: { name: 'glibc', version: '2.36-9+deb12u7' },
      licenses: ['LGPL'],
      layer: 0,
      path: 'bill.json',
    },
    { name: 'busybox', path: '/lib/apk/db/installed', licenses: ['GPL-2.0-only'] },
    { name: 'a', path: '/app/yarn.lock' },
  ]);
  expect(layers).toEqual([{ digest: 'sha256:11', bytes: 0 }]);
  expect(distribution).toMatchObject({ id: 'debian', version: '12.5' });
  expect(target).toMatchObject({
    name: 'shop:1',
    digest: 'sha256:bb',
    repoDigests: ['registry.example/shop@sha256:aa'],
  });
  expect(gaps.map(({ reason }) => reason.en)).toEqual([expect.stringContaining('nameless')]);
});

test('the package that the whole document is of is what was looked into', () => {
  const bill = {
    spdxVersion: 'SPDX-2.2',
    documentDescribes: ['SPDXRef-a'],
    packages: [
      { SPDXID: 'SPDXRef-a', name: 'a', externalRefs: purl('pkg:npm/a@1') },
      { SPDXID: 'SPDXRef-b', name: 'b', externalRefs: purl('pkg:npm/b@1') },
    ],
  };
  const { packages, target } = readBill(JSON.stringify(bill), 'bill.json');
  expect(packages).toMatchObject([{ name: 'b' }]);
  expect(target?.name).toBe('a');
  // A list that describes all that is in it.
  const flat = { ...bill, documentDescribes: ['SPDXRef-a', 'SPDXRef-b'] };
  expect(readBill(JSON.stringify(flat), 'bill.json').packages).toHaveLength(2);
});

test('the text form says the same', () => {
  const text = `SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
# Package
PackageName: libc6
SPDXID: SPDXRef-Package-1
PackageVersion: 2.36-9+deb12u7
PackageSupplier: Organization: GNU Libc Maintainers
PackageSourceInfo: <text>built package from: glibc 2.36-9+deb12u7</text>
PackageLicenseDeclared: LicenseRef-1
PackageComment: <text>PackageName: no such
PackageVersion: 9</text>
ExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/libc6@2.36-9%2Bdeb12u7?distro=debian-12
FileName: ./x
SPDXID: SPDXRef-File
LicenseID: LicenseRef-1
ExtractedText: <text>LGPL</text>
`;
  expect(readBill(text, 'bill.spdx')).toMatchObject({
    kind: 'spdx',
    formatVersion: 'SPDX-2.3',
    packages: [
      {
        name: 'libc6',
        version: '2.36-9+deb12u7',
        vendor: 'GNU Libc Maintainers',
        source: { name: 'glibc', version: '2.36-9+deb12u7' },
        licenses: ['LGPL'],
      },
    ],
    distribution: { id: 'debian', version: '12' },
    gaps: [],
  });
});

describe('SPDX 3', () => {
  const graph = {
    '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
    '@graph': [
      { type: 'CreationInfo', specVersion: '3.0.1' },
      { type: 'software_Sbom', rootElement: ['urn:1'] },
      { type: 'software_Package', spdxId: 'urn:1', name: 'shop:1', software_primaryPurpose: 'container' },
      { type: 'software_Package', spdxId: 'urn:2', name: 'a', software_packageUrl: 'pkg:npm/a@1' },
      {
        type: 'software_Package',
        spdxId: 'urn:3',
        name: 'git',
        software_packageVersion: '1:2.39-1',
        externalIdentifier: [{ externalIdentifierType: 'packageUrl', identifier: 'pkg:deb/debian/git@2.39-1' }],
      },
    ],
  };

  test('packages with their purls', () => {
    expect(readBill(JSON.stringify(graph), 'bill.json')).toMatchObject({
      formatVersion: 'SPDX-3.0.1',
      packages: [{ name: 'a' }, { name: 'git', version: '1:2.39-1', purl: 'pkg:deb/debian/git@1:2.39-1' }],
      target: { name: 'shop:1' },
      gaps: [],
    });
  });
});
