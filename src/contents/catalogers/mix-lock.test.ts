import { expect, test } from 'vitest';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { mixLock } from './mix-lock.ts';

const path = 'app/mix.lock';
const lock = `%{
  "plug": {:hex, :plug, "1.15.3", "712976f", [:mix], [{:mime, "~> 1.0 or ~> 2.0", [hex: :mime, repo: "hexpm", optional: false]}], "hexpm", "cc4365a"},
  "renamed": {:hex, :phoenix_pubsub, "2.1.3", "3168d78", [:mix], [], "hexpm", "bba06bc"},
  "forked": {:git, "https://host.example/forked.git", "abc123", [branch: "main"]},
  "odd": {:svn, "a"},
}
`;

test('tells packages by their names at Hex', () => {
  expect(packagesIn(mixLock, path, lock)).toEqual([
    'pkg:hex/plug@1.15.3',
    'pkg:hex/phoenix_pubsub@2.1.3',
    'pkg:hex/forked@abc123?vcs_url=git%2Bhttps:%2F%2Fhost.example%2Fforked.git%40abc123',
  ]);
  expect(gapsIn(mixLock, path, lock)).toEqual(['the entry odd has no exact version']);
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(mixLock, path, lock)).not.toThrow();
});
