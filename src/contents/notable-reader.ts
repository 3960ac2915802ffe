import type { FileEntry } from '../model/file-tree.ts';
import type { NotableKind } from '../model/notable-file.ts';
import type { CatalogedFile } from './cataloger.ts';

/** Tells of one sort of files that an image should not hold, or that say something of it. One a file, as catalogers are. */
export interface NotableReader {
  /** The name of its file. */
  readonly id: string;
  /** Every entry, of any kind. Asked a hundred thousand times: what most files are must be decided at once. */
  readonly entry?: (entry: FileEntry) => NotableNote | undefined;
  /** Files whose content is looked at; written as `Cataloger.globs`. */
  readonly globs?: readonly string[];
  /** Bytes; what is larger is not looked at, since such a file is never so large. */
  readonly limit?: number;
  readonly read?: (file: CatalogedFile) => readonly NotableNote[];
}

export interface NotableNote {
  readonly kind: NotableKind;
  /** In words of the file itself; never a secret. */
  readonly detail: string;
  /**
   * The folder that stands for the entry: of a layer's entries with the same kind, detail and folder one is told, with all
   * their bytes. Only counts for what `entry` says.
   */
  readonly folder?: string;
}

/** Checks the shape of one reader. */
export function defineNotable(reader: NotableReader): NotableReader {
  return reader;
}
