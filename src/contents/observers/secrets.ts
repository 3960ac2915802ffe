import type { UnreadableFact } from '../../model/fact.ts';
import { type FileEntry, type LayerSource, type OpenedContent, peekLength } from '../../model/file-tree.ts';
import { secretsKeyOf } from '../analysers.ts';
import { attempt, fileGap, isGap } from '../file-reader.ts';
import type { LayerObserver } from '../layer-observer.ts';
import type { SecretsPart } from '../layer-part.ts';
import { findInFile, isText, looksAtFile, type SecretMatch } from '../secrets/secrets.ts';
import { unchangedFiles } from '../unchanged-files.ts';

/** Of one layer: a layer with more of them is one great test of secret scanners. */
const mostMatches = 5000;

interface Candidate {
  readonly path: string;
  /** Seconds since 1970. */
  readonly modified: number;
}

export interface SecretOptions {
  /** Files that packages own are searched too. */
  readonly thorough: boolean;
  /** Whether files can be opened once all is known. */
  readonly later: boolean;
}

/**
 * Looks for secrets in files that no package manager brought. Where files can be opened later they are, when it is known which these
 * are; from a stream everything is searched as it passes, and what was found in a package's own files is dropped.
 */
export function observeSecrets({ thorough, later }: SecretOptions): LayerObserver {
  const candidates: Candidate[] = [];
  const matches = new Map<string, readonly SecretMatch[]>();
  const gaps: UnreadableFact[] = [];
  let count = 0;

  function keep(path: string, found: readonly SecretMatch[] | UnreadableFact): void {
    if (isGap(found)) return void gaps.push(found);
    if (found.length === 0) return;
    if (count + found.length > mostMatches) return noteOnce(gaps, tooMany(path));
    count += found.length;
    matches.set(path, found);
  }

  function search(source: LayerSource, path: string): void {
    const opened = attempt(path, 'secrets', () => source.open?.(path) ?? nothing);
    if (isGap(opened)) return void gaps.push(opened);
    try {
      keep(
        path,
        attempt(path, 'secrets', () => (isText(opened.read(0, peekLength)) ? findInFile(path, opened) : [])),
      );
    } finally {
      opened.close();
    }
  }

  return {
    entry(entry: FileEntry) {
      if (entry.kind !== 'file' || entry.size === 0 || !looksAtFile(entry.path, entry)) return 'skip';
      candidates.push({ path: entry.path, modified: Math.floor(entry.modified / 1000) });
      return later ? 'skip' : 'peek';
    },
    head: (_entry, head) => isText(head),
    content(file) {
      keep(
        file.path,
        attempt(file.path, 'secrets', () => findInFile(file.path, file.content)),
      );
    },
    finish({ tree, readings, source }) {
      const isUnchanged = thorough ? () => false : unchangedFiles(tree, readings);
      const own = candidates.filter(({ path, modified }) => !isUnchanged(path, modified));
      if (later && source) for (const { path } of own) search(source, path);
      const found = own.flatMap(({ path }) =>
        (matches.get(path) ?? []).map(({ line, column, ...match }) => ({
          ...match,
          place: { kind: 'file', path: `/${path}`, line, column } as const,
        })),
      );
      return [[secretsKeyOf(thorough), { found, gaps } satisfies SecretsPart]];
    },
  };
}

const nothing: OpenedContent = { size: 0, read: () => Buffer.alloc(0), close: () => undefined };

function tooMany(path: string): UnreadableFact {
  return fileGap(
    path,
    {
      en: `a layer has more than ${mostMatches} matches of secrets: the others are not listed`,
      zh: `某一层的疑似密钥超过 ${mostMatches} 处，其余未列出`,
    },
    { en: 'an image with fewer of them', zh: '疑似密钥更少的镜像' },
  );
}

function noteOnce(gaps: UnreadableFact[], gap: UnreadableFact): void {
  if (!gaps.some(({ reason }) => reason.en === gap.reason.en)) gaps.push(gap);
}
