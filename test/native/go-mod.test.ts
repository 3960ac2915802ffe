import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { goMod } from '../../src/contents/catalogers/go-mod.ts';
import { catalogedFile } from '../cataloged.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const hasGo = spawnSync('go', ['version']).status === 0;

const module = `// A comment.
module "host.example/shop" // another

go 1.17

require github.com/BurntSushi/toml v1.3.2

require (
	golang.org/x/net v0.20.0 // indirect
	host.example/old v1.0.0
	host.example/beside v1.0.0
	rsc.io/quote/v3 v3.1.0
)

exclude golang.org/x/net v0.19.0

retract [v1.0.0, v1.1.0]

replace host.example/old => host.example/new v1.1.0

replace host.example/beside v1.0.0 => ./beside
`;

interface Version {
  readonly Path: string;
  readonly Version?: string;
}
interface Told {
  readonly Require: readonly Version[];
  readonly Replace: readonly { readonly Old: Version; readonly New: Version }[];
}

test.skipIf(!hasGo)('what go.mod requires is what Go says (needs go)', () => {
  using folder = temporaryFolder({ 'go.mod': module });
  const { stdout } = spawnSync('go', ['mod', 'edit', '-json'], { cwd: folder.path, encoding: 'utf8' });
  const { Require, Replace } = JSON.parse(stdout) as Told;
  const expected = Require.flatMap((required) => {
    const replaced = Replace.find(({ Old }) => Old.Path === required.Path)?.New ?? required;
    return replaced.Version === undefined ? [] : [`${replaced.Path} ${replaced.Version}`];
  });
  const { packages = [] } = goMod.read(catalogedFile('app/go.mod', module));
  expect(packages.map(({ namespace, name, version }) => `${namespace}/${name} ${version}`)).toEqual(expected);
  expect(expected).toHaveLength(4);
});
