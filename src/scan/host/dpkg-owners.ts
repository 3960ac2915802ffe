import { keyOf } from '../../contents/analysers.ts';
import { dpkg } from '../../contents/catalogers/dpkg.ts';
import type { CatalogerReading, Diversion, ReadingGap } from '../../contents/cataloger.ts';
import { namesIn } from '../../sources/host/file-status.ts';
import { asCataloged, contentOf, wholeFile, withHostFile } from './database-file.ts';
import { namesOfPath, type OwnersReading, type PackageOwner } from './package-owner.ts';

const status = 'var/lib/dpkg/status';
const folder = '/var/lib/dpkg/info';
const diversionsFile = 'var/lib/dpkg/diversions';

/** Looked into first: a system has a thousand lists, and mostly one of these is the one that is looked for. */
const likely =
  /^(?:balena|conmon|containerd|crun|docker|linux-(?:image|modules)|moby|podman|proxmox-kernel|pve-kernel|runc)/;

/** Whose files they are, of a host with dpkg: by the packages' lists, and what of them was diverted. */
export function dpkgOwners(root: string, paths: readonly string[]): OwnersReading | undefined {
  const database = withHostFile(root, `/${status}`, wholeFile);
  if (!database) return undefined;
  const owners = new Map<string, PackageOwner>();
  const gaps: ReadingGap[] = [];
  const searched = searchedLines(paths, diversionsIn(root));
  const lists = namesIn(folder, root).filter((name) => name.endsWith('.list'));
  for (const file of [...lists.filter(isLikely), ...lists.filter((name) => !isLikely(name))]) {
    const open = searched.filter(({ path }) => !owners.has(path));
    if (open.length === 0) break;
    const id = file.slice(0, -'.list'.length);
    const [name = id] = id.split(':', 1);
    const list = withHostFile(root, `${folder}/${file}`, wholeFile);
    const listed = open.filter(({ line, isOf }) => list?.includes(line) && isOf(name));
    if (listed.length === 0) continue;
    const reading = readStanzas(database, name);
    gaps.push(...(reading.gaps ?? []));
    const found = reading.packages?.find((each) => each.id === id);
    // What is left of a package that was removed owns nothing.
    if (!found) continue;
    for (const { path } of listed) owners.set(path, { found, cataloger: keyOf(dpkg), database: status });
  }
  return { owners, gaps };
}

function isLikely(name: string): boolean {
  return likely.test(name);
}

/** A line that a list has where its package owns a file. */
interface SearchedLine {
  readonly path: string;
  readonly line: Buffer;
  /** Whether the line means the file at this path, in the list of this package. */
  readonly isOf: (name: string) => boolean;
}

function searchedLines(paths: readonly string[], diversions: readonly Diversion[]): readonly SearchedLine[] {
  return paths.flatMap((path) => {
    const names = namesOfPath(path);
    const away = diversions.find(({ from }) => names.includes(`/${from}`));
    const here = diversions.find(({ to }) => names.includes(`/${to}`));
    return [
      ...names.map((name) => ({ path, line: lineOf(name), isOf: (owner: string) => !away || away.by === owner })),
      ...(here ? [{ path, line: lineOf(`/${here.from}`), isOf: (owner: string) => here.by !== owner }] : []),
    ];
  });
}

/** The first line is the root, so that one is never the first. */
function lineOf(path: string): Buffer {
  return Buffer.from(`\n${path}\n`);
}

function diversionsIn(root: string): readonly Diversion[] {
  const read = withHostFile(root, `/${diversionsFile}`, (content) => dpkg.read(asCataloged(diversionsFile, content)));
  return read?.diversions ?? [];
}

/** What the database says of one package, for each architecture; the others need not be read. */
function readStanzas(database: Buffer, name: string): CatalogerReading {
  const head = Buffer.from(`Package: ${name}\n`);
  const stanzas: Buffer[] = [];
  for (let at = database.indexOf(head); at >= 0; at = database.indexOf(head, at + 1)) {
    if (at > 0 && database[at - 1] !== 0x0a) continue;
    const end = database.indexOf('\n\n', at);
    stanzas.push(database.subarray(at, end < 0 ? undefined : end + 2));
  }
  return dpkg.read(asCataloged(status, contentOf(Buffer.concat(stanzas))));
}
