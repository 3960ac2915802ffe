import { readFileSync, statSync } from 'node:fs';
import { PlimsollError } from '../../model/error.ts';
import { type Fact, type FactSource, known, type UnreadableFact, unreadable } from '../../model/fact.ts';
import { pathIn } from './rooted-path.ts';

/** Why a file could not be read, as a fact; the kernel's pseudo-files are recognised by where they are. */
export function fileFailure(path: string, error: unknown): UnreadableFact {
  if (error instanceof PlimsollError) {
    return unreadable(sourceOf(path), path, error.text, error.advice ?? { en: 'mend the file', zh: '修复该文件' });
  }
  const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
  if (code === 'EACCES' || code === 'EPERM') {
    return unreadable(
      sourceOf(path),
      path,
      { en: `this user may not read ${path}`, zh: `当前用户无权读取 ${path}` },
      { en: 'run as root', zh: '以 root 身份运行' },
    );
  }
  if (code === 'ENOENT' || code === 'ESRCH') {
    return unreadable(
      sourceOf(path),
      path,
      { en: `${path} does not exist`, zh: `${path} 不存在` },
      { en: 'run on the host itself, with its file systems mounted', zh: '在主机本身上运行，并挂载其文件系统' },
    );
  }
  return unreadable(
    sourceOf(path),
    path,
    { en: `${path} cannot be read: ${code}`, zh: `${path} 无法读取：${code}` },
    { en: `make ${path} readable`, zh: `使 ${path} 可读` },
  );
}

/** The text of a file, through `parse`. */
export function readFact<T>(path: string, parse: (text: string) => T): Fact<T> {
  try {
    return known(parse(readFileSync(path, 'utf8')), sourceOf(path), path);
  } catch (error) {
    return fileFailure(path, error);
  }
}

/** The text of a file, or `undefined` when there is none or it may not be read: for what is only a hint. */
export function readIfPossible(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * The text of a file of the host, links followed within `root`. Of a copied host it may be anything: a pipe is not
 * waited for, and a device that never ends is not read.
 *
 * @throws the file system's error, or that it is no regular file
 */
export function readTextIn(root: string, path: string): string {
  const place = pathIn(root, path);
  const status = statSync(place);
  if (!status.isFile() && !status.isDirectory()) {
    throw new PlimsollError(
      'file-unreadable',
      { en: `${root}${path} is not a regular file`, zh: `${root}${path} 不是普通文件` },
      { en: `put a regular file at ${path}`, zh: `将 ${path} 改为普通文件` },
    );
  }
  return readFileSync(place, 'utf8');
}

function sourceOf(path: string): FactSource {
  return /^\/(proc|sys)\//.test(path) ? 'kernel' : 'file';
}
