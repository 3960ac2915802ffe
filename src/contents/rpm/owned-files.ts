import type { OwnedFiles } from '../cataloger.ts';
import type { SystemPackages } from '../system-packages.ts';
import { type RpmHeader, tags } from './header.ts';

/** The kernel's longest. */
const longestPath = 4096;

/** `PGPHASHALGO_*`; headers without the tag have MD5. */
const algorithms: ReadonlyMap<number, { readonly name: OwnedFiles['algorithm'] & string; readonly digits: number }> =
  new Map([
    [1, { name: 'md5', digits: 32 }],
    [2, { name: 'sha1', digits: 40 }],
    [8, { name: 'sha256', digits: 64 }],
    [10, { name: 'sha512', digits: 128 }],
  ]);

const fileFlags = { configuration: 1 << 0, ghost: 1 << 6 } as const;
/** The file on disk is this package's own, as it was installed; others were replaced, left out or are of another architecture. */
const stateNormal = 0;

/** No package has as many files. */
const mostFiles = 1_000_000;

/**
 * The files of a package, as far as there is `room` for them, with digests of those whose content must be the package's own: neither configuration, which
 * is there to be changed, nor what another package replaced, nor files that the package only claims.
 */
export function ownedFilesOf(header: RpmHeader, owner: string, room: Pick<SystemPackages, 'hasRoomFor'>): OwnedFiles {
  const algorithm = algorithms.get(header.number(tags.digestAlgorithm) ?? 1);
  const next = pathsOf(header);
  const nextDigest = header.texts(tags.fileDigests);
  const paths: string[] = [];
  const digests: string[] = [];
  for (let index = 0; ; index += 1) {
    const path = next();
    if (path === undefined) break;
    const digest = nextDigest() ?? '';
    const isOwn = algorithm?.digits === digest.length && isUnchanged(header, index);
    if (!room.hasRoomFor(path, isOwn ? digest : '')) break;
    if (path === '') continue;
    paths.push(path);
    digests.push(isOwn ? digest.toLowerCase() : '');
  }
  return algorithm ? { owner, paths, digests, algorithm: algorithm.name } : { owner, paths };
}

function isUnchanged(header: RpmHeader, index: number): boolean {
  const flags = header.number(tags.fileFlags, index) ?? 0;
  const state = header.number(tags.fileStates, index) ?? stateNormal;
  return (flags & (fileFlags.configuration | fileFlags.ghost)) === 0 && state === stateNormal;
}

/** One path after the other, without its leading slash; '' for one that cannot be. Packages before rpm 4 have whole paths. */
function pathsOf(header: RpmHeader): () => string | undefined {
  const nextName = header.texts(header.count(tags.baseNames) > 0 ? tags.baseNames : tags.oldFileNames);
  if (header.count(tags.baseNames) === 0) {
    return () => {
      const path = nextName();
      if (path === undefined) return undefined;
      return path.startsWith('/') ? path.slice(1) : '';
    };
  }
  const folders = foldersOf(header);
  let index = 0;
  return function next() {
    const name = nextName();
    if (name === undefined) return undefined;
    const folder = folders[header.number(tags.folderIndexes, index) ?? -1];
    index += 1;
    return name === '' || folder === undefined || folder.length + name.length > longestPath ? '' : folder + name;
  };
}

/** Folders without their leading slash and with that at their end; undefined for what is none. */
function foldersOf(header: RpmHeader): (string | undefined)[] {
  const nextFolder = header.texts(tags.folderNames);
  const most = Math.min(header.count(tags.baseNames), mostFiles);
  const folders: (string | undefined)[] = [];
  while (folders.length < most) {
    const folder = nextFolder();
    if (folder === undefined) break;
    folders.push(folder.startsWith('/') ? folder.slice(1) : undefined);
  }
  return folders;
}
