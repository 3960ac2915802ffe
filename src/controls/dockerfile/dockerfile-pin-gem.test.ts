import { expect, test } from 'vitest';
import { dockerfile, failingLines } from '../../../test/written.ts';
import { dockerfilePinGem as control } from './dockerfile-pin-gem.ts';

test.each<[string, string, number[]]>([
  ['no version', 'FROM ruby:3.4\nRUN gem install bundler rake:13\n', [2]],
  [
    'versions',
    'FROM ruby:3.4\nRUN gem install bundler:2.7.1 && gem install rake -v 13 && gem install --version "~> 3" rack\n',
    [],
  ],
  ['files', 'FROM ruby:3.4\nRUN gem install ./shop.gem && gem install -g Gemfile\n', []],
  ['options for the compiler', 'FROM ruby:3.4\nRUN gem install pg:1.6 -- --with-pg-config=/usr/bin/pg_config\n', []],
  ['other actions', 'FROM ruby:3.4\nRUN gem update --system && bundle install\n', []],
])('%s', (_name, text, lines) => {
  expect(failingLines(control, dockerfile(text))).toEqual(lines);
});
