import { expect, test } from 'vitest';
import { expectToSurvive, packagesIn } from '../../../test/language-packages.ts';
import { pdmLock } from './pdm-lock.ts';

const path = 'app/pdm.lock';

const lock = `[metadata]
groups = ["default", "dev", "http"]
lock_version = "4.4.1"

[[package]]
name = "click"
version = "8.1.7"
groups = ["default"]
files = [
    {file = "click-8.1.7.tar.gz", hash = "sha256:a"},
]

[[package]]
name = "pytest"
version = "8.0.0"
groups = ["dev", "test"]

[[package]]
name = "httpx"
version = "0.27.0"
groups = ["http"]

[[package]]
name = "forked"
version = "0.2.0"
git = "https://host.example/forked.git"
revision = "abc123"

[[package]]
name = "mine"
version = "0.1.0"
path = "./mine"
`;

test('tells packages, and which are for development', () => {
  expect(packagesIn(pdmLock, path, lock)).toEqual([
    'pkg:pypi/click@8.1.7',
    'pkg:pypi/pytest@8.0.0 development',
    'pkg:pypi/httpx@0.27.0',
    'pkg:pypi/forked@0.2.0?vcs_url=git%2Bhttps:%2F%2Fhost.example%2Fforked.git%40abc123',
  ]);
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(pdmLock, path, lock)).not.toThrow();
});
