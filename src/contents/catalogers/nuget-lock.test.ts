import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { nugetLock } from './nuget-lock.ts';

const path = 'app/packages.lock.json';
const lock = JSON.stringify({
  version: 1,
  dependencies: {
    'net6.0': {
      'Newtonsoft.Json': { type: 'Direct', requested: '[13.0.1, )', resolved: '13.0.1', contentHash: 'a' },
      'shop.core': { type: 'Project', dependencies: {} },
      Broken: { type: 'Transitive' },
    },
    'net8.0': {
      'Newtonsoft.Json': { type: 'Transitive', resolved: '13.0.1' },
      Serilog: { type: 'CentralTransitive', resolved: '3.1.1' },
    },
  },
});

test('tells packages of all frameworks once', () => {
  expect(packagesIn(nugetLock, path, lock)).toEqual(['pkg:nuget/Newtonsoft.Json@13.0.1', 'pkg:nuget/Serilog@3.1.1']);
  expect(gapsIn(nugetLock, path, lock)).toEqual(['the entry Broken has no exact version']);
});

test('something else by that name', () => {
  expect(() => nugetLock.read(catalogedFile(path, '{}'))).toThrow('it has no `dependencies`');
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(nugetLock, path, lock)).not.toThrow();
});
