import { expect, test } from 'vitest';
import { foundPackage } from '../../test/found-package.ts';
import type { Package } from '../model/package.ts';
import { lacksModuleStream, moduleStreamOf } from './module-stream.ts';

function rpm(version: string, modularity?: string): Package {
  return foundPackage('rpm', 'a', version, modularity === undefined ? {} : { modularity });
}

test.each([
  ['nodejs:18:8060020220523160029:ad008a3a', 'nodejs:18'],
  ['container-tools:rhel8:8080020230718140526:0f77c1b7', 'container-tools:rhel8'],
  ['perl:5.26', 'perl:5.26'],
  ['nodejs:', undefined],
  ['nodejs', undefined],
  ['', undefined],
  [undefined, undefined],
])('the stream of %s is %s', (label, expected) => {
  expect(moduleStreamOf(rpm('1-2', label))).toBe(expected);
});

test('what was built for a module and does not say for which stream is told apart', () => {
  const version = '1:18.12.1-1.module+el8.6.0+16902+97c3ca8c';
  expect(lacksModuleStream(rpm(version))).toBe(true);
  expect(lacksModuleStream(rpm('2.4.37-56.module_el8.8.0+3560+4d7c3f9a.4.alma.1'))).toBe(true);
  expect(lacksModuleStream(rpm(version, 'nodejs:18:8060:ad'))).toBe(false);
  expect(lacksModuleStream(rpm('5.1.8-6.el9'))).toBe(false);
});
