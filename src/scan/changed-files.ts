import { createHash } from 'node:crypto';
import type { Checksum } from '../contents/merge/ownership.ts';
import type { Merged } from '../contents/merge/merge.ts';
import { unreadable, type UnreadableFact } from '../model/fact.ts';
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
  const files: NotableFile[] = [];
  let unread = 0;
  for (const checksum of ownership.checksums()) {
    const { path, digest, owner } = checksum;
    if (path.startsWith('etc/')) continue;
    const layer = tree.layerOf(path);
    if (layer === undefined || tree.kindOf(path) !== 'file') continue;
    const { mode, modified, size } = entryAt(path) ?? { mode: 0, modified: 0, size: 0 };
    const isCandidate =
      thorough || layer > checksum.layer || modified > checksum.listed + slack || (mode & 0o6000) !== 0;
    if (!isCandidate) continue;
    const seen = digestOf(image, layer, checksum);
    if (seen === undefined) unread += 1;
    else if (seen !== digest) {
      files.push({
        kind: 'changed-package-file',
        path: `/${path}`,
        layer,
        detail: checksum.algorithm,
        size,
        ownedBy: owner,
      });
    }
  }
  return { files, gaps: unread > 0 ? [notCompared(unread)] : [] };
}

function digestOf(image: OpenedImage, layer: number, { path, algorithm }: Checksum): string | undefined {
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
    return hash.digest('hex');
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
