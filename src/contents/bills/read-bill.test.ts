import { assert, constantFrom, json, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedJson } from '../../../test/changed-json.ts';
import { PlimsollError } from '../../model/error.ts';
import { longestBill, mostPackages } from './bill-reading.ts';
import { readBill } from './read-bill.ts';

describe('what is no bill is refused with what to do', () => {
  test.each([
    ['XML', '<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>', 'XML'],
    ['nothing', '', 'not a bill'],
    ['a table', 'bash 5.2\nlibc6 2.36\n', 'not a bill'],
    ['JSON of something else', '{"a":[1]}', 'not a bill'],
    ['a list of JSON', '[1]', 'not a bill'],
    [
      'components that are none',
      '{"bomFormat":"CycloneDX","specVersion":"1.5","components":"x"}',
      '`components` is no list',
    ],
    ['packages that are none', '{"spdxVersion":"SPDX-2.3","packages":{}}', '`packages` is no list'],
    ['half of it', '{"bomFormat":"CycloneDX","components":[{"na', 'no valid JSON'],
    ['what is too large', ' '.repeat(longestBill + 1), 'at most 64 MB'],
  ])('%s', (_, text, reason) => {
    expect(() => readBill(text, 'bill.json')).toThrow(
      expect.objectContaining({
        name: 'PlimsollError',
        code: 'file-unreadable',
        text: expect.objectContaining({ en: expect.stringContaining(reason) }),
        advice: expect.anything(),
      }),
    );
  });
});

test('a list of purls', () => {
  const { kind, packages, gaps, distribution } = readBill(
    '\uFEFF# from somewhere\npkg:deb/debian/git@1:2.39-1?distro=debian-12\r\n\n  pkg:npm/%40a/b@1\npkg:npm/%40a/b@1\nnone\n',
    'purls.txt',
  );
  expect(kind).toBe('purls');
  expect(packages).toMatchObject([
    { type: 'deb', name: 'git', version: '1:2.39-1', path: 'purls.txt' },
    { type: 'npm', namespace: '@a', name: 'b', version: '1' },
  ]);
  expect(gaps.map(({ reason, path }) => [path, reason.en])).toEqual([['purls.txt', expect.stringContaining('none')]]);
  expect(distribution).toMatchObject({ id: 'debian', version: '12' });
});

test("Syft's own JSON", () => {
  const document = {
    artifacts: [
      {
        name: 'libcrypto3',
        version: '3.3.1-r0',
        type: 'apk',
        locations: [{ path: '/lib/apk/db/installed', layerID: 'sha256:22' }],
        licenses: [{ value: 'Apache-2.0', spdxExpression: 'Apache-2.0' }, 'Other'],
        purl: 'pkg:apk/alpine/libcrypto3@3.3.1-r0?arch=x86_64&distro=alpine-3.20.1&upstream=openssl',
        metadata: { originPackage: 'openssl' },
      },
      {
        name: 'openssl-libs',
        version: '1:3.0.7-24.el9',
        type: 'rpm',
        purl: 'pkg:rpm/rhel/openssl-libs@3.0.7-24.el9?epoch=1',
        metadata: { epoch: 1, sourceRpm: 'openssl-3.0.7-24.el9.src.rpm', modularityLabel: '' },
      },
      { name: 'bin', version: '1' },
    ],
    distro: { id: 'alpine', versionID: '3.20.1', prettyName: 'Alpine Linux v3.20' },
    source: {
      type: 'image',
      metadata: {
        userInput: 'alpine:3.20',
        imageID: 'sha256:ii',
        layers: [{ digest: 'sha256:11' }, { digest: 'sha256:22' }],
        os: 'linux',
        architecture: 'amd64',
      },
    },
    descriptor: { name: 'syft', version: '1.0.0' },
    schema: {
      version: '16.0.0',
      url: 'https://raw.githubusercontent.com/anchore/syft/main/schema/json/schema-16.0.0.json',
    },
  };
  expect(readBill(JSON.stringify(document), 'bill.json')).toMatchObject({
    kind: 'syft',
    packages: [
      {
        name: 'libcrypto3',
        source: { name: 'openssl', version: '3.3.1-r0' },
        path: '/lib/apk/db/installed',
        layer: 1,
        licenses: ['Apache-2.0', 'Other'],
      },
      { name: 'openssl-libs', version: '1:3.0.7-24.el9', source: { name: 'openssl', version: '3.0.7-24.el9' } },
    ],
    distribution: { id: 'alpine', version: '3.20.1', name: 'Alpine Linux v3.20', idLike: [] },
    target: { name: 'alpine:3.20', digest: 'sha256:ii', platform: 'linux/amd64' },
    gaps: [{ reason: { en: expect.stringContaining('bin') } }],
  });
});

test.each(['predicate', 'sbom'])('a bill inside of `%s` is found', (key) => {
  const bill = { bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ name: 'a', purl: 'pkg:npm/a@1' }] };
  expect(readBill(JSON.stringify({ [key]: bill }), 'attestation.json').packages).toHaveLength(1);
});

test('packages are bounded, and what was left out is said', () => {
  const lines = Array.from({ length: mostPackages + 5 }, (_, index) => `pkg:npm/a${index}@1`).join('\n');
  const { packages, gaps } = readBill(lines, 'purls.txt');
  expect(packages).toHaveLength(mostPackages);
  expect(gaps[0]?.reason.en).toContain('5 packages');
});

test('reads whatever it is given', () => {
  const begin = constantFrom(
    '',
    '{"bomFormat":"CycloneDX","components":',
    '{"spdxVersion":"SPDX-2.3","packages":',
    '{"descriptor":{"name":"syft"},"artifacts":',
    '{"@graph":',
    'SPDXVersion: SPDX-2.3\nPackageName:',
    'pkg:npm/a\n',
  );
  assert(
    property(begin, oneof(json(), string({ unit: 'binary' })), constantFrom('', '}'), (start, middle, end) => {
      expect(isReadOrRefused(start + middle + end)).toBe(true);
    }),
  );
});

describe('wrong types in every place', () => {
  test.each<[string, object]>([
    [
      'CycloneDX',
      {
        bomFormat: 'CycloneDX',
        specVersion: '1.5',
        metadata: { component: { name: 'x', properties: [pair('aquasecurity:trivy:DiffID', 'sha256:11')] } },
        components: [
          { type: 'operating-system', name: 'debian', properties: [pair('syft:distro:idLike:0', 'x')] },
          { 'bom-ref': 'l', type: 'application', name: 'a.lock', properties: [pair('aquasecurity:trivy:Type', 'npm')] },
          {
            'bom-ref': 'a',
            type: 'library',
            name: 'a',
            version: '1',
            purl: 'pkg:deb/debian/a@1?epoch=2',
            supplier: { name: 'b' },
            licenses: [{ license: { id: 'MIT' } }, { expression: 'MIT' }],
            evidence: { occurrences: [{ location: '/x' }] },
            properties: [pair('aquasecurity:trivy:SrcName', 's'), pair('syft:metadata:epoch', '1')],
            components: [{ name: 'b' }],
          },
        ],
        dependencies: [{ ref: 'l', dependsOn: ['a'] }],
      },
    ],
    [
      'SPDX',
      {
        spdxVersion: 'SPDX-2.3',
        documentDescribes: ['SPDXRef-x'],
        packages: [
          {
            SPDXID: 'SPDXRef-a',
            name: 'a',
            sourceInfo: 'built package from: b 1',
            supplier: 'Person: x',
            licenseDeclared: 'LicenseRef-1',
            externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:deb/debian/a@1' }],
            annotations: [{ comment: 'LayerDiffID: sha256:11' }],
            attributionTexts: ['FilePath: a'],
          },
          { SPDXID: 'SPDXRef-Application-1', name: 'a.lock' },
        ],
        relationships: [
          { spdxElementId: 'SPDXRef-Application-1', relationshipType: 'CONTAINS', relatedSpdxElement: 'SPDXRef-a' },
        ],
        hasExtractedLicensingInfos: [{ licenseId: 'LicenseRef-1', extractedText: 'x' }],
      },
    ],
    [
      'SPDX 3',
      {
        '@graph': [
          { type: 'software_Sbom', rootElement: ['urn:1'] },
          { type: 'software_Package', spdxId: 'urn:1', name: 'a', software_packageUrl: 'pkg:npm/a@1' },
          {
            type: 'software_Package',
            name: 'b',
            externalIdentifier: [{ externalIdentifierType: 'packageUrl', identifier: 'pkg:npm/b@1' }],
          },
        ],
      },
    ],
    [
      'Syft',
      {
        artifacts: [
          {
            name: 'a',
            version: '1',
            type: 'deb',
            locations: [{ path: 'x', layerID: 'sha256:11' }],
            licenses: [{ value: 'MIT' }, 'x'],
            purl: 'pkg:deb/debian/a@1',
            metadata: { source: 'b', epoch: 1 },
          },
        ],
        distro: { id: 'debian', idLike: ['x'] },
        source: { metadata: { userInput: 'x', layers: [{ digest: 'sha256:11' }], tags: ['x'] } },
        descriptor: { name: 'syft' },
      },
    ],
  ])('%s', (_, document) => {
    assert(
      property(changedJson(document), (changed) => {
        expect(isReadOrRefused(JSON.stringify(changed))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** Packages of the right shape, or the one error that users see. */
function isReadOrRefused(text: string): boolean {
  try {
    const { packages, layers } = readBill(text, 'bill');
    return packages.every(
      ({ purl, name, layer }) => purl.startsWith('pkg:') && typeof name === 'string' && layers[layer] !== undefined,
    );
  } catch (error) {
    return error instanceof PlimsollError && error.code === 'file-unreadable';
  }
}

function pair(name: string, value: string) {
  return { name, value };
}
