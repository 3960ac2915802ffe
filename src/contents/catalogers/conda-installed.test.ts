import { PackageURL } from 'packageurl-js';
import { describe, expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { indexPaths } from '../path-index.ts';
import { condaInstalled } from './conda-installed.ts';

const path = 'opt/conda/conda-meta/zlib-1.2.13-h4dc7d3f_1.json';
const record = {
  build: 'h4dc7d3f_1',
  build_number: 1,
  channel: 'https://repo.anaconda.com/pkgs/main/linux-64',
  depends: ['libgcc-ng >=11.2.0'],
  files: ['include/zlib.h', 'lib/libz.so'],
  fn: 'zlib-1.2.13-h4dc7d3f_1.conda',
  license: 'Zlib',
  link: { source: '/opt/conda/pkgs/zlib-1.2.13-h4dc7d3f_1', type: 1 },
  md5: '3a4d6d8e5e7c2a1b9f0e1d2c3b4a5968',
  name: 'zlib',
  paths_data: {
    paths: [{ _path: 'include/zlib.h', path_type: 'hardlink', sha256: 'a1', size_in_bytes: 96_239 }],
    paths_version: 1,
  },
  requested_spec: 'None',
  subdir: 'linux-64',
  url: 'https://repo.anaconda.com/pkgs/main/linux-64/zlib-1.2.13-h4dc7d3f_1.conda',
  version: '1.2.13',
};

function withChanges(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

test('tells a package as its purl has it, with its license', () => {
  const { packages, gaps } = condaInstalled.read(catalogedFile(path, JSON.stringify(record, undefined, 2)));
  expect(packages).toEqual([
    {
      type: 'conda',
      name: 'zlib',
      version: '1.2.13',
      qualifiers: { build: 'h4dc7d3f_1', channel: 'main', subdir: 'linux-64', type: 'conda' },
      licenses: ['Zlib'],
    },
  ]);
  expect(gaps).toBeUndefined();
});

test('others read the purl', () => {
  const [purl = ''] = packagesIn(condaInstalled, path, JSON.stringify(record));
  expect(purl).toBe('pkg:conda/zlib@1.2.13?build=h4dc7d3f_1&channel=main&subdir=linux-64&type=conda');
  expect(PackageURL.fromString(purl).qualifiers).toEqual({
    build: 'h4dc7d3f_1',
    channel: 'main',
    subdir: 'linux-64',
    type: 'conda',
  });
});

test.each([
  ['an older archive', { fn: 'zlib-1.2.13-h4dc7d3f_1.tar.bz2' }, 'type=tar.bz2'],
  ['one whose name is only in its address', { fn: undefined }, 'type=conda'],
  ['a build under its other name', { build: undefined, build_string: 'py_0' }, 'build=py_0'],
  ['no platform', { subdir: 'noarch' }, 'subdir=noarch'],
])('%s', (_what, changes, expected) => {
  expect(packagesIn(condaInstalled, path, withChanges(changes)).join('').split(/[?&]/)).toContain(expected);
});

test('what a record does not have is not told', () => {
  expect(packagesIn(condaInstalled, path, '{"name":"_libgcc_mutex","version":"0.1"}')).toEqual([
    'pkg:conda/_libgcc_mutex@0.1',
  ]);
});

test('a token for the channel is not repeated', () => {
  const channel = 'https://conda.anaconda.org/t/ab-0123-secret/acme/linux-64';
  const reading = condaInstalled.read(catalogedFile(path, withChanges({ channel, url: `${channel}/zlib.conda` })));
  expect(reading.packages?.[0]?.qualifiers).toHaveProperty('channel', 'acme');
  expect(JSON.stringify(reading)).not.toContain('secret');
});

describe('which files are asked for', () => {
  const index = indexPaths(condaInstalled.globs.map((glob) => [glob, true] as const));
  test.each([
    ['opt/conda/conda-meta/zlib-1.2.13-h4dc7d3f_1.json', true],
    ['app/.pixi/envs/default/conda-meta/zlib-1.2.13-h4dc7d3f_1.json', true],
    ['opt/conda/conda-meta/history', false],
    ['opt/conda/pkgs/zlib-1.2.13-h4dc7d3f_1/info/index.json', false],
  ])('%s: %s', (each, isAsked) => {
    expect(index.of(each).length > 0).toBe(isAsked);
  });
});

test.each([
  [withChanges({ version: undefined }), 'the entry zlib has no exact version'],
  [withChanges({ version: 1.2 }), 'the entry zlib has no exact version'],
  [withChanges({ name: '' }), 'an entry has no name'],
  ['[]', 'it is no object'],
])('%# is a gap', (text, reason) => {
  expect(gapsIn(condaInstalled, path, text)).toEqual([reason]);
});

test.each([
  ['{', 'it is no valid JSON'],
  [`{"name":"a","version":"1","files":${'['.repeat(50_000)}`, 'it is no valid JSON'],
  [`{"name":"a","version":"1","files":${'['.repeat(100_000)}`, 'its values are nested more than 1000 deep'],
])('%# is refused', (text, reason) => {
  expect(() => condaInstalled.read(catalogedFile(path, text))).toThrow(reason);
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(condaInstalled, path, JSON.stringify(record))).not.toThrow();
});
