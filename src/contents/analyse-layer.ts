import type { FileContent, FileEntry, LayerSource, LayerVisitor } from '../model/file-tree.ts';
import type { Text } from '../model/text.ts';
import { notableKey, secretsKeyOf, treeKey } from './analysers.ts';
import { attempt, type Beside, catalogedFile, fileGap, filesBeside, isGap } from './file-reader.ts';
import type { LayerObserver } from './layer-observer.ts';
import type { AnalyserKey, CatalogerPart, FileReading, TreePart } from './layer-part.ts';
import { observeNotable } from './observers/notable.ts';
import { observePackages } from './observers/packages.ts';
import { observeSecrets } from './observers/secrets.ts';
import { observeTree } from './observers/tree.ts';

export interface AnalysisOptions {
  /** Which analysers are to look; what the others found is kept from an earlier time. */
  readonly wanted: ReadonlySet<AnalyserKey>;
  /** What they found. */
  readonly kept: ReadonlyMap<AnalyserKey, object>;
  /** Absent where the layer is part of one stream, which cannot be asked again. */
  readonly source?: LayerSource;
  /** Packages' own files are searched for secrets too. */
  readonly thorough: boolean;
}

export interface LayerAnalysis {
  /** To be shown the layer. */
  readonly visitor: LayerVisitor;
  /** To be called once all of it was shown: what the wanted analysers found. */
  readonly finish: () => Promise<ReadonlyMap<AnalyserKey, object>>;
}

/** A name of a file whose content stands in the tar under another name. */
interface LinkedFile {
  readonly entry: FileEntry;
  readonly observers: readonly LayerObserver[];
}

/** Has a layer looked at by everybody who is wanted, in one pass. */
export function startAnalysis({ wanted, kept, source, thorough }: AnalysisOptions): LayerAnalysis {
  const tree = observeTree();
  const observers = [
    // Who looks for secrets needs to know what there is.
    ...(wanted.has(treeKey) || wanted.has(secretsKeyOf(thorough)) ? [tree] : []),
    observePackages(wanted),
    ...(wanted.has(notableKey) ? [observeNotable()] : []),
    ...(wanted.has(secretsKeyOf(thorough)) ? [observeSecrets({ thorough, later: source?.open !== undefined })] : []),
  ];
  const beside = source ? filesBeside(source) : undefined;
  const linked: LinkedFile[] = [];
  const reading: LayerObserver[] = [];
  const peeking: LayerObserver[] = [];

  function show(entry: FileEntry, content: FileContent): void {
    const file = catalogedFile(entry, content, beside);
    for (const each of reading) each.content?.(file);
    beside?.close();
  }

  const visitor: LayerVisitor = {
    entry(entry) {
      reading.length = 0;
      peeking.length = 0;
      for (const each of observers) {
        const interest = each.entry(entry);
        if (interest === 'read') reading.push(each);
        else if (interest === 'peek') peeking.push(each);
      }
      if (entry.kind === 'hard-link' && reading.length > 0) linked.push({ entry, observers: [...reading] });
      if (peeking.length > 0) return 'peek';
      return reading.length > 0 ? 'read' : 'skip';
    },
    head(entry, head) {
      for (const each of peeking) if (each.head?.(entry, head)) reading.push(each);
      return reading.length > 0;
    },
    content: show,
    removed: (path) => {
      for (const each of observers) each.removed?.(path);
    },
    opaque: (path) => {
      for (const each of observers) each.opaque?.(path);
    },
    gap: (gap) => {
      for (const each of observers) each.gap?.(gap);
    },
  };

  return {
    visitor,
    async finish() {
      if (linked.length > 0) await readLinked(linked, source, beside);
      const ended = { tree: treeOf(kept) ?? tree.build(), ...(source ? { source } : {}) };
      // First the packages: who looks for secrets asks whose a file is.
      const found = new Map<AnalyserKey, object>();
      for (const each of observers) {
        const readings = readingsOf([...kept.values(), ...found.values()]);
        for (const [key, part] of each.finish({ ...ended, readings })) if (wanted.has(key)) found.set(key, part);
      }
      return found;
    },
  };
}

function treeOf(kept: ReadonlyMap<AnalyserKey, object>) {
  return (kept.get(treeKey) as TreePart | undefined)?.tree;
}

function readingsOf(parts: readonly object[]): FileReading[] {
  return parts.flatMap((part) => ('files' in part ? (part as CatalogerPart).files : []));
}

/** Bytes that are read by other names than their own: a link takes half a kilobyte, and can lead to as much as there is. */
const mostLinkedBytes = 1024 ** 3;

/** Reads files by the names that are only links to their content. */
async function readLinked(
  linked: readonly LinkedFile[],
  source: LayerSource | undefined,
  beside: Beside | undefined,
): Promise<void> {
  let left = mostLinkedBytes;
  function readAs(link: LinkedFile, content: FileContent): void {
    left -= content.size;
    if (left < 0) leaveOut(link, tooManyBytes);
    else showAs(link, content, beside);
  }

  if (source?.open) {
    for (const each of linked) {
      const opened = attempt(each.entry.path, 'tar', () => source.open?.(each.entry.target ?? ''));
      if (opened === undefined || isGap(opened)) {
        leaveOut(each, notReached);
        continue;
      }
      readAs(each, opened);
      opened.close();
    }
    return;
  }
  const waiting = Map.groupBy(linked, ({ entry }) => entry.target ?? '');
  await source?.read({
    entry: ({ path, kind }) => (kind === 'file' && waiting.has(path) ? 'read' : 'skip'),
    head: () => true,
    content({ path }, content) {
      for (const each of waiting.get(path) ?? []) readAs(each, content);
      waiting.delete(path);
    },
    removed: () => undefined,
    opaque: () => undefined,
    gap: () => undefined,
  });
  for (const links of waiting.values()) for (const each of links) leaveOut(each, notReached);
}

function showAs({ entry: link, observers }: LinkedFile, content: FileContent, beside: Beside | undefined): void {
  const entry: FileEntry = { ...link, kind: 'file', size: content.size };
  const file = catalogedFile(entry, content, beside);
  for (const each of observers) {
    // Each holds what the last entry was to it.
    each.entry(entry);
    const shown = attempt(entry.path, 'tar', () => each.content?.(file) ?? file);
    if (isGap(shown)) each.unread?.(shown);
  }
  beside?.close();
}

type Why = readonly [reason: Text, need: Text];

function leaveOut({ entry, observers }: LinkedFile, why: Why): void {
  const gap = fileGap(entry.path, ...why);
  for (const each of observers) {
    each.entry(entry);
    each.unread?.(gap);
  }
}

const notReached: Why = [
  { en: 'it is a hard link, and what it leads to could not be read', zh: '该文件是硬链接，其指向的内容无法读取' },
  { en: 'an archive or an engine whose layers can be read twice', zh: '可重复读取各层的归档或引擎' },
];
const tooManyBytes: Why = [
  {
    en: `it is a hard link, and those before it lead to more than ${mostLinkedBytes / 1024 ** 3} GiB already`,
    zh: `该文件是硬链接，此前的硬链接指向的内容已超过 ${mostLinkedBytes / 1024 ** 3} GiB`,
  },
  { en: 'a layer with fewer hard links', zh: '硬链接更少的层' },
];
