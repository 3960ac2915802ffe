import type { FileContent, FileEntry } from '../model/file-tree.ts';
import type { Distribution } from '../model/image-contents.ts';
import type { PackageType, SourcePackage } from '../model/package.ts';
import type { Text } from '../model/text.ts';

/** Reads the packages that one kind of file tells of. A pure function of the file's bytes. */
export interface Cataloger {
  /** The name of its file; names it in reports and in what is kept. */
  readonly id: string;
  /** Raised whenever it says something else of the same bytes: what was kept of an older one is then read again. */
  readonly version: number;
  /** What it reads, for the documentation. */
  readonly reads: Text;
  /**
   * Paths without a leading slash. `**` stands for any number of folders, mostly at the beginning, `*` for any characters but `/`. The last
   * part is a name, or `*` and an ending.
   */
  readonly globs: readonly string[];
  /** It also reads programs and libraries: files that begin as an ELF, PE or Mach-O file does. */
  readonly binaries?: true;
  /** Bytes; what is larger is left out and said so. Absent: `usualLimit`; only a cataloger that reads piece by piece may have more. */
  readonly limit?: number;
  /**
   * @throws CatalogerError for what is not as it must be; anything else is a fault in the cataloger, reported as such
   */
  readonly read: (file: CatalogedFile) => CatalogerReading;
}

export const usualLimit = 64 * 1024 ** 2;

/** One file, handed to a cataloger. */
export interface CatalogedFile {
  /** Without a leading slash. */
  readonly path: string;
  readonly entry: FileEntry;
  readonly content: FileContent;
  /** All of it; only for a cataloger with the usual limit. */
  readonly bytes: () => Buffer;
  /** All of it as UTF-8; what is none stands there as U+FFFD. */
  readonly text: () => string;
  /** Another file of the same folder and layer, by its name, where it can be had: not in a layer that is streamed. */
  readonly beside?: (name: string) => FileContent | undefined;
}

export interface CatalogerReading {
  readonly packages?: readonly FoundPackage[];
  /** Files that packages own. */
  readonly owned?: readonly OwnedFiles[];
  readonly distribution?: Distribution;
  /** Where files of other packages were put, so that a package's own could take their place. */
  readonly diversions?: readonly Diversion[];
  /** Parts that were not understood: an entry without a version, a nested archive that is too deep. */
  readonly gaps?: readonly ReadingGap[];
}

/** A package as one file tells of it; the distribution is filled in where all layers are put together. */
export interface FoundPackage {
  readonly type: PackageType;
  /** npm's scope with its `@`, Maven's group, the path of a Go module; absent for packages of an operating system. */
  readonly namespace?: string;
  readonly name: string;
  /** As its own package manager writes it; '' where nothing tells it. */
  readonly version: string;
  /** More of the purl: `arch`, `epoch`, `classifier`. */
  readonly qualifiers?: Readonly<Record<string, string>>;
  readonly architecture?: string;
  readonly source?: SourcePackage;
  readonly modularity?: string;
  readonly vendor?: string;
  readonly licenses?: readonly string[];
  /** Absent: installed. */
  readonly state?: 'declared';
  readonly development?: true;
  /** Inside of an archive: what follows the file's path, `!/BOOT-INF/lib/a.jar`. */
  readonly within?: string;
  /** What `OwnedFiles` calls it. */
  readonly id?: string;
}

export interface OwnedFiles {
  /** The `id` of the package, which another file of the same cataloger may have brought. */
  readonly owner: string;
  /** Without a leading slash. */
  readonly paths: readonly string[];
  /** Digests of the paths' contents in the same order, hexadecimal; '' where there is none. */
  readonly digests?: readonly string[];
  readonly algorithm?: 'md5' | 'sha1' | 'sha256' | 'sha512';
}

/** `dpkg-divert`. Paths without a leading slash. */
export interface Diversion {
  readonly from: string;
  readonly to: string;
  /** The package whose own file stays at `from`, by name; absent: the administrator's, which is no package's. */
  readonly by?: string;
}

export interface ReadingGap {
  readonly reason: Text;
  readonly need: Text;
  /** Inside of the file. */
  readonly within?: string;
}

/** The file is not as it must be. */
export class CatalogerError extends Error {
  readonly reason: Text;

  constructor(reason: Text) {
    super(reason.en);
    this.name = 'CatalogerError';
    this.reason = reason;
  }
}

/** Checks the shape of one cataloger. */
export function defineCataloger(cataloger: Cataloger): Cataloger {
  return cataloger;
}
