import { expect, test } from 'vitest';
import { foundPackage } from '../../test/found-package.ts';
import { onlyQuestion as only, questionsOrReason as outcome } from '../../test/package-questions.ts';
import type { Package } from '../model/package.ts';
import { orderingOf } from '../versions/ecosystems.ts';

function go(namespace: string | undefined, name: string, version: string, changes: Partial<Package> = {}): Package {
  return foundPackage('golang', name, version, { ...(namespace === undefined ? {} : { namespace }), ...changes });
}

test('modules by their path, capital letters and all', () => {
  expect(only(go('github.com/BurntSushi', 'toml', 'v1.2.0'))).toEqual({
    ecosystem: 'Go',
    name: 'github.com/BurntSushi/toml',
    version: 'v1.2.0',
    compared: 'package',
    doubts: [],
  });
  expect(only(go('golang.org/x', 'net', 'v0.17.0')).name).toBe('golang.org/x/net');
});

test('the end of a path that a bill has as the subpath', () => {
  const purl = 'pkg:golang/github.com/go-jose/go-jose@v4.0.1#v4';
  expect(only(go('github.com/go-jose', 'go-jose', 'v4.0.1', { purl })).name).toBe('github.com/go-jose/go-jose/v4');
  const whole = 'pkg:golang/github.com/go-jose/go-jose/v4@v4.0.1';
  expect(only(go('github.com/go-jose/go-jose', 'v4', 'v4.0.1', { purl: whole })).name).toMatch(/jose\/v4$/);
  const folder = 'pkg:golang/github.com/a/b@v1.0.0#cmd/b';
  expect(only(go('github.com/a', 'b', 'v1.0.0', { purl: folder })).name).toBe('github.com/a/b');
});

test.each([
  ['1.21.3', '1.21.3'],
  ['go1.21.3', '1.21.3'],
  ['1.21rc2', '1.21rc2'],
  ['1.21.13 (Red Hat 1.21.13-2.el9)', 'go1.21.13 (Red Hat 1.21.13-2.el9)'],
  ['1.22.1 X:boringcrypto', 'go1.22.1 X:boringcrypto'],
])('the standard library of %s', (version, expected) => {
  expect(only(go(undefined, 'stdlib', version))).toMatchObject({ name: 'stdlib', version: expected, doubts: [] });
  expect(orderingOf('Go')?.parse(expected)).toBeDefined();
});

test('the toolchain, where it is installed', () => {
  const command = outcome(go(undefined, 'stdlib', '1.21.3', { path: '/usr/local/go/bin/go' }));
  expect(command).toMatchObject([{ name: 'stdlib' }, { name: 'toolchain', version: '1.21.3' }]);
  expect(only(go(undefined, 'stdlib', '1.21.3', { path: '/usr/bin/cargo' })).name).toBe('stdlib');
  expect(only(go(undefined, 'toolchain', 'go1.21.3')).name).toBe('toolchain');
});

test.each(['', '(devel)', 'v0.0.0', 'v0.0.0-00010101000000-000000000000'])(
  'a module of version %j is not an old one',
  (version) => {
    expect(outcome(go('github.com/docker', 'docker', version))).toBe('unversioned-go-module');
  },
);

test('a toolchain between releases', () => {
  expect(outcome(go(undefined, 'stdlib', 'devel go1.22-abcdef'))).toBe('unversioned-go-module');
});

test.each([
  ['v0.0.0-20220715151400-c0bba94af5f8', ['pseudo-version']],
  ['v1.2.4-0.20191109021931-daa7c04131f5', ['pseudo-version']],
  ['v2.8.2-beta.1.0.20200730150746-fad96130d8b7+incompatible', ['pseudo-version']],
  ['v1.2.3', []],
  ['v1.2.3-rc.1', []],
  ['v24.0.7+incompatible', []],
])('%s has the doubts %j', (version, doubts) => {
  expect(only(go('github.com/a', 'b', version)).doubts).toEqual(doubts);
});
