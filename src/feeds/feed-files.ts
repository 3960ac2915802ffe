import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { PlimsollError } from '../model/error.ts';
import type { UnreadableFact } from '../model/fact.ts';
import { listArchive } from './archive-listing.ts';
import { exportName } from './feed-kind.ts';
import type { FeedPart } from './feed-part.ts';
import { hasFeeds, partsOf } from './feed-parts.ts';
import { feedError, feedProblems, nothingError } from './feed-problems.ts';
import { codeOf, openFileContent } from './file-content.ts';
import { filePart } from './file-part.ts';
import { listFolder } from './folder-listing.ts';

/** Feeds as they lie in files. */
export interface FeedFiles {
  /** Exports of ecosystems first, at most one of each; then the rest, in the order of names. */
  readonly parts: readonly FeedPart[];
  /** What was left out, and why. */
  readonly problems: readonly UnreadableFact[];
  /** Ends all reading: whoever goes on asking a part is given an error. */
  readonly close: () => void;
}

/**
 * Finds feeds in a folder, or in a zip archive: osv.dev's exports (`Debian.zip`, `Debian/all.zip`, `Debian/*.json`; also `all.zip` with
 * records of many ecosystems), `kev.json` or `known_exploited_vulnerabilities.json`, `epss*.csv`, `cve-meta.jsonl` and `*-status.jsonl`,
 * the last three also with `.gz`. A zip archive may be an export itself instead.
 *
 * Reads the tables of archives, and every file once for its digest; records and lines are read when they are asked for. An
 * export that could only be read in part is left out: what it does not name would count as withdrawn.
 *
 * @throws PlimsollError where the path is not there, or nothing at it is a feed
 */
export function readFeedFiles(path: string): FeedFiles {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return readFolder(path);
    if (stats.isFile()) return readArchive(path);
  } catch (error) {
    if (error instanceof PlimsollError) throw error;
    const code = codeOf(error);
    throw code === 'ENOENT' || code === 'ENOTDIR' ? feedError(path, 'missing') : feedError(path, 'unreadable', code);
  }
  throw feedError(path, 'no-place');
}

function readFolder(path: string): FeedFiles {
  const problems = feedProblems(path);
  const listing = listFolder(path, problems);
  const close = () => listing.close();
  return found(path, close, () => ({
    parts: partsOf(listing, basename(realpathSync(path)), problems),
    problems: problems.all(),
  }));
}

function readArchive(path: string): FeedFiles {
  const archive = openFileContent(realpathSync(path));
  return found(path, archive.close, () => {
    const problems = feedProblems(path);
    const listing = listArchive(archive, path, problems);
    if (typeof listing === 'string') {
      const isNone = listing === 'no-archive' && archive.read(0, 2).toString('latin1') !== 'PK';
      throw feedError(path, isNone ? 'no-place' : listing);
    }
    const whole = resolve(path);
    const name = exportName([basename(whole)], basename(dirname(whole)));
    if (hasFeeds(listing) || listing.strayRecords === 0) {
      return { parts: partsOf(listing, name, problems), problems: problems.all() };
    }
    const file = { path: [path], origin: path, size: archive.size, open: () => ({ content: archive }) };
    const part = filePart(file, 'advisories', name);
    if ('problem' in part) throw feedError(path, part.problem, part.detail);
    return { parts: [part], problems: [] };
  });
}

function found(path: string, close: () => void, read: () => Omit<FeedFiles, 'close'>): FeedFiles {
  try {
    const { parts, problems } = read();
    if (parts.length > 0) return { parts, problems, close };
    throw nothingError(path, problems);
  } catch (error) {
    close();
    throw error;
  }
}
