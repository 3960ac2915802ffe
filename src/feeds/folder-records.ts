import { createHash } from 'node:crypto';
import type { OpenedContent } from '../model/file-tree.ts';
import type { AdvisoryPart, FeedRecord } from './feed-part.ts';
import { changedMeanwhile, openFileContent, sumsOf } from './file-content.ts';
import { readJson } from './read-json.ts';
import { usualRecordLimits } from './zip-records.ts';

/** A record that is a file of its own. */
export interface RecordFile {
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Records of a folder as one part, in the order that they are given in. Its digest is that of the list that `sha256sum *.json` prints.
 *
 * @param isClosed - whether nothing is to be read any more
 * @throws PlimsollError, and the file system's error, for a file that cannot be read now
 */
export function folderPart(
  { name, origin }: { readonly name: string; readonly origin: string },
  files: readonly RecordFile[],
  isClosed: () => boolean,
): AdvisoryPart {
  const hash = createHash('sha256');
  for (const { name: file, path } of files) {
    const content = openFileContent(path);
    try {
      hash.update(`${sumsOf(content, path).digest}  ${file}\n`);
    } finally {
      content.close();
    }
  }
  return {
    kind: 'advisories',
    name,
    origin,
    digest: hash.digest('hex'),
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    records,
  };

  function* records(): Generator<FeedRecord, void> {
    for (const file of files) {
      if (isClosed()) throw new Error(`${origin} was closed`);
      yield recordOf(file);
    }
  }
}

function recordOf({ name, path }: RecordFile): FeedRecord {
  const content = openedAgain(path);
  try {
    if (content.size > usualRecordLimits.record) return { name, value: undefined, problem: 'it is too large' };
    const reading = readJson(content.read(0, content.size));
    return 'value' in reading ? { name, value: reading.value } : { name, value: undefined, problem: reading.problem };
  } finally {
    content.close();
  }
}

function openedAgain(path: string): OpenedContent {
  try {
    return openFileContent(path);
  } catch {
    throw changedMeanwhile(path);
  }
}
