import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { pipfileLock } from './pipfile-lock.ts';

const path = 'app/Pipfile.lock';
const lock = JSON.stringify({
  _meta: { hash: { sha256: 'a' }, 'pipfile-spec': 6 },
  default: {
    requests: { hashes: ['sha256:a'], index: 'pypi', version: '==2.31.0' },
    forked: { git: 'https://me:hunter2@host.example/forked.git', ref: 'abc123' },
    mine: { editable: true, path: '.' },
  },
  develop: { pytest: { version: '==7.4.0' }, requests: { version: '==2.31.0' } },
  docs: { sphinx: {} },
});

test('tells packages, and which are for development', () => {
  expect(packagesIn(pipfileLock, path, lock)).toEqual([
    'pkg:pypi/requests@2.31.0',
    'pkg:pypi/forked@abc123?vcs_url=git%2Bhttps:%2F%2Fhost.example%2Fforked.git%40abc123',
    'pkg:pypi/pytest@7.4.0 development',
  ]);
  expect(gapsIn(pipfileLock, path, lock)).toEqual(['the entry sphinx has no exact version']);
});

test('something else by that name', () => {
  expect(() => pipfileLock.read(catalogedFile(path, '{"default":{}}'))).toThrow('it has no `_meta`');
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(pipfileLock, path, lock)).not.toThrow();
});
