import type { FileContent } from '../model/file-tree.ts';
import type { ZipEntry } from '../syntax/zip/directory.ts';
import { entryContent } from '../syntax/zip/entry-content.ts';
import { entryChecksum } from './entry-checksum.ts';
import type { FeedFile, FeedListing, FileOpening, RecordFolder } from './feed-file.ts';
import { ecosystemName, feedKindOf } from './feed-kind.ts';
import type { AdvisoryPart } from './feed-part.ts';
import type { FeedProblems } from './feed-problems.ts';
import { sumsOf } from './file-content.ts';
import { zipRecords } from './zip-records.ts';
import { leadsOut, type TableFault, visitFiles } from './zip-table.ts';

/** Files but records, and folders of records. */
const mostFiles = 10_000;
const mostFolders = 300;
/** Bytes of a file that is compressed in the archive, and so has to be held in memory. */
const largestInflated = 256 * 1024 ** 2;

/**
 * What lies in a zip archive and in the folders in it. What was stored is read where it is; what was compressed is unpacked file by
 * file, in memory, whenever it is wanted.
 *
 * @param origin - of the archive
 */
export function listArchive(archive: FileContent, origin: string, problems: FeedProblems): FeedListing | TableFault {
  const files: FeedFile[] = [];
  const names = new Set<string>();
  const records = new Map<string, { count: number; bytes: number }>();
  let strayRecords = 0;
  let isFull = false;
  let digest: string | undefined;
  const fault = visitFiles(archive, (entry) => {
    const path = entry.name.replace(/^(?:\.\/)+/, '').split('/');
    const kind = feedKindOf(path.at(-1) ?? '');
    if (kind === 'record' && path.length === 1) strayRecords += 1;
    else if (kind === 'record' && path.length === 2 && !leadsOut(entry.name)) addRecord(entry);
    else addFile(entry, path);
  });
  if (fault) return fault;
  return { origin, files, folders: [...records].map(recordFolder), strayRecords, close: () => {} };

  function addFile(entry: ZipEntry, path: readonly string[]): void {
    const name = `${origin}!/${path.join('/')}`;
    if (leadsOut(entry.name)) problems.add(name, 'leads-out');
    else if (path.length > 2) problems.add(name, 'too-deep');
    else if (names.has(path.join('/'))) problems.add(name, 'twice');
    else if (files.length === mostFiles) full(mostFiles);
    else {
      names.add(path.join('/'));
      files.push({ path, origin: name, size: entry.size, open: () => openEntry(archive, entry) });
    }
  }

  function addRecord({ name, size, compressedSize }: ZipEntry): void {
    const folder = name.slice(0, name.lastIndexOf('/') + 1);
    const known = records.get(folder);
    const bytes = Math.max(size, compressedSize);
    if (known) {
      known.count += 1;
      known.bytes += bytes;
    } else if (records.size < mostFolders) records.set(folder, { count: 1, bytes });
    else full(mostFolders);
  }

  function full(most: number): void {
    if (!isFull) problems.add(origin, 'too-many-files', String(most));
    isFull = true;
  }

  function recordFolder([folder, { bytes }]: readonly [string, { readonly bytes: number }]): RecordFolder {
    const name = ecosystemName(folder.replace(/^(?:\.\/)+/, '').slice(0, -1));
    const place = `${origin}!/${folder}`;
    return { name, origin: place, bytes, part };

    function part(): AdvisoryPart {
      digest ??= sumsOf(archive, origin).digest;
      return {
        kind: 'advisories',
        name,
        origin: place,
        digest,
        bytes,
        records: () => zipRecords(archive, origin, { folder }),
      };
    }
  }
}

function openEntry(archive: FileContent, entry: ZipEntry): FileOpening {
  const { content, problem } = entryContent(archive, entry, largestInflated);
  if (!content) return { problem: problem ?? 'damaged' };
  if (content.size !== entry.size) return { problem: 'damaged' };
  const checksum = entryChecksum(archive, entry);
  return { content, ...(checksum === undefined ? {} : { checksum }) };
}
