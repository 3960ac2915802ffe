import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { packagesConfig } from './packages-config.ts';

const path = 'app/packages.config';
const config = `<?xml version="1.0" encoding="utf-8"?>
<packages>
  <package id="jQuery" version="3.5.1" targetFramework="net45" />
  <package developmentDependency="true" version='2.1.0' id='StyleCop&amp;Co'></package>
  <!-- <package id="gone" version="1.0" /> -->
  <package id="open" />
</packages>
`;

test('tells packages, and which are for development', () => {
  expect(packagesIn(packagesConfig, path, config)).toEqual([
    'pkg:nuget/jQuery@3.5.1',
    'pkg:nuget/StyleCop%26Co@2.1.0 development',
  ]);
  expect(gapsIn(packagesConfig, path, config)).toEqual(['the entry open has no exact version']);
});

test('what does not end is refused', () => {
  expect(() => packagesConfig.read(catalogedFile(path, '<packages><package'))).toThrow(
    'what begins at offset 10 does not end',
  );
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(packagesConfig, path, config)).not.toThrow();
});
