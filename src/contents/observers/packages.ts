import type { UnreadableFact } from '../../model/fact.ts';
import type { FileEntry } from '../../model/file-tree.ts';
import { keyOf } from '../analysers.ts';
import { type CatalogedFile, type Cataloger, type ReadingGap, usualLimit } from '../cataloger.ts';
import { catalogers } from '../catalogers/all.ts';
import { attempt, fileGap, isGap, tooLarge } from '../file-reader.ts';
import { keptReading } from '../kept-reading.ts';
import type { LayerObserver } from '../layer-observer.ts';
import type { AnalyserKey, CatalogerPart, FileReading } from '../layer-part.ts';
import { isProgram, mayBeProgram } from '../magic.ts';
import { indexPaths } from '../path-index.ts';

const byPath = indexPaths(catalogers.flatMap((each) => each.globs.map((glob) => [glob, each] as const)));
const ofPrograms = catalogers.filter(({ binaries }) => binaries === true);

/** Of one layer; a layer with more is damaged or hostile, and the first ones show that. */
const mostGaps = 200;

interface Kept {
  readonly files: Map<string, FileReading>;
  readonly gaps: UnreadableFact[];
}

/** Has the wanted catalogers read the files that are theirs. */
export function observePackages(wanted: ReadonlySet<AnalyserKey>): LayerObserver {
  const kept = new Map<Cataloger, Kept>();
  for (const each of catalogers) {
    if (wanted.has(keyOf(each))) kept.set(each, { files: new Map(), gaps: [] });
  }
  const readersOfPrograms = ofPrograms.filter((each) => kept.has(each));
  let waiting: readonly Cataloger[] = [];

  function entryOf(entry: FileEntry) {
    waiting = byPath.of(entry.path);
    if (waiting.length > 0) waiting = waiting.filter((each) => kept.has(each));
    // A tar may have the same path twice: the later one is what counts.
    for (const each of waiting) kept.get(each)?.files.delete(entry.path);
    if (entry.kind !== 'file' && entry.kind !== 'hard-link') return 'skip';
    if (waiting.length > 0) return 'read';
    const isLikely =
      readersOfPrograms.length > 0 && entry.kind === 'file' && mayBeProgram(entry.path, entry.mode, entry.size);
    return isLikely ? 'peek' : 'skip';
  }

  function readBy(cataloger: Cataloger, file: CatalogedFile): void {
    const into = kept.get(cataloger);
    if (!into) return;
    const { limit = usualLimit } = cataloger;
    const result =
      file.content.size > limit
        ? tooLarge(file.path, file.content.size, limit)
        : attempt(file.path, cataloger.id, () => cataloger.read(file));
    if (isGap(result)) return note(into.gaps, result);
    for (const gap of result.gaps ?? []) note(into.gaps, gapIn(file.path, gap));
    const reading = keptReading(result, file.content.size);
    if (Object.keys(reading).length === 0) return;
    into.files.set(file.path, { path: file.path, modified: Math.floor(file.entry.modified / 1000), ...reading });
  }

  return {
    entry: entryOf,
    head(_entry, head) {
      if (!isProgram(head)) return false;
      waiting = [...new Set([...waiting, ...readersOfPrograms])];
      return true;
    },
    content(file) {
      // A program that is read for its path is one for those who read programs too.
      if (readersOfPrograms.length > 0 && isProgram(file.content.read(0, 4))) {
        waiting = [...new Set([...waiting, ...readersOfPrograms])];
      }
      for (const each of waiting) readBy(each, file);
    },
    unread(gap) {
      for (const each of waiting) note(kept.get(each)?.gaps ?? [], gap);
    },
    finish: () =>
      [...kept].map(([cataloger, { files, gaps }]) => [
        keyOf(cataloger),
        { files: [...files.values()], gaps } satisfies CatalogerPart,
      ]),
  };
}

function note(gaps: UnreadableFact[], gap: UnreadableFact): void {
  if (gaps.length < mostGaps) gaps.push(gap);
}

function gapIn(path: string, { reason, need, within = '' }: ReadingGap): UnreadableFact {
  return fileGap(path + within, reason, need);
}
