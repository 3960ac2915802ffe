import { unreadable, type UnreadableFact } from '../../model/fact.ts';
import type { FileEntry } from '../../model/file-tree.ts';
import type { NotableKind } from '../../model/notable-file.ts';
import { notableKey } from '../analysers.ts';
import type { CatalogedFile } from '../cataloger.ts';
import { attempt, isGap } from '../file-reader.ts';
import type { LayerObserver } from '../layer-observer.ts';
import type { FoundNotable, NotablePart } from '../layer-part.ts';
import { notableReaders } from '../notable/all.ts';
import type { NotableNote, NotableReader } from '../notable-reader.ts';
import { indexPaths } from '../path-index.ts';

const byPath = indexPaths(notableReaders.flatMap((each) => (each.globs ?? []).map((glob) => [glob, each] as const)));
const ofEntries = notableReaders.filter(({ entry }) => entry !== undefined);

/** Files that are looked at for what they say are small. */
const usualLimit = 1024 ** 2;
/** Of one layer. */
const mostFiles = 10_000;
const mostFolders = 2000;

interface GatheredFolder {
  readonly kind: NotableKind;
  readonly detail: string;
  readonly path: string;
  size: number;
  largest: string;
  largestSize: number;
}

/** Notes the files that an image should not hold. */
export function observeNotable(): LayerObserver {
  const found: FoundNotable[] = [];
  const folders = new Map<string, GatheredFolder>();
  const gaps: UnreadableFact[] = [];
  let waiting: readonly NotableReader[] = [];
  let isCut = false;

  function readBy(reader: NotableReader, file: CatalogedFile): void {
    const result = attempt(file.path, reader.id, () => reader.read?.(file) ?? []);
    if (isGap(result)) return void gaps.push(result);
    for (const { kind, detail } of result) add({ kind, detail, path: file.path, size: file.content.size });
  }

  function add(one: FoundNotable): void {
    if (found.length < mostFiles) found.push(one);
    else isCut = true;
  }

  function gather({ kind, detail }: NotableNote, folder: string, { path, size }: FileEntry): void {
    const key = `${kind}\0${detail}\0${folder}`;
    const known = folders.get(key);
    if (!known) {
      if (folders.size >= mostFolders) isCut = true;
      else folders.set(key, { kind, detail, path: folder, size, largest: path, largestSize: size });
      return;
    }
    known.size += size;
    if (size <= known.largestSize) return;
    known.largest = path;
    known.largestSize = size;
  }

  return {
    entry(entry) {
      for (const reader of ofEntries) {
        const noted = reader.entry?.(entry);
        if (noted?.folder !== undefined) gather(noted, noted.folder, entry);
        else if (noted) add({ ...noted, path: entry.path, size: entry.size });
      }
      waiting = byPath.of(entry.path);
      if (waiting.length === 0) return 'skip';
      waiting = waiting.filter(({ limit = usualLimit }) => entry.size <= limit);
      return waiting.length > 0 && (entry.kind === 'file' || entry.kind === 'hard-link') ? 'read' : 'skip';
    },
    content(file) {
      for (const each of waiting) readBy(each, file);
    },
    unread: (gap) => void gaps.push(gap),
    finish() {
      const gathered = [...folders.values()].map(({ largestSize: _size, ...folder }) => folder);
      const part: NotablePart = { found: [...found, ...gathered], gaps: isCut ? [...gaps, cut] : gaps };
      return [[notableKey, part]];
    },
  };
}

const cut = unreadable(
  'file',
  'notable files',
  {
    en: `a layer has more than ${mostFiles} files that should not be in it; the others are not told`,
    zh: `某一层中不应存在的文件超过 ${mostFiles} 个，其余未列出`,
  },
  { en: 'an image with fewer of them', zh: '此类文件较少的镜像' },
);
