import {
  type CatalogedFile,
  type CatalogerReading,
  defineCataloger,
  type FoundPackage,
  type ReadingGap,
} from '../cataloger.ts';
import { readStanzas, type Stanza } from '../stanzas.ts';

/** Packages of Debian and what descends from it. */
export const dpkg = defineCataloger({
  id: 'dpkg',
  version: 1,
  reads: {
    en: "dpkg's database (`status`, `status.d` of distroless images) and its lists of files and checksums",
    zh: 'dpkg 数据库（`status`，以及 distroless 镜像的 `status.d`）及其文件清单与校验和',
  },
  globs: [
    'var/lib/dpkg/status',
    'var/lib/dpkg/status.d/*',
    'var/lib/dpkg/info/*.list',
    'var/lib/dpkg/info/*.md5sums',
    'usr/lib/opkg/status',
    'var/lib/opkg/status',
  ],

  read(file) {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    if (name.endsWith('.md5sums')) return checksumsOf(file, name.slice(0, -'.md5sums'.length));
    if (name.endsWith('.list')) return listOf(file, name.slice(0, -'.list'.length));
    return packagesIn(file);
  },
});

function packagesIn(file: CatalogedFile): CatalogerReading {
  const packages: FoundPackage[] = [];
  const gaps: ReadingGap[] = [];
  for (const stanza of readStanzas(file.text())) {
    // `deinstall ok config-files`: removed, only its configuration is left. status.d has no such field.
    const status = stanza.get('status');
    if (status !== undefined && !isInstalled(status)) continue;
    const found = packageOf(stanza, file.path);
    if (found) packages.push(found);
    else gaps.push(withoutVersion(stanza.get('package')));
  }
  return { packages, gaps };
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

function withoutVersion(name: string | undefined): ReadingGap {
  const called = name ?? '?';
  return {
    reason: { en: `the package ${called} has no name or no version`, zh: `软件包 ${called} 缺少名称或版本` },
    need: { en: 'a database that dpkg itself accepts', zh: 'dpkg 自身可接受的数据库' },
  };
}

/** One path a line, folders too. */
function listOf(file: CatalogedFile, owner: string): CatalogerReading {
  const paths = file
    .text()
    .split('\n')
    .flatMap((line) => (line.length > 2 ? [line.slice(1)] : []));
  return { owned: [{ owner, paths }] };
}

/** `0123…  usr/bin/env`. */
function checksumsOf(file: CatalogedFile, owner: string): CatalogerReading {
  const paths: string[] = [];
  const digests: string[] = [];
  for (const line of file.text().split('\n')) {
    const digest = line.slice(0, 32);
    const path = line.slice(34).replace(/^\.\//, '');
    if (path === '' || !/^[\da-f]{32}$/.test(digest)) continue;
    paths.push(path);
    digests.push(digest);
  }
  return { owned: [{ owner, paths, digests, algorithm: 'md5' }] };
}
