import type { UnreadableFact } from '../../model/fact.ts';
import { type FileEntry, type LayerSource, peekLength } from '../../model/file-tree.ts';
import { secretsKeyOf } from '../analysers.ts';
import { attempt, fileGap, isGap, notOpened } from '../file-reader.ts';
import type { LayerObserver } from '../layer-observer.ts';
import type { SecretsPart } from '../layer-part.ts';
import { isOfPackage } from '../package-folders.ts';
import { findInFile, isText, looksAtFile, type SecretMatch } from '../secrets/secrets.ts';
import { ownFiles } from '../unchanged-files.ts';

/** Of one layer: a layer with more of them is one great test of secret scanners. */
const mostMatches = 5000;
/** Of one layer; the others are counted: who scans a tree without rights to it cannot open most of it. */
const mostGaps = 50;

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
  /** When each was written, seconds since 1970. A path that a tar has twice is one: the later entry is what can be opened. */
  const candidates = new Map<string, number>();
  const matches = new Map<string, readonly SecretMatch[]>();
  const gaps: UnreadableFact[] = [];
  let count = 0;
  let unnamed = 0;
  let cutAt: string | undefined;

  function note(gap: UnreadableFact): void {
    if (gaps.length < mostGaps) gaps.push(gap);
    else unnamed += 1;
  }

  function keep(path: string, found: readonly SecretMatch[] | UnreadableFact): void {
    if (isGap(found)) return note(found);
    if (found.length === 0) return;
    const kept = found.slice(0, mostMatches - count);
    if (kept.length < found.length) cutAt ??= path;
    count += kept.length;
    matches.set(path, kept);
  }

  function search(source: LayerSource, path: string): void {
    const opened = attempt(path, 'secrets', () => source.open?.(path) ?? notOpened(path));
    if (isGap(opened)) return note(opened);
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
      if (!thorough && isOfPackage(entry.path)) return 'skip';
      candidates.set(entry.path, Math.floor(entry.modified / 1000));
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
      const own = thorough ? [...candidates.keys()] : ownFiles(candidates, tree, readings);
      if (later && source) for (const path of own) search(source, path);
      const found = own.flatMap((path) =>
        (matches.get(path) ?? []).map(({ line, column, ...match }) => ({
          ...match,
          place: { kind: 'file', path: `/${path}`, line, column } as const,
        })),
      );
      const further = [
        ...(unnamed > 0 ? [furtherGaps(unnamed)] : []),
        ...(cutAt === undefined ? [] : [tooMany(cutAt)]),
      ];
      return [[secretsKeyOf(thorough), { found, gaps: [...gaps, ...further] } satisfies SecretsPart]];
    },
  };
}

function furtherGaps(count: number): UnreadableFact {
  return fileGap(
    '',
    {
      en: `${count} more files could not be searched for secrets`,
      zh: `另有 ${count} 个文件未能查找密钥`,
    },
    { en: 'mend what is said of the first ones', zh: '先解决已列出的问题' },
  );
}

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
