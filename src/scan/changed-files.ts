import { createHash } from 'node:crypto';
import type { ChecksumList } from '../contents/merge/ownership.ts';
import type { Merged } from '../contents/merge/merge.ts';
import { unreadable, type UnreadableFact } from '../model/fact.ts';
import type { FileKind } from '../model/file-tree.ts';
import type { NotableFile } from '../model/notable-file.ts';
import type { OpenedImage } from '../model/opened-image.ts';

export interface ChangedFiles {
  readonly files: readonly NotableFile[];
  readonly gaps: readonly UnreadableFact[];
}

/** Clocks of file systems and of installers differ by as much, in seconds. */
const slack = 2;
/** Bytes read at a time. */
const piece = 1024 ** 2;
/** Bytes that are read by the further names of files: a link takes half a kilobyte, and can lead to as much as there is. */
const mostLinkedBytes = 1024 ** 3;

/**
 * Files of packages that are not what their package brought, by its own checksums. All of them are held against these only where
 * that is asked for: it means to read every byte of an image. Otherwise those that were written after their package was installed,
 * that stand in a later layer, or that run with the rights of another user. Configuration is meant to be changed.
 */
export function findChangedFiles(
  image: OpenedImage,
  { tree, ownership, entryAt }: Merged,
  thorough: boolean,
): ChangedFiles {
  const known = new Map<string, ReadFile | undefined>();
  let left = tree.totals.bytes + mostLinkedBytes;
  const readOnce = (layer: number, path: string, algorithm: ChecksumList['algorithm']) => {
    const key = `${algorithm} ${path}`;
    if (known.has(key)) return known.get(key);
    const read = left > 0 ? readFile(image, layer, path, algorithm) : undefined;
    left -= read?.size ?? 0;
    known.set(key, read);
    return read;
  };
  const files = new Map<string, NotableFile>();
  let unread = 0;
  ownership.checksums(({ path, digest }, { owner, algorithm, ...list }) => {
    const entry = path.startsWith('etc/') ? undefined : entryAt(path);
    if (!entry || !hasContent(entry.kind)) return;
    const { layer } = entry;
    const isCandidate =
      thorough || layer > list.layer || entry.modified > list.listed + slack || (entry.mode & 0o6000) !== 0;
    if (!isCandidate) return;
    const seen = readOnce(layer, path, algorithm);
    if (seen === undefined) unread += 1;
    else if (seen.digest !== digest) {
      files.set(path, {
        kind: 'changed-package-file',
        path: `/${path}`,
        layer,
        detail: algorithm,
        size: seen.size,
        ownedBy: owner,
      });
    }
  });
  return { files: [...files.values()], gaps: unread > 0 ? [notCompared(unread)] : [] };
}

/** In an archive the further names of a file are links to the first one. */
function hasContent(kind: FileKind): boolean {
  return kind === 'file' || kind === 'hard-link';
}

interface ReadFile {
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

function readFile(
  image: OpenedImage,
  layer: number,
  path: string,
  algorithm: ChecksumList['algorithm'],
): ReadFile | undefined {
  const opened = open(image, layer, path);
  if (!opened) return undefined;
  try {
    const hash = createHash(algorithm);
    for (let offset = 0; offset < opened.size;) {
      const bytes = opened.read(offset, piece);
      if (bytes.length === 0) return undefined;
      hash.update(bytes);
      offset += bytes.length;
    }
    return { digest: hash.digest('hex'), size: opened.size };
  } catch {
    return undefined;
  } finally {
    opened.close();
  }
}

function open(image: OpenedImage, layer: number, path: string) {
  try {
    return image.layers[layer]?.source?.open?.(path);
  } catch {
    return undefined;
  }
}

function notCompared(count: number): UnreadableFact {
  return unreadable(
    'file',
    'checksums of packages',
    {
      en: `${count} files of packages could not be held against their checksums`,
      zh: `有 ${count} 个软件包文件无法与其校验和比对`,
    },
    {
      en: 'an image whose layers can be read in place: a local engine as root, or an archive that is not compressed',
      zh: '可就地读取各层的镜像：以 root 访问本地引擎，或未压缩的归档',
    },
  );
}
