import { expect, test } from 'vitest';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { uvLock } from './uv-lock.ts';

const path = 'app/uv.lock';

const lock = `version = 1
requires-python = ">=3.12"

[[package]]
name = "my-app"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "flask" },
    { name = "forked", marker = "sys_platform == 'linux'" },
]

[package.optional-dependencies]
socks = [
    { name = "pysocks" },
]

[package.dev-dependencies]
dev = [
    { name = "pytest" },
]

[package.metadata]
requires-dist = [{ name = "flask", specifier = ">=3" }]

[[package]]
name = "flask"
version = "3.0.0"
source = { registry = "https://packages.example/simple" }
dependencies = [{ name = "click" }]
sdist = { url = "https://host.example/flask-3.0.0.tar.gz", hash = "sha256:a", size = 1 }

[[package]]
name = "click"
version = "8.1.7"
source = { registry = "https://packages.example/simple" }

[[package]]
name = "pysocks"
version = "1.7.1"
source = { registry = "https://packages.example/simple" }

[[package]]
name = "forked"
version = "0.2.0"
source = { git = "https://host.example/forked?rev=main#abc123" }

[[package]]
name = "part"
version = "0.1.0"
source = { editable = "packages/part" }

[[package]]
name = "pytest"
version = "8.0.0"
source = { registry = "https://packages.example/simple" }
dependencies = [{ name = "pluggy" }]

[[package]]
name = "pluggy"
version = "1.4.0"
source = { registry = "https://packages.example/simple" }
`;

test('what only groups for development lead to is for development', () => {
  expect(packagesIn(uvLock, path, lock)).toEqual([
    'pkg:pypi/flask@3.0.0',
    'pkg:pypi/click@8.1.7',
    'pkg:pypi/pysocks@1.7.1',
    'pkg:pypi/forked@0.2.0?vcs_url=git%2Bhttps:%2F%2Fhost.example%2Fforked%40abc123',
    'pkg:pypi/pytest@8.0.0 development',
    'pkg:pypi/pluggy@1.4.0 development',
  ]);
});

test('without a project nothing is for development', () => {
  const text = lock.slice(lock.indexOf('[[package]]\nname = "click"')).replace('editable', 'registry');
  expect(packagesIn(uvLock, path, text).filter((each) => each.includes('development'))).toEqual([]);
});

test('an entry without a version is a gap', () => {
  expect(gapsIn(uvLock, path, lock.replace('version = "8.1.7"\n', ''))).toEqual([
    'the entry click has no exact version',
  ]);
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(uvLock, path, lock)).not.toThrow();
});
