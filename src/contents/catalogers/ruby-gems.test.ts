import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { rubyGems } from './ruby-gems.ts';

const folder = 'usr/lib/ruby/gems/3.1.0/specifications';

const generated = `# -*- encoding: utf-8 -*-
# stub: nokogiri 1.13.4 x86_64-linux lib
# stub: ext/nokogiri/extconf.rb

Gem::Specification.new do |s|
  s.name = "nokogiri".freeze
  s.version = "1.13.4"
  s.platform = "x86_64-linux".freeze

  s.description = "s.version = 9".freeze
  s.licenses = ["MIT".freeze, "Ruby".freeze]
end
`;

test('the line for RubyGems itself tells name, version and platform', () => {
  const { packages } = rubyGems.read(catalogedFile(`${folder}/nokogiri-1.13.4-x86_64-linux.gemspec`, generated));
  expect(packages).toEqual([
    {
      type: 'gem',
      name: 'nokogiri',
      version: '1.13.4',
      qualifiers: { platform: 'x86_64-linux' },
      licenses: ['MIT', 'Ruby'],
    },
  ]);
});

test('the platform of Ruby itself is none', () => {
  const text = generated.replace('1.13.4 x86_64-linux', '1.13.4 ruby');
  expect(packagesIn(rubyGems, `${folder}/default/nokogiri-1.13.4.gemspec`, text)).toEqual(['pkg:gem/nokogiri@1.13.4']);
});

test.each([
  [
    'fields of older versions',
    'Gem::Specification.new do |spec|\n  spec.name = \'rake\'\n  spec.version = Gem::Version.new("13.0.6")\nend\n',
  ],
  ['the name of the file, where a version is computed', 'Gem::Specification.new { |s| s.version = Rake::VERSION }'],
])('without that line: %s', (_what, text) => {
  expect(packagesIn(rubyGems, `${folder}/rake-13.0.6.gemspec`, text)).toEqual(['pkg:gem/rake@13.0.6']);
});

test('what would have to be run is a gap', () => {
  const text = 'Gem::Specification.new { |s| s.name = "a#{1}"; s.version = A }';
  expect(gapsIn(rubyGems, 'srv/bundler/gems/a-0123abc/a.gemspec', text)).toEqual(['an entry has no name']);
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(rubyGems, `${folder}/nokogiri.gemspec`, generated)).not.toThrow();
});
