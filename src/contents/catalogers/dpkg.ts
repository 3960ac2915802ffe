import {
  type CatalogedFile,
  type CatalogerReading,
  defineCataloger,
  type Diversion,
  type FoundPackage,
} from '../cataloger.ts';
import { linesOf } from '../languages/text-lines.ts';
import { readStanzas, type Stanza } from '../stanzas.ts';
import { SystemPackages } from '../system-packages.ts';

/** Packages of Debian and what descends from it. */
export const dpkg = defineCataloger({
  id: 'dpkg',
  version: 1,
  reads: {
    en: "dpkg's database (`status`, `status.d` of distroless images), its lists of files and checksums, and its diversions",
    zh: 'dpkg 数据库（`status`，以及 distroless 镜像的 `status.d`）、其文件清单与校验和，以及文件转移记录',
  },
  globs: [
    'var/lib/dpkg/status',
    'var/lib/dpkg/status.d/*',
    'var/lib/dpkg/info/*.list',
    'var/lib/dpkg/info/*.md5sums',
    'var/lib/dpkg/diversions',
    'usr/lib/opkg/status',
    'var/lib/opkg/status',
  ],

  read(file) {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    if (name.endsWith('.md5sums')) return checksumsOf(file, name.slice(0, -'.md5sums'.length));
    if (name.endsWith('.list')) return listOf(file, name.slice(0, -'.list'.length));
    if (name === 'diversions' && file.path === 'var/lib/dpkg/diversions') return diversionsIn(file);
    return packagesIn(file);
  },
});

function packagesIn(file: CatalogedFile): CatalogerReading {
  const found = new SystemPackages('dpkg');
  for (const stanza of readStanzas(file.text())) {
    // `deinstall ok config-files`: removed, only its configuration is left. status.d has no such field.
    const status = stanza.get('status');
    if (status !== undefined && !isInstalled(status)) continue;
    const one = packageOf(stanza, file.path);
    if (one) found.add(one);
    else found.addNameless(stanza.get('package'));
  }
  return found.reading();
}

/** Files are there in every state but these, if not all of them in some. */
function isInstalled(status: string): boolean {
  return !/(?:^| )(?:not-installed|config-files)$/.test(status);
}

function packageOf(stanza: Stanza, path: string): FoundPackage | undefined {
  const name = stanza.get('package');
  const version = stanza.get('version');
  if (!name || !version) return undefined;
  const architecture = stanza.get('architecture');
  const vendor = stanza.get('maintainer');
  // Lists of what may be installed for several architectures are told apart by name; in status.d they have the file's own.
  const isSeveral = stanza.get('multi-arch') === 'same' && architecture !== undefined;
  const id = path.includes('/status.d/') ? path.slice(path.lastIndexOf('/') + 1) : name;
  return {
    type: 'deb',
    name,
    version,
    ...(architecture === undefined ? {} : { architecture, qualifiers: { arch: architecture } }),
    source: sourceOf(stanza.get('source'), name, version),
    ...(vendor === undefined ? {} : { vendor }),
    id: isSeveral && id === name ? `${name}:${architecture}` : id,
  };
}

/** `Source: glibc (2.36-9)`: the version only where it is another one than the binary's, the name likewise. */
function sourceOf(source: string | undefined, name: string, version: string) {
  const [, sourceName = name, sourceVersion = version] = /^(\S+)(?:\s+\(([^)]*)\))?/.exec(source ?? '') ?? [];
  return { name: sourceName, version: sourceVersion };
}

/** One path a line, folders too. */
function listOf(file: CatalogedFile, owner: string): CatalogerReading {
  const found = new SystemPackages('dpkg');
  const paths: string[] = [];
  for (const line of linesOf(file.text())) {
    const path = line.slice(1);
    // The root is `/.`.
    if (path !== '' && path !== '.' && found.hasRoomFor(path)) paths.push(path);
  }
  found.own({ owner, paths });
  return found.reading();
}

/** `0123…  usr/bin/env`. */
function checksumsOf(file: CatalogedFile, owner: string): CatalogerReading {
  const found = new SystemPackages('dpkg');
  const paths: string[] = [];
  const digests: string[] = [];
  for (const line of linesOf(file.text())) {
    const digest = line.slice(0, 32);
    const path = line.slice(34).replace(/^\.\//, '');
    if (path === '' || !/^[\da-f]{32}$/.test(digest) || !found.hasRoomFor(path, digest)) continue;
    paths.push(path);
    digests.push(digest);
  }
  found.own({ owner, paths, digests, algorithm: 'md5' });
  return found.reading();
}

/** Three lines each: from where, to where, and the package for which; `:` stands for the administrator. */
function diversionsIn(file: CatalogedFile): CatalogerReading {
  const found = new SystemPackages('dpkg');
  const diversions: Diversion[] = [];
  let lines: string[] = [];
  for (const line of linesOf(file.text())) {
    lines.push(line);
    if (lines.length < 3) continue;
    const [from = '', to = '', by = ''] = lines;
    lines = [];
    if (!from.startsWith('/') || !to.startsWith('/') || !found.hasRoomFor(from, to)) continue;
    diversions.push({ from: from.slice(1), to: to.slice(1), ...(by === ':' ? {} : { by }) });
  }
  return diversions.length > 0 ? { diversions, ...found.reading() } : found.reading();
}
