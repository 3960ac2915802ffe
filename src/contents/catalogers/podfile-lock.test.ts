import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { podfileLock } from './podfile-lock.ts';

const path = 'app/Podfile.lock';
const lock = `PODS:
  - Alamofire (5.8.1)
  - Firebase/Core (10.18.0):
    - Firebase/CoreOnly
    - FirebaseAnalytics (~> 10.18.0)
  - Firebase/CoreOnly (10.18.0)
  - "GoogleUtilities/NSData+zlib (7.12.0)"
  - Mine (0.1.0)
  - Open

DEPENDENCIES:
  - Alamofire (~> 5.8)
  - Mine (from \`../Mine\`)

EXTERNAL SOURCES:
  Mine:
    :path: "../Mine"

COCOAPODS: 1.14.3
`;

test('tells pods, each with its parts as one', () => {
  expect(packagesIn(podfileLock, path, lock)).toEqual([
    'pkg:cocoapods/Alamofire@5.8.1',
    'pkg:cocoapods/Firebase@10.18.0',
    'pkg:cocoapods/GoogleUtilities@7.12.0',
  ]);
  expect(gapsIn(podfileLock, path, lock)).toEqual(['the entry Open has no exact version']);
});

test('something else by that name', () => {
  expect(() => podfileLock.read(catalogedFile(path, 'a: b\n'))).toThrow('it has no `PODS`');
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(podfileLock, path, lock)).not.toThrow();
});
