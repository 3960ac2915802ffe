import { statSync } from 'node:fs';
import { PlimsollError } from '../model/error.ts';
import type { OpenedContent } from '../model/file-tree.ts';
import type { Text } from '../model/text.ts';
import type { FeedFile } from './feed-file.ts';
import type { FeedFiles } from './feed-files.ts';
import { exportName, feedKindOf } from './feed-kind.ts';
import type { FeedPart } from './feed-part.ts';
import { feedPartKind, partsOf } from './feed-parts.ts';
import { feedProblems } from './feed-problems.ts';
import { problemWords } from './feed-problem-words.ts';
import { codeOf, openFileContent } from './file-content.ts';
import { filePart } from './file-part.ts';

/** A file that was fetched. */
export interface DownloadedFeed {
  /** Its folder, where it is in one, and its name: they say what it is. */
  readonly path: readonly string[];
  readonly file: string;
  /** The address that it is from. */
  readonly origin: string;
}

/**
 * Feeds in files that were fetched, each known by its address. Files are opened when they are wanted, and stay open until `close`.
 *
 * @param root of all files, for what is said of many
 */
export function readDownloadedFeeds(feeds: readonly DownloadedFeed[], root: string): FeedFiles {
  const opened: OpenedContent[] = [];
  const problems = feedProblems(root);
  const close = () => {
    for (const content of opened) content.close();
  };
  try {
    const files = feeds.map((feed) => feedFile(feed, opened));
    const listing = { origin: root, files, folders: [], strayRecords: 0, close };
    return { parts: partsOf(listing, 'all', problems), problems: problems.all(), close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * Why a file is not the feed that its place says; nothing where it is. The table of an archive, a catalogue, or all of a compressed
 * list is read.
 */
export async function faultOfFeed(feed: DownloadedFeed): Promise<Text | undefined> {
  const opened: OpenedContent[] = [];
  try {
    const kind = feedPartKind(feedKindOf(feed.path.at(-1) ?? ''));
    if (kind === undefined) return problemWords.unknown.reason('');
    const part = filePart(feedFile(feed, opened), kind, exportName(feed.path, 'all'));
    if ('problem' in part) return problemWords[part.problem].reason(part.detail ?? '');
    return 'lines' in part && !(await hasLines(part)) ? noLines : undefined;
  } catch (error) {
    if (error instanceof PlimsollError) return error.text;
    throw error;
  } finally {
    for (const content of opened) content.close();
  }
}

const noLines: Text = { en: 'none of its lines is as it must be', zh: '没有一行符合格式' };

/** Reads to the end: what a compressed file gave is not to be believed before. */
async function hasLines(part: Extract<FeedPart, { readonly lines: unknown }>): Promise<boolean> {
  let count = 0;
  for await (const _ of part.lines()) count += 1;
  return count > 0;
}

function feedFile({ path, file, origin }: DownloadedFeed, opened: OpenedContent[]): FeedFile {
  let content: OpenedContent | undefined;
  return {
    path,
    origin,
    size: statSync(file, { throwIfNoEntry: false })?.size ?? 0,
    open() {
      try {
        content ??= openFileContent(file);
        if (!opened.includes(content)) opened.push(content);
        return { content };
      } catch (error) {
        return { problem: 'unreadable', detail: codeOf(error) };
      }
    },
  };
}
