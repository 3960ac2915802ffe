import { type Dirent, opendirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { OpenedContent } from '../model/file-tree.ts';
import type { FeedFile, FeedListing, FileOpening, RecordFolder } from './feed-file.ts';
import { ecosystemName, feedKindOf } from './feed-kind.ts';
import type { FeedProblems } from './feed-problems.ts';
import { codeOf, openFileContent } from './file-content.ts';
import { folderPart, type RecordFile } from './folder-records.ts';

/** Of one ecosystem that are files of their own, and of other files in all folders together. */
const mostFiles = 10_000;
/** Names that are looked at, whatever they are. */
const mostNames = 2_000_000;

/**
 * What lies in a folder and in the folders in it. Links are followed as long as they stay inside. Files are opened when they
 * are wanted, and stay open until `close`.
 *
 * @throws the file system's error where the folder cannot be read
 */
export function listFolder(root: string, problems: FeedProblems): FeedListing {
  const inside = `${realpathSync(root)}${sep}`.replace(/[\\/]{2,}$/, sep);
  const files: FeedFile[] = [];
  const folders: RecordFolder[] = [];
  const opened: OpenedContent[] = [];
  let isClosed = false;
  let names = 0;
  let isFull = false;
  let strayRecords = 0;

  const subfolders = listOne([]);
  for (const name of subfolders) {
    try {
      for (const deeper of listOne([name])) problems.add(join(root, name, deeper), 'too-deep');
    } catch (error) {
      problems.add(join(root, name), 'unreadable', codeOf(error));
    }
  }
  return { origin: root, files, folders, strayRecords, close };

  /** Takes the files of a folder; answers with the folders in it. */
  function listOne(path: readonly string[]): readonly string[] {
    const found: string[] = [];
    const records: RecordFile[] = [];
    let recordCount = 0;
    for (const entry of sortedEntries(join(root, ...path))) {
      const origin = join(root, ...path, entry.name);
      const isRecord = feedKindOf(entry.name) === 'record';
      // Nothing is asked about those that are too many.
      if (isRecord) recordCount += 1;
      if (isRecord && recordCount > mostFiles) continue;
      const place = placeOf(origin, entry);
      if (place === undefined) continue;
      if (place.isFolder) found.push(entry.name);
      else if (isRecord) records.push({ name: entry.name, path: place.path, size: place.size });
      else take({ path: [...path, entry.name], origin, size: place.size }, place.path);
    }
    const [folder] = path;
    if (folder === undefined) strayRecords = recordCount;
    else if (recordCount > mostFiles) problems.add(join(root, ...path), 'too-many-records', String(mostFiles));
    else if (records.length > 0) folders.push(recordFolder(folder, records));
    return found;
  }

  function sortedEntries(folder: string): readonly Dirent[] {
    using entries = opendirSync(folder);
    const all: Dirent[] = [];
    for (let entry = entries.readSync(); entry; entry = entries.readSync()) {
      names += 1;
      if (names > mostNames) {
        full(mostNames);
        break;
      }
      all.push(entry);
    }
    return all.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  }

  function full(most: number): void {
    if (!isFull) problems.add(root, 'too-many-files', String(most));
    isFull = true;
  }

  /** Where a file or a folder really is; nothing where it is neither, or not inside. */
  function placeOf(origin: string, entry: Dirent) {
    try {
      const path = entry.isSymbolicLink() ? realpathSync(origin) : origin;
      const stats = statSync(path);
      if (entry.isSymbolicLink() && !path.startsWith(inside)) problems.add(origin, 'leads-out');
      else if (!stats.isDirectory() && !stats.isFile()) problems.add(origin, 'special');
      else return { path, size: stats.size, isFolder: stats.isDirectory() };
    } catch (error) {
      problems.add(origin, 'unreadable', codeOf(error));
    }
    return undefined;
  }

  function take(file: Omit<FeedFile, 'open'>, path: string): void {
    if (files.length === mostFiles) return full(mostFiles);
    let content: OpenedContent | undefined;
    files.push({ ...file, open });

    function open(): FileOpening {
      if (content) return { content };
      try {
        content = openFileContent(path);
      } catch (error) {
        return { problem: 'unreadable', detail: codeOf(error) };
      }
      opened.push(content);
      return { content };
    }
  }

  function recordFolder(folder: string, records: readonly RecordFile[]): RecordFolder {
    const name = ecosystemName(folder);
    const origin = join(root, folder);
    const bytes = records.reduce((sum, { size }) => sum + size, 0);
    return { name, origin, bytes, part: () => folderPart({ name, origin }, records, () => isClosed) };
  }

  function close(): void {
    isClosed = true;
    for (const content of opened) content.close();
  }
}
