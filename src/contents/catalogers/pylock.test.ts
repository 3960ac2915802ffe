import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, packagesIn } from '../../../test/language-packages.ts';
import { pylock } from './pylock.ts';

const path = 'app/pylock.toml';

const lock = `lock-version = '1.0'
created-by = 'somebody'

[[packages]]
name = 'attrs'
version = '25.1.0'

[[packages.wheels]]
name = 'attrs-25.1.0-py3-none-any.whl'
hashes = {sha256 = 'a'}

[[packages]]
name = 'forked'
vcs = {type = 'git', url = 'https://host.example/forked.git', commit-id = 'abc123'}

[[packages]]
name = 'mine'
directory = {path = '.', editable = true}

[tool.somebody]
a = 1
`;

test('tells packages', () => {
  expect(packagesIn(pylock, path, lock)).toEqual([
    'pkg:pypi/attrs@25.1.0',
    'pkg:pypi/forked@abc123?vcs_url=git%2Bhttps:%2F%2Fhost.example%2Fforked.git%40abc123',
  ]);
});

test('something else by that name', () => {
  expect(() => pylock.read(catalogedFile(path, 'a = 1\n'))).toThrow('it has no `lock-version`');
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(pylock, path, lock)).not.toThrow();
});
