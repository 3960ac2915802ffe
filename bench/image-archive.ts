import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** One layer of an image that is to be written. */
export interface LayerTree {
  /** What the history says of it. */
  readonly createdBy: string;
  /** A folder with its files, as overlayfs leaves it: what was deleted is a device of the number 0:0. */
  readonly folder: string;
}

/** Writes layers, lowest first, as what `docker save` writes and `docker load` reads: neither needs an engine. */
export async function writeImageArchive(path: string, reference: string, layers: readonly LayerTree[]): Promise<void> {
  const staging = `${path}.parts`;
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  try {
    const digests: string[] = [];
    const names: string[] = [];
    for (const { folder } of layers) {
      const unnamed = join(staging, 'layer.tar');
      writeLayer(folder, unnamed);
      const digest = await digestOf(unnamed);
      const name = join(digest, 'layer.tar');
      mkdirSync(join(staging, digest), { recursive: true });
      renameSync(unnamed, join(staging, name));
      digests.push(`sha256:${digest}`);
      names.push(name);
    }
    const configuration = JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      created: '2026-01-01T00:00:00Z',
      config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: ['sh'] },
      rootfs: { type: 'layers', diff_ids: digests },
      history: layers.map(({ createdBy }) => ({ created: '2026-01-01T00:00:00Z', created_by: createdBy })),
    });
    const configurationName = `${createHash('sha256').update(configuration).digest('hex')}.json`;
    writeFileSync(join(staging, configurationName), configuration);
    const manifest = [{ Config: configurationName, RepoTags: [reference], Layers: names }];
    writeFileSync(join(staging, 'manifest.json'), JSON.stringify(manifest));
    writeTar(`${path}.part`, [{ folder: staging, names: readdirSync(staging) }]);
    renameSync(`${path}.part`, path);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Deletions become the empty files that the image specification has for them. */
function writeLayer(folder: string, path: string): void {
  const deletions = `${path}.deletions`;
  const exclusions = `${path}.exclusions`;
  mkdirSync(deletions);
  const deleted = deletedIn(folder);
  for (const each of deleted) {
    mkdirSync(join(deletions, dirname(each)), { recursive: true });
    writeFileSync(join(deletions, dirname(each), `.wh.${basename(each)}`), '');
  }
  writeFileSync(exclusions, deleted.map((each) => `${each}\n`).join(''));
  writeTar(
    path,
    [
      { folder, names: readdirSync(folder) },
      // Only their files: the folders are those of the layer.
      { folder: deletions, names: deleted.map((each) => join(dirname(each), `.wh.${basename(each)}`)) },
    ],
    ['--anchored', '--no-wildcards', `--exclude-from=${exclusions}`],
  );
  rmSync(deletions, { recursive: true });
  rmSync(exclusions);
}

/** Node's own walk through all folders follows links to folders, and layers have circles of them. */
function deletedIn(folder: string, path = ''): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((each) => {
    const below = join(path, each.name);
    if (each.isDirectory()) return deletedIn(folder, below);
    return each.isCharacterDevice() && lstatSync(join(folder, below)).rdev === 0 ? [below] : [];
  });
}

interface TarPart {
  readonly folder: string;
  /** In the folder. */
  readonly names: readonly string[];
}

/** Without extended headers for fractions of seconds, which engines do not write either. */
function writeTar(path: string, parts: readonly TarPart[], options: readonly string[] = []): void {
  const lists = parts.map(({ names }, index) => {
    const list = `${path}.names-${index}`;
    writeFileSync(list, names.map((name) => `${name}\0`).join(''));
    return list;
  });
  execFileSync('tar', [
    '--create',
    `--file=${path}`,
    '--format=posix',
    '--pax-option=delete=atime,delete=ctime,delete=mtime',
    '--xattrs',
    '--xattrs-include=security.*',
    '--numeric-owner',
    '--sort=name',
    '--warning=no-file-ignored',
    ...options,
    '--null',
    ...parts.flatMap(({ folder }, index) => [
      `--directory=${folder}`,
      '--verbatim-files-from',
      `--files-from=${lists[index]}`,
    ]),
  ]);
  for (const list of lists) rmSync(list);
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 ** 2 }), hash);
  return hash.digest('hex');
}
