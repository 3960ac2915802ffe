import type { CatalogerReading, FoundPackage, OwnedFiles } from './cataloger.ts';

/** What is kept of one file's reading, until all layers are put together and on disk. */
export interface KeptReading extends Omit<CatalogerReading, 'gaps' | 'owned'> {
  readonly owned?: readonly FileList[];
}

/**
 * Files that a package owns. An image has a hundred thousand of them: as one text for each package they take a third of the room that they
 * take one by one, and are written down ten times as fast.
 */
export interface FileList extends Pick<OwnedFiles, 'owner' | 'algorithm'> {
  /** Paths without a leading slash, one a line. */
  readonly paths: string;
  /** Digests of their contents, hexadecimal, in the same order; an empty line where there is none. */
  readonly digests?: string;
}

/** Bytes of a file; what is read of a smaller one may hold on to all of its text. */
const smallText = 16 * 1024;

/** @param size - bytes of the file that was read */
export function keptReading({ packages, owned, gaps: _gaps, ...reading }: CatalogerReading, size: number): KeptReading {
  return {
    ...reading,
    ...(packages ? { packages: size < smallText ? packages : packages.map(detached) } : {}),
    ...(owned ? { owned: owned.map(fileList) } : {}),
  };
}

/** The same in texts of its own: a part of a text keeps the whole text in memory. */
function detached(found: FoundPackage): FoundPackage {
  return JSON.parse(JSON.stringify(found)) as FoundPackage;
}

/** A name with a line feed in it cannot stand in a list of lines: that file is nobody's then. */
export function fileList({ paths, digests, ...owned }: OwnedFiles): FileList {
  const isListed = (_: string, index: number) => !paths[index]?.includes('\n');
  return {
    ...owned,
    paths: paths.filter(isListed).join('\n'),
    ...(digests ? { digests: digests.filter(isListed).join('\n') } : {}),
  };
}

/** Shows every path of a list with its digest, '' where there is none. */
export function eachFile({ paths, digests = '' }: FileList, show: (path: string, digest: string) => void): void {
  let digestStart = 0;
  for (let start = 0; start < paths.length;) {
    const end = lineEnd(paths, start);
    const digestEnd = lineEnd(digests, digestStart);
    show(paths.slice(start, end), digests.slice(digestStart, digestEnd));
    start = end + 1;
    digestStart = digestEnd + 1;
  }
}

function lineEnd(text: string, start: number): number {
  const feed = text.indexOf('\n', start);
  return feed < 0 ? text.length : feed;
}
