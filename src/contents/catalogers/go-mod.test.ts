import { expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { goMod } from './go-mod.ts';

const path = 'app/go.mod';
const module = `module host.example/shop

go 1.22

toolchain go1.22.1

require github.com/BurntSushi/toml v1.3.2

require (
	golang.org/x/net v0.20.0 // indirect
	gopkg.in/yaml.v3 v3.0.1
	"rsc.io/quote" v1.5.2+incompatible
	host.example/beside v1.0.0
	host.example/old v1.0.0
	host.example/one v1.0.0
	broken.example/a latest
)

exclude golang.org/x/net v0.19.0

replace (
	host.example/beside => ../beside
	host.example/old => host.example/new/v2 v2.1.0
	host.example/one v0.9.0 => host.example/two v0.9.1
)
`;

test('tells modules, with what replaces them, and the toolchain', () => {
  expect(packagesIn(goMod, path, module)).toEqual([
    'pkg:golang/github.com/BurntSushi/toml@v1.3.2',
    'pkg:golang/golang.org/x/net@v0.20.0',
    'pkg:golang/gopkg.in/yaml.v3@v3.0.1',
    'pkg:golang/rsc.io/quote@v1.5.2%2Bincompatible',
    'pkg:golang/host.example/new/v2@v2.1.0',
    'pkg:golang/host.example/one@v1.0.0',
    'pkg:golang/stdlib@1.22.1',
  ]);
  expect(gapsIn(goMod, path, module)).toEqual(['the entry broken.example/a has no exact version']);
});

test('older Go names less: that is a gap', () => {
  expect(gapsIn(goMod, path, 'module a\ngo 1.16\nrequire b.example/c v1.0.0\n')).toEqual([
    'written for Go before 1.17, it names only what the project itself imports',
  ]);
});

test.each([
  ['usr/local/go/src/go.mod', 'module std\nrequire golang.org/x/net v0.1.0\n'],
  ['root/go/pkg/mod/github.com/a/b@v1.0.0/go.mod', module],
  ['app/testdata/a/go.mod', module],
  ['app/_examples/go.mod', module],
])('%s is not of a project here', (elsewhere, text) => {
  expect(goMod.read(catalogedFile(elsewhere, text))).toEqual({});
});

test('something else by that name', () => {
  expect(() => goMod.read(catalogedFile(path, 'hello\n'))).toThrow('it has no line `module`');
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(goMod, path, module)).not.toThrow();
});
