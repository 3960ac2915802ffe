import type { FileContent } from '../model/file-tree.ts';
import type { AdvisoryPart } from './feed-part.ts';
import type { FeedProblemKind } from './feed-problem-words.ts';

/** A file that may be a feed, in a folder or in an archive. */
export interface FeedFile {
  /** Its folder, where it is in one, and its name. */
  readonly path: readonly string[];
  readonly origin: string;
  /** Bytes, as whoever holds it says. */
  readonly size: number;
  /** May be called again: nothing of it is kept in memory between. */
  readonly open: () => FileOpening;
}

export type FileOpening =
  | {
      readonly content: FileContent;
      /** CRC-32 that it must have, where that is known. */
      readonly checksum?: number;
    }
  | FileProblem;

export interface FileProblem {
  readonly problem: FeedProblemKind;
  /** Of the file system: a code. */
  readonly detail?: string;
}

/** Records of one ecosystem that are no archive of their own. */
export interface RecordFolder {
  readonly name: string;
  readonly origin: string;
  /** Bytes of the records. */
  readonly bytes: number;
  readonly part: () => AdvisoryPart;
}

/** What lies in a folder or an archive. */
export interface FeedListing {
  /** Of the folder or archive. */
  readonly origin: string;
  readonly files: readonly FeedFile[];
  readonly folders: readonly RecordFolder[];
  /** How many files are records by their name and lie in no folder. */
  readonly strayRecords: number;
  readonly close: () => void;
}
