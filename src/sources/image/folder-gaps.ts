import { type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { Text } from '../../model/text.ts';

/** Gaps of one folder, as its walk meets them: a tree without rights has as many as it has files. */
export interface FolderGaps {
  /** The file system refused, or what it showed is not there any more. `path` as in entries. */
  readonly refused: (path: string, error: unknown) => void;
  readonly changed: (path: string) => void;
  readonly tooDeep: (path: string) => void;
  readonly tooMany: (entries: number) => void;
  readonly incomplete: (path: string, reason: Text, need: Text) => void;
  /** Another file system is mounted on this folder. */
  readonly mounted: (path: string) => void;
  /** Says what was only counted; to be called once, at the end. */
  readonly finish: () => void;
}

/** Of each kind so many are named; the rest is counted. */
const mostNamed = 50;

export function folderGaps(report: (gap: UnreadableFact) => void): FolderGaps {
  let said = 0;
  let mounts = 0;
  const named: string[] = [];

  function say(path: string, reason: Text, need: Text): void {
    said += 1;
    if (said <= mostNamed) report(unreadable('file', `/${path}`, reason, need));
  }

  return {
    refused: (path, error) => {
      const { reason, need } = meaningOf(error);
      say(path, reason, need);
    },
    changed: (path) => say(path, changedMeanwhile.reason, changedMeanwhile.need),
    tooDeep: (path) =>
      say(
        path,
        { en: 'its folders are nested too deeply', zh: '文件夹嵌套过深' },
        { en: 'a tree of ordinary depth', zh: '普通深度的目录树' },
      ),
    tooMany: (entries) =>
      report(
        unreadable(
          'file',
          '/',
          { en: `only its first ${entries} entries were looked at`, zh: `只查看了前 ${entries} 个条目` },
          { en: 'a folder with fewer files', zh: '文件更少的文件夹' },
        ),
      ),
    incomplete: say,
    mounted: (path) => {
      mounts += 1;
      if (named.length < mostNamed) named.push(`/${path}`);
    },
    finish: () => {
      if (mounts > 0) report(notEntered(named, mounts));
      if (said > mostNamed) report(furtherGaps(said - mostNamed));
    },
  };
}

const changedMeanwhile = {
  reason: { en: 'it changed while it was read', zh: '读取期间发生了变化' },
  need: { en: 'scan again while nothing writes there', zh: '在没有写入时重新扫描' },
};

/** Codes that the file system gives for what was there a moment ago, and is not or is something else now. */
const changes = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENXIO', 'EINVAL', 'ESTALE']);

function meaningOf(error: unknown): { readonly reason: Text; readonly need: Text } {
  const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      reason: { en: 'this user may not read it', zh: '当前用户无权读取' },
      need: { en: 'run as root', zh: '以 root 身份运行' },
    };
  }
  if (changes.has(code)) return changedMeanwhile;
  return {
    reason: { en: `it cannot be read: ${code}`, zh: `无法读取：${code}` },
    need: { en: 'see what the file system has', zh: '检查文件系统' },
  };
}

function notEntered(paths: readonly string[], count: number): UnreadableFact {
  const more = count - paths.length;
  return unreadable(
    'file',
    paths[0] ?? '/',
    {
      en: `other file systems are mounted there and were not entered: ${paths.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
      zh: `以下位置挂载了其他文件系统，未进入：${paths.join('、')}${more > 0 ? `，另有 ${more} 处` : ''}`,
    },
    { en: 'scan those folders by themselves', zh: '单独扫描这些文件夹' },
  );
}

function furtherGaps(count: number): UnreadableFact {
  return unreadable(
    'file',
    '/',
    { en: `${count} more files or folders could not be read`, zh: `另有 ${count} 个文件或文件夹无法读取` },
    { en: 'mend what is said of the first ones', zh: '先解决已列出的问题' },
  );
}
