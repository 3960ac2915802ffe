import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CatalogerReading, Diversion } from '../../src/contents/cataloger.ts';
import { dpkg } from '../../src/contents/catalogers/dpkg.ts';
import { diverted } from '../../src/contents/diversions.ts';
import { catalogedFile } from '../cataloged.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

const hasDpkg = existsSync('/usr/bin/dpkg-query') && existsSync('/var/lib/dpkg/status');
/** Another root folder of Debian, such as one made by debootstrap. */
const otherRoot = process.env['PLIMSOLL_DEBIAN_ROOT'];
const mostOutput = 512 * 1024 ** 2;

function read(root: string, path: string): CatalogerReading {
  return dpkg.read(catalogedFile(path, readFileSync(join(root, path))));
}

function packagesByUs(root: string): string[] {
  const { packages = [] } = read(root, 'var/lib/dpkg/status');
  return packages
    .map(({ name, version, architecture, source }) =>
      [name, version, architecture, source?.name, source?.version].join(' '),
    )
    .toSorted();
}

/** Of what is only known by its configuration there are no files. */
function packagesByDpkg(root: string): string[] {
  const format = '${Status}\\t${Package} ${Version} ${Architecture} ${source:Package} ${source:Version}\\n';
  return query(root, ['-W', '-f', format])
    .split('\n')
    .flatMap((line) => {
      const [status = '', shown = ''] = line.split('\t');
      return line === '' || / (?:config-files|not-installed)$/.test(status) ? [] : [shown];
    })
    .toSorted();
}

function query(root: string, words: readonly string[]): string {
  return execFileSync('/usr/bin/dpkg-query', [`--admindir=${join(root, 'var/lib/dpkg')}`, ...words], {
    encoding: 'utf8',
    maxBuffer: mostOutput,
    env: { ...process.env, LC_ALL: 'C' },
  });
}

function diversionsOf(root: string): readonly Diversion[] {
  const path = 'var/lib/dpkg/diversions';
  return existsSync(join(root, path)) ? (read(root, path).diversions ?? []) : [];
}

/** Names of the packages that own each path. */
function ownersByUs(root: string): ReadonlyMap<string, ReadonlySet<string>> {
  const { packages = [] } = read(root, 'var/lib/dpkg/status');
  const names = new Map(packages.map(({ id, name }) => [id, name]));
  const diversions = new Map(diversionsOf(root).map((each) => [each.from, each]));
  const owners = new Map<string, Set<string>>();
  for (const file of readdirSync(join(root, 'var/lib/dpkg/info'))) {
    if (!file.endsWith('.list')) continue;
    for (const owned of read(root, `var/lib/dpkg/info/${file}`).owned ?? []) {
      const name = names.get(owned.owner);
      if (name === undefined) continue;
      for (const each of owned.paths) {
        const path = diverted(each, owned.owner, diversions);
        const before = owners.get(path);
        if (before) before.add(name);
        else owners.set(path, new Set([name]));
      }
    }
  }
  return owners;
}

/** `a, b:amd64: /path`. Lines about diversions say nothing of owners that the others do not. */
function ownersByDpkg(root: string, paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const owners = new Map<string, Set<string>>();
  const { stdout } = spawnSync(
    '/usr/bin/dpkg-query',
    [`--admindir=${join(root, 'var/lib/dpkg')}`, '-S', ...paths.map((path) => `/${path}`)],
    { encoding: 'utf8', maxBuffer: mostOutput, env: { ...process.env, LC_ALL: 'C' } },
  );
  for (const line of stdout.split('\n')) {
    const [, packages, path] = /^(?!diversion |local diversion )(.+?): \/(.*)$/.exec(line) ?? [];
    if (packages === undefined || path === undefined) continue;
    owners.set(path, new Set(packages.split(', ').map((each) => each.replace(/:.*$/, ''))));
  }
  return owners;
}

interface Listing {
  readonly packages: readonly string[];
  readonly owners: readonly (readonly [path: string, names: ReadonlySet<string> | undefined])[];
}

/** The same questions to us and to dpkg; of owners for some hundred paths. */
function ask(root: string): { readonly us: Listing; readonly native: Listing } {
  const ours = ownersByUs(root);
  // Of these dpkg tells who lists the path, and in lines of their own that it is diverted; not whose the file at the path is.
  const divertedPaths = new Set(diversionsOf(root).flatMap(({ from, to }) => [from, to]));
  // dpkg looks through all of its lists for every path.
  const every = Math.max(1, Math.floor(ours.size / 400));
  const asked = [...ours.keys()].filter(
    (path, index) => index % every === 0 && !divertedPaths.has(path) && !/[*?[\\]/.test(path),
  );
  const theirs = ownersByDpkg(root, asked);
  return {
    us: { packages: packagesByUs(root), owners: asked.map((path) => [path, ours.get(path)]) },
    native: { packages: packagesByDpkg(root), owners: asked.map((path) => [path, theirs.get(path)]) },
  };
}

test.skipIf(!hasDpkg)("packages and owners of this machine's files are dpkg's own (needs dpkg)", () => {
  const { us, native } = ask('/');
  expect(us).toEqual(native);
});

test.skipIf(otherRoot === undefined)('so are those of another root (needs PLIMSOLL_DEBIAN_ROOT)', () => {
  const { us, native } = ask(otherRoot ?? '');
  expect(us).toEqual(native);
});

interface Written {
  readonly name: string;
  readonly fields?: string;
  readonly files: readonly string[];
  readonly postinst?: string;
}

function build(folder: TemporaryFolder, { name, fields = 'Architecture: all', files, postinst }: Written): string {
  const control = `Package: ${name}\nVersion: 1:2.0-1+b1\nSource: ${name}-src (1:2.0-1)\nMaintainer: A <a@example.org>\n${fields}\nDescription: d\n`;
  folder.write(`${name}/DEBIAN/control`, control);
  for (const file of files) folder.write(`${name}${file}`, name);
  if (files.includes('/etc/kept.conf')) folder.write(`${name}/DEBIAN/conffiles`, '/etc/kept.conf\n');
  if (postinst !== undefined) chmodSync(folder.write(`${name}/DEBIAN/postinst`, `#!/bin/sh\n${postinst}\n`), 0o755);
  const built = join(folder.path, `${name}.deb`);
  execFileSync('/usr/bin/dpkg-deb', ['--build', join(folder.path, name), built], { stdio: 'ignore' });
  return built;
}

/** Leaves one package in each of dpkg's states in a root of its own. */
function fillRoot(folder: TemporaryFolder, root: string): void {
  const database = join(root, 'var/lib/dpkg');
  for (const part of ['info', 'updates', 'triggers']) mkdirSync(join(database, part), { recursive: true });
  folder.write('root/var/lib/dpkg/status', '');
  folder.write('root/var/lib/dpkg/info/format', '1\n');

  function run(...words: readonly string[]): void {
    const forced = ['--force-script-chrootless', '--force-not-root', '--force-depends', '--force-architecture'];
    // It fails where a package is meant to be left half configured.
    spawnSync('/usr/bin/dpkg', [`--root=${root}`, '--log=/dev/null', ...forced, ...words], { stdio: 'ignore' });
  }

  run('--add-architecture', 'i386');
  run('-i', build(folder, { name: 'first', files: ['/usr/bin/tool', '/usr/share/doc/first/copyright'] }));
  const places = ['--admindir', database, '--instdir', root];
  const diversion = ['--package', 'second', '--rename', '--divert', '/usr/bin/tool.first', '/usr/bin/tool'];
  execFileSync('/usr/bin/dpkg-divert', [...places, ...diversion], { stdio: 'ignore' });
  run('-i', build(folder, { name: 'second', files: ['/usr/bin/tool'] }));
  const foreign = 'Architecture: i386\nMulti-Arch: same';
  run('-i', build(folder, { name: 'several', fields: foreign, files: ['/usr/lib/i386-linux-gnu/several.so'] }));
  run('--unpack', build(folder, { name: 'unpacked', files: ['/usr/bin/unpacked'] }));
  run('-i', build(folder, { name: 'half-configured', files: ['/usr/bin/half'], postinst: 'exit 1' }));
  run('-i', build(folder, { name: 'removed', files: ['/usr/bin/removed', '/etc/kept.conf'] }));
  run('-r', 'removed');
}

describe.skipIf(!hasDpkg || process.getuid?.() !== 0)('packages in every state (needs dpkg, as root)', () => {
  let folder: TemporaryFolder;
  let root: string;
  beforeAll(() => {
    folder = temporaryFolder();
    root = join(folder.path, 'root');
    fillRoot(folder, root);
  });
  afterAll(() => folder[Symbol.dispose]());

  test('are as dpkg shows them', () => {
    const states = query(root, ['-W', '-f', '${Package} ${db:Status-Status}\\n']);
    expect(states.trim().split('\n')).toEqual([
      'first installed',
      'half-configured half-configured',
      'removed config-files',
      'second installed',
      'several installed',
      'unpacked unpacked',
    ]);
    expect(packagesByUs(root)).toContain('several 1:2.0-1+b1 i386 several-src 1:2.0-1');
    const { us, native } = ask(root);
    expect(us).toEqual(native);
  });

  test('a file that was divertedPaths belongs to its package at the other place', () => {
    const owners = ownersByUs(root);
    expect(readFileSync(join(root, 'usr/bin/tool.first'), 'utf8')).toBe('first');
    expect(owners.get('usr/bin/tool.first')).toEqual(new Set(['first']));
    expect(owners.get('usr/bin/tool')).toEqual(new Set(['second']));
  });
});
