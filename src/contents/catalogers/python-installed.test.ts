import { describe, expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { pythonInstalled } from './python-installed.ts';

const folder = 'usr/lib/python3/dist-packages';
const metadata = `Metadata-Version: 2.1
Name: Zope.Interface_Extra
Version: 5.0.post1
License: UNKNOWN
Classifier: Programming Language :: Python
Classifier: License :: OSI Approved
Classifier: License :: OSI Approved :: Zope Public License

Name: somebody-else
Version: 9
`;

function read(path: string, text: string) {
  return pythonInstalled.read(catalogedFile(path, text));
}

describe('METADATA and PKG-INFO', () => {
  test('the name is as written, its purl as PyPI knows it; the description is no metadata', () => {
    const path = `${folder}/zope.interface_extra-5.0.dist-info/METADATA`;
    expect(read(path, metadata).packages).toEqual([
      {
        type: 'pypi',
        name: 'Zope.Interface_Extra',
        version: '5.0.post1',
        licenses: ['Zope Public License'],
        id: `${folder}/zope.interface_extra-5.0.dist-info`,
      },
    ]);
    expect(packagesIn(pythonInstalled, path, metadata)).toEqual(['pkg:pypi/zope-interface-extra@5.0.post1']);
  });

  test.each([
    [`${folder}/six-1.16.0.egg-info`, `${folder}/six-1.16.0.egg-info`],
    [`${folder}/six.egg-info/PKG-INFO`, `${folder}/six.egg-info`],
    [`${folder}/six-1.16.0-py3.11.egg/EGG-INFO/PKG-INFO`, `${folder}/six-1.16.0-py3.11.egg`],
  ])('%s', (path, id) => {
    expect(read(path, 'Name: six\nVersion: 1.16.0\n').packages).toEqual([
      { type: 'pypi', name: 'six', version: '1.16.0', id },
    ]);
  });

  test('what is missing is taken from the name of the folder, or is a gap', () => {
    expect(packagesIn(pythonInstalled, `${folder}/six-1.16.0-py3.11.egg-info/PKG-INFO`, '')).toEqual([
      'pkg:pypi/six@1.16.0',
    ]);
    expect(gapsIn(pythonInstalled, `${folder}/six.egg-info/PKG-INFO`, 'Name: six\n')).toEqual([
      'the entry six has no exact version',
    ]);
  });

  test.each([
    [
      'of the interpreter itself',
      'usr/lib/python2.7/lib-dynload/Python-2.7.18.egg-info',
      'Name: Python\nVersion: 2.7.18\n',
    ],
    [
      'that a package tests with',
      `${folder}/pkg_resources/tests/data/a-1.0.egg/EGG-INFO/PKG-INFO`,
      'Name: a\nVersion: 1\n',
    ],
  ])('leaves out what is %s', (_what, path, text) => {
    expect(read(path, text)).toEqual({});
  });

  test('a license in full is no name of one', () => {
    const text = 'Name: a\nVersion: 1\nLicense: Permission is granted\n to everybody\nLicense-Expression: MIT\n';
    expect(read(`${folder}/a.dist-info/METADATA`, text).packages).toMatchObject([{ licenses: ['MIT'] }]);
  });
});

describe('lists of files', () => {
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

  test('RECORD: paths from the folder of packages, digests as dpkg would write them', () => {
    const record = [
      'a/__init__.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0',
      '"a/b,c.py",sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0',
      '../../../bin/a,md5=1B2M2Y8AsgTpgAmY7PhCfg,0',
      '/opt/a.conf,,',
      'a.dist-info/RECORD,,',
      '../../../../../../../etc/passwd,,',
      '',
    ].join('\r\n');
    expect(read(`${folder}/a.dist-info/RECORD`, record).owned).toEqual([
      {
        owner: `${folder}/a.dist-info`,
        paths: [
          `${folder}/a/__init__.py`,
          `${folder}/a/b,c.py`,
          'usr/bin/a',
          'opt/a.conf',
          `${folder}/a.dist-info/RECORD`,
        ],
        digests: [empty, empty, '', '', ''],
        algorithm: 'sha256',
      },
    ]);
  });

  test('installed-files.txt: paths from the folder of the package', () => {
    const text = '../a/__init__.py\nPKG-INFO\n../../../../bin/a\n';
    expect(read(`${folder}/a.egg-info/installed-files.txt`, text).owned).toEqual([
      {
        owner: `${folder}/a.egg-info`,
        paths: [`${folder}/a/__init__.py`, `${folder}/a.egg-info/PKG-INFO`, 'usr/bin/a'],
      },
    ]);
  });

  test('a list of millions of paths ends, and says so', () => {
    const deep = `usr/lib/python3/dist-packages/${'a'.repeat(3000)}/a.dist-info/RECORD`;
    const { owned = [], gaps = [] } = read(deep, 'a\n'.repeat(100_000));
    expect(owned[0]?.paths.length).toBeLessThan(50_000);
    expect(gaps).toMatchObject([{ reason: { en: expect.stringContaining('too long') } }]);
  });

  test('an empty list owns nothing', () => {
    expect(read(`${folder}/a.dist-info/RECORD`, '')).toEqual({});
  });
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(pythonInstalled, 'a.dist-info/METADATA', metadata)).not.toThrow();
  expect(() => expectToSurvive(pythonInstalled, 'a.dist-info/RECORD', '"a,b",sha256=47DEQ,0\n../c,,')).not.toThrow();
});
