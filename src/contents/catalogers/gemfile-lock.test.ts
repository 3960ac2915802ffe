import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { gemfileLock } from './gemfile-lock.ts';

const path = 'app/Gemfile.lock';

const lock = `GIT
  remote: https://me:hunter2@host.example/forked.git
  revision: abc123
  branch: main
  specs:
    forked (0.2.0)
      rack (>= 1)

PATH
  remote: mine
  specs:
    mine (0.1)

GEM
  remote: https://rubygems.org/
  specs:
    nokogiri (1.13.4)
      racc (~> 1.4)
    nokogiri (1.13.4-x86_64-linux)
      racc (~> 1.4)
    racc (1.6.0)
    rails (7.1.0.rc1)

PLATFORMS
  ruby
  x86_64-linux

DEPENDENCIES
  forked!
  nokogiri (~> 1.13)

CHECKSUMS
    racc (1.6.0) sha256=a

RUBY VERSION
   ruby 3.1.2p20

BUNDLED WITH
   2.3.27
`;

test('tells gems with their platforms and repositories, and none of the project itself', () => {
  expect(packagesIn(gemfileLock, path, lock)).toEqual([
    'pkg:gem/forked@0.2.0?vcs_url=git%2Bhttps:%2F%2Fhost.example%2Fforked.git%40abc123',
    'pkg:gem/nokogiri@1.13.4',
    'pkg:gem/nokogiri@1.13.4?platform=x86_64-linux',
    'pkg:gem/racc@1.6.0',
    'pkg:gem/rails@7.1.0.rc1',
  ]);
});

test('a gem without a version is a gap', () => {
  expect(gapsIn(gemfileLock, path, lock.replace('racc (1.6.0)', 'racc'))).toEqual([
    'the entry racc has no exact version',
  ]);
});

test.each([
  'usr/lib/ruby/gems/3.1.0/gems/rbs-2.7.0/Gemfile.lock',
  'app/vendor/bundle/ruby/3.1.0/gems/a-1/Gemfile.lock',
])('%s is of an installed gem', (elsewhere) => {
  expect(gemfileLock.read(catalogedFile(elsewhere, lock))).toEqual({});
});

test('something else by that name', () => {
  expect(() => gemfileLock.read(catalogedFile(path, 'hello\n'))).toThrow('it has no section such as `GEM`');
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(gemfileLock, path, lock)).not.toThrow();
});
