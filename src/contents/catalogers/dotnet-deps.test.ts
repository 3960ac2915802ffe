import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, packagesIn } from '../../../test/language-packages.ts';
import { dotnetDeps } from './dotnet-deps.ts';

const path = 'app/Shop.deps.json';
const target = '.NETCoreApp,Version=v8.0/linux-x64';
const deps = JSON.stringify({
  runtimeTarget: { name: target, signature: '' },
  targets: {
    '.NETCoreApp,Version=v8.0': {},
    [target]: {
      'Shop/1.0.0': { runtime: { 'Shop.dll': {} } },
      'Newtonsoft.Json/13.0.1': { runtime: { 'lib/net6.0/Newtonsoft.Json.dll': {} } },
      'System.Net.Http/4.3.0': { dependencies: { 'System.Runtime': '4.3.0' } },
      'SQLitePCLRaw.lib/2.1.6': { native: { 'runtimes/linux-x64/native/libe_sqlite3.so': {} } },
      'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.4': { runtime: { 'System.Private.CoreLib.dll': {} } },
    },
  },
  libraries: {
    'Shop/1.0.0': { type: 'project', serviceable: false, sha512: '' },
    'Newtonsoft.Json/13.0.1': { type: 'package', serviceable: true, sha512: 'a' },
    'System.Net.Http/4.3.0': { type: 'package', serviceable: true, sha512: 'a' },
    'SQLitePCLRaw.lib/2.1.6': { type: 'package', serviceable: true, sha512: 'a' },
    'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.4': { type: 'runtimepack', sha512: '' },
  },
});

test('tells packages and the runtime, not the program itself', () => {
  expect(packagesIn(dotnetDeps, path, deps)).toEqual([
    'pkg:nuget/Newtonsoft.Json@13.0.1',
    'pkg:nuget/System.Net.Http@4.3.0',
    'pkg:nuget/SQLitePCLRaw.lib@2.1.6',
    'pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@8.0.4',
  ]);
});

test('a package without any file in the program is only declared', () => {
  const { packages = [] } = dotnetDeps.read(catalogedFile(path, deps));
  expect(packages.flatMap(({ name, state }) => (state === 'declared' ? [name] : []))).toEqual(['System.Net.Http']);
});

test('where it is not said what is loaded, everything is taken to be', () => {
  const { packages = [] } = dotnetDeps.read(catalogedFile(path, deps.replace(target, 'unknown')));
  expect(packages.filter(({ state }) => state === 'declared')).toEqual([]);
});

test('a target that is only called like something of JavaScript is not there', () => {
  const { packages = [] } = dotnetDeps.read(catalogedFile(path, deps.replace(target, '__proto__')));
  expect(packages.filter(({ state }) => state === 'declared')).toEqual([]);
});

test('something else by that name', () => {
  expect(() => dotnetDeps.read(catalogedFile(path, '{"targets":{}}'))).toThrow('it has no `libraries`');
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(dotnetDeps, path, deps)).not.toThrow();
});
