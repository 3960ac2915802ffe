import type { FeedFile, FeedListing, FileProblem, RecordFolder } from './feed-file.ts';
import { exportName, type FeedKind, feedKindOf } from './feed-kind.ts';
import type { AdvisoryPart, FeedPart } from './feed-part.ts';
import type { FeedProblems } from './feed-problems.ts';
import { filePart } from './file-part.ts';
import { codeOf } from './file-content.ts';

/** Bytes of all files together: each is read for its digest. */
const mostBytes = 8 * 1024 ** 3;

/** What each kind of file becomes. */
const partKinds: Partial<Readonly<Record<FeedKind, FeedPart['kind']>>> = {
  export: 'advisories',
  exploited: 'exploited',
  epss: 'epss',
  cve: 'cve',
  status: 'status',
};

/** What a kind of file becomes; nothing where it is none of a feed. */
export function feedPartKind(kind: FeedKind): FeedPart['kind'] | undefined {
  return partKinds[kind];
}

/** Whether there is anything in a listing that looks like a feed. */
export function hasFeeds({ files, folders }: FeedListing): boolean {
  return folders.length > 0 || files.some(({ path }) => partKinds[feedKindOf(path.at(-1) ?? '')] !== undefined);
}

/**
 * Makes parts of what lies in a folder or an archive: exports first, those that lie higher before those in folders, folders of records
 * last. The first export of an ecosystem counts, as a second one would count as what is left of the first.
 *
 * @param root - the name of the folder or archive
 */
export function partsOf(listing: FeedListing, root: string, problems: FeedProblems): readonly FeedPart[] {
  const exports = new Map<string, AdvisoryPart>();
  const others: FeedPart[] = [];
  let bytes = 0;
  if (listing.strayRecords > 0) problems.add(listing.origin, 'stray-records', String(listing.strayRecords));
  for (const file of listing.files.toSorted(byPlace)) {
    const kind = feedKindOf(file.path.at(-1) ?? '');
    const partKind = partKinds[kind];
    if (partKind !== undefined) takeFile(file, partKind);
    else if (kind !== 'ignored') problems.add(file.origin, 'unknown');
  }
  for (const folder of listing.folders.toSorted((left, right) => (left.name < right.name ? -1 : 1))) takeFolder(folder);
  return [...exports.values(), ...others];

  function takeFile(file: FeedFile, kind: FeedPart['kind']): void {
    const name = kind === 'advisories' ? exportName(file.path, root) : kind;
    if (kind === 'advisories' && isKnown(name, file.origin)) return;
    if (!hasRoomFor(file)) return;
    const part = filePart(file, kind, name);
    if ('problem' in part) problems.add(file.origin, part.problem, part.detail);
    else if (part.kind === 'advisories') exports.set(name, part);
    else others.push(part);
  }

  function takeFolder(folder: RecordFolder): void {
    if (isKnown(folder.name, folder.origin) || !hasRoomFor({ origin: folder.origin, size: folder.bytes })) return;
    const part = folderOrProblem(folder);
    if ('problem' in part) problems.add(folder.origin, part.problem, part.detail);
    else exports.set(folder.name, part);
  }

  function isKnown(name: string, origin: string): boolean {
    const known = exports.get(name);
    if (known) problems.add(origin, 'same-ecosystem', known.origin);
    return known !== undefined;
  }

  function hasRoomFor({ origin, size }: Pick<FeedFile, 'origin' | 'size'>): boolean {
    bytes += size;
    if (bytes > mostBytes) problems.add(origin, 'too-large-in-all', `${mostBytes / 1024 ** 3} GiB`);
    return bytes <= mostBytes;
  }
}

function folderOrProblem(folder: RecordFolder): AdvisoryPart | FileProblem {
  try {
    return folder.part();
  } catch (error) {
    return { problem: 'unreadable', detail: codeOf(error) };
  }
}

function byPlace(left: FeedFile, right: FeedFile): number {
  return left.path.length - right.path.length || (left.path.join('/') < right.path.join('/') ? -1 : 1);
}
