import { crc32 } from 'node:zlib';
import type { FileContent } from '../model/file-tree.ts';
import { entryContent, type EntryProblem } from '../syntax/zip/entry-content.ts';
import type { ZipEntry } from '../syntax/zip/directory.ts';
import type { FeedRecord } from './feed-part.ts';
import { entryChecksum } from './entry-checksum.ts';
import { feedKindOf } from './feed-kind.ts';
import { changedMeanwhile } from './file-content.ts';
import { readJson } from './read-json.ts';
import { filesOf, leadsOut, mostEntries, type TableFault, visitFiles } from './zip-table.ts';

export interface RecordLimits {
  readonly entries: number;
  /** Bytes of one record. */
  readonly record: number;
  /** Bytes of all records. */
  readonly all: number;
}

export const usualRecordLimits: RecordLimits = { entries: mostEntries, record: 16 * 1024 ** 2, all: 8 * 1024 ** 3 };

/** What an archive of records has, as its table says. */
export interface RecordSurvey {
  /** Entries but folders. */
  readonly files: number;
  readonly records: number;
  /** Bytes of them. */
  readonly bytes: number;
  /** How many entries are archives themselves. */
  readonly archives: number;
}

/** Looks at the table only: what `zipRecords` will not begin with is found here. */
export function surveyRecords(
  archive: FileContent,
  limits = usualRecordLimits,
): RecordSurvey | TableFault | 'too-large' {
  const survey = { files: 0, records: 0, bytes: 0, archives: 0 };
  let work = 0;
  const fault = visitFiles(
    archive,
    ({ name, size, compressedSize }) => {
      survey.files += 1;
      if (isRecord(name)) {
        survey.records += 1;
        survey.bytes += size;
        work += Math.max(size, compressedSize);
      } else if (isArchive(name)) survey.archives += 1;
    },
    limits.entries,
  );
  return fault ?? (work > limits.all ? 'too-large' : survey);
}

/**
 * The records of an archive in the order of its table, each read when it is asked for. What is wrong with one is said of that one: it is
 * damaged, encrypted, too large, there twice (the first counts), no JSON. Files that are no records are told as such: an export has
 * nothing else, and a name may be damaged too.
 *
 * @param origin - of the archive, for the error
 * @param folder - only the records that lie in it; with a slash at its end
 * @throws PlimsollError where the archive is not, or not any more, as `surveyRecords` wants it
 */
export function* zipRecords(
  archive: FileContent,
  origin: string,
  { folder = '', limits = usualRecordLimits }: { readonly folder?: string; readonly limits?: RecordLimits } = {},
): Generator<FeedRecord, void> {
  const survey = surveyRecords(archive, limits);
  if (typeof survey === 'string') throw changedMeanwhile(origin);
  let files = 0;
  const seen = new Set<string>();
  for (const entry of filesOf(archive)) {
    files += 1;
    if (folder !== '' && !liesIn(folder, entry.name)) continue;
    const name = entry.name.slice(folder.length);
    const isAgain = seen.has(name);
    seen.add(name);
    const reading = isAgain
      ? { problem: 'its name is that of another file of the archive' }
      : readEntry(archive, entry, limits);
    yield 'value' in reading ? { name, value: reading.value } : { name, value: undefined, problem: reading.problem };
  }
  // A table that ends before would look as if the rest were withdrawn.
  if (files !== survey.files) throw changedMeanwhile(origin);
}

function isRecord(name: string): boolean {
  return /[^/]\.json$/i.test(name);
}

function liesIn(folder: string, name: string): boolean {
  if (!name.startsWith(folder)) return false;
  const file = name.slice(folder.length);
  return !file.includes('/') && feedKindOf(file) === 'record';
}

function isArchive(name: string): boolean {
  return /\.zip$/i.test(name);
}

function readEntry(archive: FileContent, entry: ZipEntry, limits: RecordLimits) {
  if (isArchive(entry.name)) return { problem: 'it is an archive inside of an archive of records' };
  if (!isRecord(entry.name)) return { problem: 'it is no record: its name does not end with .json' };
  if (leadsOut(entry.name)) return { problem: 'its name leads out of the archive' };
  if (Math.max(entry.size, entry.compressedSize) > limits.record) return { problem: problemWords['too-large'] };
  const { content, problem } = entryContent(archive, entry, limits.record);
  if (!content) return { problem: problemWords[problem ?? 'damaged'] };
  // What was stored lies in the archive, where the next reading may write over it.
  const bytes = entry.method === 0 ? Buffer.from(content.read(0, content.size)) : content.read(0, content.size);
  const checksum = entryChecksum(archive, entry);
  if (bytes.length !== entry.size || (checksum !== undefined && crc32(bytes) !== checksum)) {
    return { problem: problemWords.damaged };
  }
  return readJson(bytes);
}

const problemWords: Readonly<Record<EntryProblem, string>> = {
  damaged: 'it is damaged',
  encrypted: 'it is encrypted',
  'too-large': 'it is too large',
  'unknown-compression': 'it is compressed in a way that is not read',
};
