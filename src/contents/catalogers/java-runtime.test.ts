import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { javaRuntime } from './java-runtime.ts';

function read(text: string) {
  return javaRuntime.read(catalogedFile('opt/java/release', text));
}

test('a runtime is told with its maker', () => {
  expect(read('IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="17.0.15"\nMODULES="java.base"\n').packages).toEqual([
    { type: 'generic', name: 'openjdk', version: '17.0.15', vendor: 'Eclipse Adoptium' },
  ]);
  expect(read('JAVA_VERSION="1.8.0_392"\r\nOS_NAME="Linux"\r\n').packages).toEqual([
    { type: 'generic', name: 'openjdk', version: '1.8.0_392' },
  ]);
});

test('what Oracle and GraalVM make has a name of its own', () => {
  expect(read('BUILD_TYPE="commercial"\nJAVA_VERSION="21.0.1"\n').packages).toMatchObject([{ name: 'oracle-jdk' }]);
  expect(read('GRAALVM_VERSION="23.1.0"\nJAVA_VERSION="21"\n').packages).toMatchObject([{ name: 'graalvm' }]);
});

test('other files of that name say nothing', () => {
  expect(read('Debian GNU/Linux 12\n')).toEqual({});
  expect(read('JAVA_VERSION="unknown"\n')).toEqual({});
});

test('reads whatever bytes it is given', () => {
  assert(
    property(string(), (text) => {
      for (const { version } of read(`JAVA_VERSION="${text}`).packages ?? []) expect(version).toMatch(/^\d[\w.+-]*$/);
    }),
  );
});
