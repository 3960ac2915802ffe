import { dirname } from 'node:path';
import type { FileContent, FileStep } from '../../model/plan.ts';
import type { Text } from '../../model/text.ts';
import type { PlanContext } from '../planning.ts';

/** What a new file of the administrator's is given: root's, and everybody may read it. */
const usualAccess = { mode: 0o644, uid: 0, gid: 0 } as const;

export interface TextFile {
  readonly path: string;
  readonly before: FileContent | null;
  /** Empty where there is no file. */
  readonly bytes: Buffer;
}

/** A text file at its place; why it may not be written where something else stands there, a link leads away, or it is not ours to read. */
export function openTextFile(path: string, context: PlanContext): TextFile | { readonly refused: Text } {
  let before: FileContent | null | undefined;
  try {
    before = context.file(path);
  } catch (error) {
    return { refused: unreadable(path, error) };
  }
  if (before === undefined) {
    return {
      refused: {
        en: `${path} is a link or no regular file, so that it is not written`,
        zh: `${path} 是符号链接或不是普通文件，因此不写入`,
      },
    };
  }
  const folder = missingFolders(path, context)[0] ?? path;
  const real = context.realPath(dirname(folder));
  if (real !== dirname(folder)) {
    return {
      refused: {
        en: `${dirname(folder)} is a link that leads to ${real ?? 'nowhere'}, so that nothing is written there`,
        zh: `${dirname(folder)} 是指向 ${real ?? '不存在位置'} 的符号链接，因此不在其中写入`,
      },
    };
  }
  return { path, before, bytes: Buffer.from(before?.bytes ?? '', 'base64') };
}

/** What a file says, links followed, one character a byte; nothing where it is not there or may not be read. */
export function bytesAt(path: string, context: Pick<PlanContext, 'file' | 'realPath'>): string {
  try {
    const content = context.file(context.realPath(path) ?? path);
    return Buffer.from(content?.bytes ?? '', 'base64').toString('latin1');
  } catch {
    return '';
  }
}

/** Its owner's alone: only root may read the passwords of groups. */
function unreadable(path: string, error: unknown): Text {
  const { code = 'EIO' } = error as NodeJS.ErrnoException;
  return {
    en: `${path} cannot be read (${code}): run it as root`,
    zh: `无法读取 ${path}（${code}）：请以 root 身份运行`,
  };
}

/** Mode and owner stay; folders on the way are made. */
export function writeTextFile({ path, before }: TextFile, bytes: Buffer, context: PlanContext): FileStep {
  const folders = missingFolders(path, context);
  return {
    kind: 'file',
    path,
    before,
    after: { bytes: bytes.toString('base64'), access: before?.access ?? usualAccess },
    ...(folders.length > 0 ? { folders } : {}),
  };
}

/** The file with a text at its end, on lines of its own. */
export function appended({ bytes }: TextFile, text: string): Buffer {
  const gap = bytes.length > 0 && bytes.at(-1) !== newline ? '\n' : '';
  return Buffer.concat([bytes, Buffer.from(gap + text)]);
}

const newline = 0x0a;

/** Outermost first. */
function missingFolders(path: string, context: PlanContext): string[] {
  const folder = dirname(path);
  if (folder === '/' || context.realPath(folder) !== undefined) return [];
  return [...missingFolders(folder, context), folder];
}
