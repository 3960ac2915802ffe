import { expect, test } from 'vitest';
import { isOfPackage } from './package-folders.ts';

test.each([
  'app/node_modules/left-pad/index.js',
  'node_modules/@scope/a/dist/a.js',
  'usr/local/bundle/gems/rails-7.1.0/lib/rails.rb',
  'go/pkg/mod/github.com/a/b@v1.0.0/b.go',
  'root/.cargo/registry/src/index.crates.io-1/serde-1.0.0/lib.rs',
])('%s came with a package', (path) => expect(isOfPackage(path)).toBe(true));

test.each([
  'app/index.js',
  'app/node_modules/a/.env',
  'app/node_modules/a/.env.production',
  'app/node_modules/.npmrc',
  'app/node_modules/a/server.key',
  'srv/gems/readme.txt',
  'srv/my-node_modules-list/a',
])('%s did not', (path) => expect(isOfPackage(path)).toBe(false));
