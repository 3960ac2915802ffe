import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pythonInstalled } from '../../src/contents/catalogers/python-installed.ts';
import { readingsIn } from '../cataloged-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** Runs Python without what the user's own folders add. */
function run(python: string, ...options: readonly string[]) {
  return spawnSync(python, ['-I', ...options], { encoding: 'utf8', maxBuffer: 1024 ** 3 });
}

/** Each Python once, whatever names it has. */
const pythons = [
  ...new Map(
    ['python3', '/usr/bin/python3', '/usr/local/bin/python3'].flatMap((python) => {
      const { status, stdout } = run(python, '-c', 'import importlib.metadata, sys; print(sys.prefix)');
      return status === 0 ? [[stdout, python] as const] : [];
    }),
  ).values(),
];

const folders = 'import sys; print("\\n".join(sys.path))';
const distributions = `
import importlib.metadata as metadata
for each in metadata.distributions():
    print(each.metadata["Name"], each.version, sep="==")
`;

/** What our cataloger says of the folders in which this Python looks, without what packages have inside of them. */
function ofPython(python: string): string[] {
  return run(python, '-c', folders)
    .stdout.split('\n')
    .filter((folder) => /^\/.*packages$/.test(folder) && existsSync(folder))
    .flatMap((folder) => [...readingsIn(pythonInstalled, folder, 2).values()])
    .flatMap(({ packages = [] }) => packages)
    .map(({ name, version }) => `${name}==${version}`);
}

/** As PyPI compares names. */
function sorted(names: Iterable<string>): string[] {
  const normal = [...names]
    .filter((name) => name !== '')
    .map((name) => name.toLowerCase().replaceAll(/[-_.]+(?=.*==)/g, '-'));
  return [...new Set(normal)].toSorted();
}

test.skipIf(pythons.length === 0).each(pythons)('what is installed is what importlib says: %s', (python) => {
  expect(sorted(ofPython(python))).toEqual(sorted(run(python, '-c', distributions).stdout.split('\n')));
});

const withPip = pythons.filter((python) => run(python, '-m', 'pip', '--version').status === 0);

test.skipIf(withPip.length === 0).each(withPip)('what is installed is what pip says: %s', (python) => {
  const { stdout } = run(python, '-m', 'pip', '--disable-pip-version-check', 'list', '--format', 'json');
  const told = JSON.parse(stdout) as readonly { readonly name: string; readonly version: string }[];
  expect(sorted(ofPython(python))).toEqual(sorted(told.map(({ name, version }) => `${name}==${version}`)));
});

/** Wheels that a Python has to install pip from. */
const wheels = `
import ensurepip, glob, os
for folder in (os.path.join(os.path.dirname(ensurepip.__file__), "_bundled"), "/usr/share/python-wheels"):
    print(*glob.glob(os.path.join(folder, "pip-*.whl")), sep="\\n")
`;
const [wheel] = pythons.flatMap((python) =>
  run(python, '-c', wheels)
    .stdout.split('\n')
    .flatMap((path) => (path === '' ? [] : [{ python, path }])),
);

test.skipIf(!wheel)('RECORD tells every file with the digest that it has (needs ensurepip)', () => {
  using folder = temporaryFolder();
  run(wheel?.python ?? '', '-m', 'zipfile', '-e', wheel?.path ?? '', folder.path);
  const owned = [...readingsIn(pythonInstalled, folder.path, 2).values()].flatMap((reading) => reading.owned ?? []);
  const listed = owned.flatMap(({ paths, digests = [] }) =>
    paths.map((path, index) => [path, digests[index]] as const),
  );
  // All but the list itself.
  const digests = listed.filter(([path]) => !path.endsWith('/RECORD'));
  expect(digests.length).toBeGreaterThan(100);
  expect(digests.filter(([path, digest]) => digest !== digestOf(join(folder.path, path)))).toEqual([]);
});

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
