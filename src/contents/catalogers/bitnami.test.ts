import { describe, expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { CatalogerError } from '../cataloger.ts';
import { indexPaths } from '../path-index.ts';
import { bitnami } from './bitnami.ts';

const path = 'opt/bitnami/postgresql/.spdx-postgresql.spdx';

function entry(id: string, purl: string | undefined, more: object = {}) {
  return {
    SPDXID: `SPDXRef-${id}`,
    name: id,
    licenseDeclared: 'MIT',
    externalRefs: [
      {
        referenceCategory: 'SECURITY',
        referenceType: 'cpe23Type',
        referenceLocator: `cpe:2.3:*:a:${id}:1:*:*:*:*:*:*:*`,
      },
      ...(purl === undefined
        ? []
        : [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }]),
    ],
    ...more,
  };
}

const main = entry('postgresql', 'pkg:bitnami/postgresql@17.2.0-8?arch=arm64&distro=debian-12');
const builtIn = entry('gdal', 'pkg:bitnami/gdal@3.10.1?arch=arm64&distro=debian-12');
const program = {
  SPDXID: 'SPDXRef-Application-1',
  name: 'opt/bitnami/common/bin/gosu',
  primaryPackagePurpose: 'APPLICATION',
};

function bill(...packages: readonly object[]): string {
  return JSON.stringify({
    SPDXID: 'SPDXRef-postgresql',
    spdxVersion: 'SPDX-2.3',
    name: 'SPDX document for PostgreSQL 17.2.0',
    documentDescribes: ['SPDXRef-postgresql'],
    packages,
    files: [],
    relationships: [],
  });
}

test('the component and what Bitnami built into it, without packages of languages', () => {
  const text = bill(
    main,
    builtIn,
    entry('pljava', 'pkg:bitnami/pljava@1.6.8?arch=arm64&distro=debian-12'),
    entry('org.postgresql:pljava', 'pkg:maven/org.postgresql/pljava@1.6.8'),
    entry('stdlib', 'pkg:golang/stdlib@1.22.7'),
    program,
  );
  expect(packagesIn(bitnami, path, text)).toEqual([
    'pkg:bitnami/postgresql@17.2.0-8?arch=arm64&distro=debian-12',
    'pkg:bitnami/gdal@3.10.1?arch=arm64&distro=debian-12',
  ]);
  expect(gapsIn(bitnami, path, text)).toEqual([]);
});

test('a package of a language in another version does not stand for what Bitnami built, nor ever for the component', () => {
  const text = bill(main, builtIn, entry('a', 'pkg:pypi/gdal@3.9.0'), entry('b', 'pkg:npm/postgresql@17.2.0-8'));
  expect(packagesIn(bitnami, path, text)).toHaveLength(2);
});

test('with its licence and architecture', () => {
  expect(bitnami.read(catalogedFile(path, bill(main))).packages).toEqual([
    {
      type: 'bitnami',
      name: 'postgresql',
      version: '17.2.0-8',
      architecture: 'arm64',
      qualifiers: { arch: 'arm64', distro: 'debian-12' },
      licenses: ['MIT'],
    },
  ]);
});

test('the version of a purl without one stands beside it', () => {
  const text = bill(entry('postgresql', 'pkg:bitnami/postgresql', { versionInfo: '17.2.0-8' }));
  expect(packagesIn(bitnami, path, text)).toEqual(['pkg:bitnami/postgresql@17.2.0-8']);
});

describe('what is not understood is said', () => {
  test.each([
    ['no component', bill(), 'it names no component of Bitnami'],
    ['only others', bill(entry('a', 'pkg:npm/a@1')), 'it names no component of Bitnami'],
    [
      'the component without a purl',
      bill(entry('postgresql', undefined)),
      'the entry postgresql has no purl that can be read',
    ],
    ['a purl that is none', bill(main, entry('a', 'bitnami/a@1')), 'the entry a has no purl that can be read'],
    ['no version', bill(main, entry('a', 'pkg:bitnami/a')), 'the entry a has no exact version'],
  ])('%s', (_, text, reason) => {
    expect(gapsIn(bitnami, path, text)).toEqual([reason]);
  });

  test.each([
    ['SPDXVersion: SPDX-2.3\nPackageName: redis\n', 'it is no valid JSON'],
    ['[]', "it is no bill in SPDX' JSON"],
    ['{"bomFormat":"CycloneDX"}', "it is no bill in SPDX' JSON"],
  ])('%# is refused', (text, reason) => {
    expect(() => bitnami.read(catalogedFile(path, text))).toThrow(CatalogerError);
    expect(() => bitnami.read(catalogedFile(path, text))).toThrow(reason);
  });
});

test.each([
  [path, true],
  ['opt/bitnami/common/.spdx-gosu.spdx', true],
  ['opt/bitnami/a/b/.spdx-c.spdx', true],
  ['opt/bitnami/redis/readme.spdx', false],
  ['srv/opt/bitnami/redis/.spdx-redis.spdx', false],
])('%s is read: %s', (file, isRead) => {
  const index = indexPaths(bitnami.globs.map((glob) => [glob, true] as const));
  expect(index.of(file).length > 0).toBe(isRead);
});

test('reads whatever it is given', () => {
  expect(() => expectToSurvive(bitnami, path, bill(main, builtIn, program))).not.toThrow();
});
