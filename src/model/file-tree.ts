import type { UnreadableFact } from './fact.ts';

/**
 * One entry of a layer or a folder. A hard link is an entry of its own only where the source says so (tar); a folder on
 * disk shows each of its names as a file.
 */
export interface FileEntry {
  /** Inside the root, without a leading slash, without `.` and `..`: `usr/bin/env`. */
  readonly path: string;
  readonly kind: FileKind;
  /** Permission bits with setuid, setgid and sticky: `0o4755`. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of content; 0 for all but files. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Of a link: where it leads, as written; of a hard link the other path, in the form of `path`. */
  readonly target?: string;
  /** The extended attribute `security.capability`, as lower-case hexadecimal digits. */
  readonly capability?: string;
}

export type FileKind = 'file' | 'folder' | 'symbolic-link' | 'hard-link' | 'device' | 'pipe' | 'socket';

/** The bytes of one file. Only to be read while the visitor that was handed it has not returned. */
export interface FileContent {
  /** Bytes. */
  readonly size: number;
  /**
   * Up to `length` bytes from `offset`, fewer at the end. The buffer may be written over by the next `read`: whoever
   * keeps bytes copies them.
   *
   * @throws the file system's error
   */
  readonly read: (offset: number, length: number) => Buffer;
}

/** What a visitor wants of a file: nothing, its first bytes and to be asked again, or its content. */
export type Interest = 'skip' | 'peek' | 'read';

/** Bytes that `peek` shows, fewer of a smaller file. */
export const peekLength = 4096;

/** Whoever looks through a layer. Nothing that it does may wait: the layer may be a stream. */
export interface LayerVisitor {
  /** Told of every entry but whiteouts; the answer counts for files only. */
  readonly entry: (entry: FileEntry) => Interest;
  /** Asked after `peek`: whether the content is wanted. */
  readonly head: (entry: FileEntry, head: Buffer) => boolean;
  /** Handed the content of a file that was wanted. */
  readonly content: (entry: FileEntry, content: FileContent) => void;
  /** A whiteout: this path of the layers below is gone. Without a leading slash. */
  readonly removed: (path: string) => void;
  /** This folder hides all that the layers below have in it; the root is ''. */
  readonly opaque: (path: string) => void;
  /** Something was not read: an entry, the rest of the layer. */
  readonly gap: (gap: UnreadableFact) => void;
}

/** One layer, or one folder, as a source of entries. */
export interface LayerSource {
  /**
   * Shows every entry once, in the order of the source: in a tar a later entry of the same path replaces an earlier one. May be called
   * again. What is damaged or hostile ends as a gap; only what makes the whole target unreadable is thrown.
   *
   * @throws PlimsollError
   */
  readonly read: (visitor: LayerVisitor) => Promise<void>;
  /**
   * The content of a file that `read` showed, where it can be had without reading the layer again. Symbolic links are not
   * followed; a hard link is the file that stood at its target when it was made. It must be closed.
   */
  readonly open?: (path: string) => OpenedContent | undefined;
}

export interface OpenedContent extends FileContent {
  readonly close: () => void;
}
