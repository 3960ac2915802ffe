import type { Subject } from '../../model/control.ts';
import type { Location } from '../../model/location.ts';
import { type LineIndex, lineIndex, type Position } from '../../model/source-text.ts';
import type { Text } from '../../model/text.ts';

/** A file's text, under the name that the user knows it by. */
export interface WrittenFile {
  /** As the user named it, or relative to the working directory; `-` for standard input. */
  readonly name: string;
  /** Without a byte-order mark. */
  readonly text: string;
  /** The byte-order mark in front of it, or nothing. */
  readonly mark: string;
  readonly lines: LineIndex;
}

/** What is wrong with a file itself, apart from what controls say of it. */
export interface FileProblem {
  readonly file: string;
  /** An `error` keeps something from being judged, a `notice` does not. */
  readonly kind: 'error' | 'notice';
  readonly reason: Text;
  /** What to do about it. */
  readonly need: Text;
  /** Counted from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** What one dialect makes of what was written. */
export interface Reading {
  readonly subjects: readonly Subject[];
  readonly problems: readonly FileProblem[];
}

/** Wraps a text, and takes a byte-order mark away. */
export function writtenFile(name: string, text: string): WrittenFile {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const plain = text.slice(mark.length);
  return { name, text: plain, mark, lines: lineIndex(plain) };
}

/** The place of an offset; `path` says which field stands there, in the dialect's own words. */
export function locationAt({ name, lines }: WrittenFile, offset: number, path: string): Location {
  return { source: 'file', path, file: name, ...lines.positionAt(offset) };
}

/**
 * The same of an offset that takes time to find: it is looked for when somebody asks for the line. Most places are
 * only kept as evidence, and nobody does.
 */
export function lateLocationAt({ name, lines }: WrittenFile, path: string, offset: () => number): Location {
  let position: Position | undefined;
  const find = () => (position ??= lines.positionAt(offset()));
  return {
    source: 'file',
    path,
    file: name,
    get line() {
      return find().line;
    },
    get column() {
      return find().column;
    },
  };
}
