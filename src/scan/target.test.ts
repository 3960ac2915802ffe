import { describe, expect, test } from 'vitest';
import { readTarget, type Surroundings } from './target.ts';

const files: Readonly<Record<string, string | undefined>> = {
  'shop.tar': 'usr/',
  'shop.json': '\n  {"bomFormat": "CycloneDX"}',
  'list.txt': 'pkg:npm/a@1',
  './layout/oci-layout': '{}',
  './layout/index.json': '{}',
  'dir/shop.tar': 'usr/',
};
const folders = new Set(['root', './root', 'layout', './layout', '/srv/root', 'dir', 'alpine', 'with:colon']);

const surroundings: Surroundings = {
  kindOf: (path) => (folders.has(path) ? 'folder' : files[path] === undefined ? undefined : 'file'),
  headOf: (path) => Buffer.from(files[path] ?? ''),
};

test.each([
  ['alpine', 'engine', 'alpine'],
  ['alpine:3.20', 'engine', 'alpine:3.20'],
  ['registry.example/shop/web@sha256:00', 'engine', 'registry.example/shop/web@sha256:00'],
  ['root', 'engine', 'root'],
  ['./root', 'folder', './root'],
  ['/srv/root', 'folder', '/srv/root'],
  ['./layout', 'oci-layout', './layout'],
  ['shop.tar', 'archive', 'shop.tar'],
  ['shop.json', 'bill', 'shop.json'],
  ['list.txt', 'bill', 'list.txt'],
  ['-', 'bill', '-'],
  ['sbom:-', 'bill', '-'],
  ['registry:alpine:3.20', 'registry', 'alpine:3.20'],
  ['container:web', 'container', 'web'],
  ['dir:root', 'folder', 'root'],
  ['oci:layout:1.0', 'oci-layout', 'layout:1.0'],
  ['archive:dir/shop.tar:shop/web:1', 'archive', 'dir/shop.tar:shop/web:1'],
  // An image may be called as a prefix is.
  ['registry:2', 'engine', 'registry:2'],
  ['registry:2.8.3', 'engine', 'registry:2.8.3'],
])('%s is %s', (text, kind, value) => {
  expect(readTarget(text, surroundings)).toEqual({ kind, value });
});

describe('errors name what is not there', () => {
  test.each([['./gone'], ['/gone'], ['gone.tar'], ['archive:gone'], ['dir:gone'], ['sbom:gone.json']])('%s', (text) => {
    expect(() => readTarget(text, surroundings)).toThrow(/gone.*no such file/);
  });

  test.each([
    ['archive:dir', /dir is a folder/],
    ['folder:shop.tar', /shop\.tar is a file/],
  ])('%s', (text, message) => {
    expect(() => readTarget(text, surroundings)).toThrow(message);
  });
});
