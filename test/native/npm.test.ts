import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { npmInstalled } from '../../src/contents/catalogers/npm-installed.ts';
import { npmLock } from '../../src/contents/catalogers/npm-lock.ts';
import type { FoundPackage } from '../../src/contents/cataloger.ts';
import { catalogedFile } from '../cataloged.ts';
import { readingsIn } from '../cataloged-folder.ts';

const root = join(import.meta.dirname, '../..');
const hasNpm = spawnSync('npm', ['--version']).status === 0 && existsSync(join(root, 'node_modules'));

interface Node {
  readonly name: string;
  readonly version: string;
  readonly location: string;
  readonly dev?: boolean;
}

/** Every package that npm sees, without the project itself. */
function toldByNpm(...options: readonly string[]): readonly Node[] {
  const { stdout } = spawnSync('npm', ['query', '*', ...options], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  });
  return (JSON.parse(stdout) as Node[]).filter(({ location }) => location !== '');
}

function fullName({ namespace, name, version }: Pick<FoundPackage, 'namespace' | 'name' | 'version'>): string {
  return `${namespace === undefined ? '' : `${namespace}/`}${name}@${version}`;
}

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].toSorted();
}

test.skipIf(!hasNpm)('what is installed is what npm says (needs npm)', () => {
  const packages = [...readingsIn(npmInstalled, root).values()].flatMap((reading) => reading.packages ?? []);
  expect(packages.length).toBeGreaterThan(50);
  expect(sorted(packages.map(fullName))).toEqual(sorted(toldByNpm().map(fullName)));
});

test.skipIf(!hasNpm)('what is locked is what npm says, development included (needs npm)', () => {
  const { packages = [] } = npmLock.read(
    catalogedFile('package-lock.json', readFileSync(join(root, 'package-lock.json'))),
  );
  const told = Map.groupBy(toldByNpm('--package-lock-only'), fullName);
  const expected = [...told].map(([name, nodes]) => `${name} ${nodes.every(({ dev }) => dev === true)}`);
  expect(packages.length).toBeGreaterThan(50);
  expect(sorted(packages.map((each) => `${fullName(each)} ${each.development === true}`))).toEqual(sorted(expected));
});
