import { unreadable, type UnreadableFact } from '../model/fact.ts';
import type { FileContent, FileEntry, LayerSource, OpenedContent } from '../model/file-tree.ts';
import type { Text } from '../model/text.ts';
import { type CatalogedFile, CatalogerError, usualLimit } from './cataloger.ts';

/** A file with its content, as catalogers are handed it. Its bytes are read once, whoever asks. */
export function catalogedFile(entry: FileEntry, content: FileContent, beside?: Beside): CatalogedFile {
  let bytes: Buffer | undefined;
  let text: string | undefined;
  return {
    path: entry.path,
    entry,
    content,
    bytes: () => (bytes ??= readWhole(content)),
    text: () => (text ??= textOf(bytes ?? readAtOnce(content))),
    ...(beside ? { beside: (name) => beside.open(entry.path, name) } : {}),
  };
}

/** Files in the same folder as another, as far as they can be opened; all of them are closed together. */
export interface Beside {
  readonly open: (path: string, name: string) => FileContent | undefined;
  readonly close: () => void;
}

export function filesBeside({ open }: LayerSource): Beside | undefined {
  if (!open) return undefined;
  const opened: OpenedContent[] = [];
  return {
    open(path, name) {
      const content = open(path.slice(0, path.lastIndexOf('/') + 1) + name);
      if (content) opened.push(content);
      return content;
    },
    close() {
      for (const each of opened.splice(0)) each.close();
    },
  };
}

/** What the content hands out, where it does so at once: good until the next reading, and no copy is left to be collected. */
function readAtOnce(content: FileContent): Buffer {
  const size = Math.min(content.size, usualLimit);
  const bytes = content.read(0, size);
  return bytes.length === size ? bytes : readWhole(content);
}

/** A copy: what a content hands out is written over by the next reading. */
function readWhole(content: FileContent): Buffer {
  const size = Math.min(content.size, usualLimit);
  // What is not written to is cut off.
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const read = content.read(length, size - length);
    if (read.length === 0) break;
    length += read.copy(bytes, length);
  }
  return bytes.subarray(0, length);
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** What became of reading one file: its result, or why there is none. */
export function attempt<T>(path: string, reader: string, read: () => T): T | UnreadableFact {
  try {
    return read();
  } catch (error) {
    return notUnderstood(path, reader, error);
  }
}

export function isGap(value: object): value is UnreadableFact {
  return 'known' in value && value.known === false;
}

function notUnderstood(path: string, reader: string, error: unknown): UnreadableFact {
  if (isSystemError(error)) {
    const why = { en: `it cannot be read: ${error.code}`, zh: `无法读取：${error.code}` };
    return fileGap(path, why, { en: 'see what the file system has', zh: '检查文件系统' });
  }
  const why: Text =
    error instanceof CatalogerError
      ? error.reason
      : {
          en: `${reader} failed on it (${error instanceof Error ? error.name : 'error'}); please report this`,
          zh: `${reader} 处理该文件时出错（${error instanceof Error ? error.name : '错误'}），请报告此问题`,
        };
  return fileGap(path, why, { en: 'a file in the form that is usual for its name', zh: '符合其名称的常规格式的文件' });
}

/** `EIO`; Node's own codes, such as `ERR_OUT_OF_RANGE`, are faults of who reads. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && /^E[A-Z\d]+$/.test((error as NodeJS.ErrnoException).code ?? '');
}

/** A file that was listed, and then could not be opened. */
export function notOpened(path: string): UnreadableFact {
  return fileGap(
    path,
    { en: 'it could not be opened', zh: '无法打开该文件' },
    { en: 'a user who may read it, and nobody who writes there meanwhile', zh: '有权读取的用户，且扫描期间无写入' },
  );
}

/** Something about a file inside of the image was not understood. */
export function fileGap(path: string, reason: Text, need: Text): UnreadableFact {
  return unreadable('file', `/${path}`, reason, need);
}

export function tooLarge(path: string, size: number, limit: number): UnreadableFact {
  const [large, most] = [size, limit].map((bytes) => `${Math.ceil(bytes / 1024 ** 2)} MiB`);
  return fileGap(
    path,
    { en: `it is too large to be read: ${large}, at most ${most}`, zh: `文件过大，未读取：${large}，上限 ${most}` },
    { en: 'a smaller file', zh: '更小的文件' },
  );
}
