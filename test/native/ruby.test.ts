import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gemfileLock } from '../../src/contents/catalogers/gemfile-lock.ts';
import { rubyGems } from '../../src/contents/catalogers/ruby-gems.ts';
import type { FoundPackage } from '../../src/contents/cataloger.ts';
import { catalogedFile } from '../cataloged.ts';
import { readingsIn } from '../cataloged-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function ruby(...options: readonly string[]) {
  return spawnSync('ruby', options, { encoding: 'utf8', maxBuffer: 1024 ** 3 });
}

const hasRuby = ruby('--version').status === 0;
const hasBundler = ruby('-rbundler', '-e', '').status === 0;

function linesOf(text: string): string[] {
  return [...new Set(text.split('\n').filter((line) => line !== ''))].toSorted();
}

function written({ name, version, qualifiers }: FoundPackage): string {
  return `${name} ${version} ${qualifiers?.['platform'] ?? 'ruby'}`;
}

test.skipIf(!hasRuby)('what is installed is what RubyGems says (needs ruby)', () => {
  const folders = ruby('-e', 'puts Gem::Specification.dirs, Gem.default_specifications_dir').stdout;
  const told = ruby('-e', 'Gem::Specification.each { |s| puts [s.name, s.version, s.platform].join(" ") }').stdout;
  const packages = linesOf(folders)
    .filter((folder) => existsSync(folder) && folder.endsWith('/specifications'))
    .flatMap((folder) => [...readingsIn(rubyGems, folder.slice(0, -'/specifications'.length)).values()])
    .flatMap((reading) => reading.packages ?? []);
  expect(packages.length).toBeGreaterThan(0);
  expect(linesOf(packages.map(written).join('\n'))).toEqual(linesOf(told));
});

const lock = `GIT
  remote: https://host.example/forked.git
  revision: abc123
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
    nokogiri (1.13.4-java)
    racc (1.6.0)
    rack (3.0.0.rc1)

PLATFORMS
  java
  ruby
  x86_64-linux

DEPENDENCIES
  forked!
  mine!
  nokogiri (~> 1.13)

BUNDLED WITH
   2.3.15
`;

const parse = `
Bundler::LockfileParser.new(File.read(ARGV[0])).specs.each do |spec|
  puts [spec.name, spec.version, spec.platform].join(" ") unless spec.source.instance_of?(Bundler::Source::Path)
end
`;

test.skipIf(!hasBundler)('what is locked is what Bundler says (needs bundler)', () => {
  using folder = temporaryFolder({ Gemfile: '' });
  const path = folder.write('Gemfile.lock', lock);
  const told = ruby('-C', folder.path, '-rbundler', '-e', parse, path).stdout;
  const { packages = [] } = gemfileLock.read(catalogedFile('app/Gemfile.lock', lock));
  expect(linesOf(packages.map(written).join('\n'))).toEqual(linesOf(told));
});
