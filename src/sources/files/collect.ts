import { statSync } from 'node:fs';
import { normalize } from 'node:path';
import { PlimsollError } from '../../model/error.ts';
import { decode, isProblem, readStandardInput, readWrittenFile } from './read-file.ts';
import type { FileKind } from './kinds.ts';
import { recognise } from './recognise.ts';
import { walk } from './walk.ts';
import type { FileProblem, WrittenFile } from './written-file.ts';

/** A file with what it is. */
export interface KnownFile {
  readonly kind: FileKind;
  readonly file: WrittenFile;
  /** The folder of the user's that it was found in; absent for a file that was named itself. */
  readonly folder?: string;
  readonly standardInput?: boolean;
}

export interface CollectOptions {
  /** What every file is, whatever it looks like. */
  readonly kind?: FileKind | undefined;
  /** What a file is that was named and looks like nothing. */
  readonly otherwise?: FileKind | undefined;
  /** Patterns in the form of `.gitignore`, for folders. */
  readonly exclude?: readonly string[] | undefined;
  /** The name that standard input is known by. */
  readonly standardInputName?: string | undefined;
}

export interface Collected {
  readonly files: readonly KnownFile[];
  readonly problems: readonly FileProblem[];
}

/**
 * Reads the files that were named and those in the folders that were named; `-` is standard input. Throws a
 * PlimsollError for a path that does not exist.
 */
export function collectFiles(paths: readonly string[], options: CollectOptions): Collected {
  const files = new Map<string, KnownFile>();
  const problems: FileProblem[] = [];
  for (const path of paths) {
    for (const found of path === '-' ? [standardInput(options)] : filesAt(path, options)) {
      if ('reason' in found) problems.push(found);
      else if (!files.has(found.file.name)) files.set(found.file.name, found);
    }
  }
  return { files: [...files.values()], problems };
}

function standardInput(options: CollectOptions): KnownFile | FileProblem {
  const found = known(decode(options.standardInputName ?? '-', readStandardInput()), options);
  return 'reason' in found ? found : { ...found, standardInput: true };
}

function filesAt(path: string, options: CollectOptions): (KnownFile | FileProblem)[] {
  if (!isFolder(path)) return [known(readWrittenFile(path), options)];
  // A kind that was named is for files that were named: in a folder it picks those that are of it.
  return walk(normalize(path), options.exclude).flatMap((name) => inFolder(name, path, options.kind));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new PlimsollError(
      'file-unreadable',
      { en: `${path} cannot be read: ${code}`, zh: `${path} 无法读取：${code}` },
      { en: 'Name files and folders that exist and that you may read.', zh: '请指定存在且有权读取的文件或文件夹。' },
    );
  }
}

/** What lies in a folder and is none of ours is nobody's problem; what cannot be opened or is too large may be ours. */
function inFolder(name: string, folder: string, kind: FileKind | undefined): (KnownFile | FileProblem)[] {
  let read: WrittenFile | FileProblem;
  try {
    read = readWrittenFile(name);
  } catch (error) {
    if (!(error instanceof PlimsollError)) throw error;
    return [{ file: name, kind: 'error', reason: error.text, need: error.advice ?? error.text }];
  }
  if (isProblem(read)) return /\.ya?ml$/i.test(name) ? [{ ...read, kind: 'notice' }] : [];
  const recognised = recognise(name, read.text);
  return recognised && (kind === undefined || kind === recognised) ? [{ kind: recognised, file: read, folder }] : [];
}

function known(read: WrittenFile | FileProblem, { kind, otherwise }: CollectOptions): KnownFile | FileProblem {
  if (isProblem(read)) return read;
  const recognised = kind ?? recognise(read.name, read.text) ?? otherwise;
  if (recognised) return { kind: recognised, file: read };
  return {
    file: read.name,
    kind: 'error',
    reason: {
      en: 'it is neither a Dockerfile nor a Compose file, and holds no Kubernetes objects or docker run commands',
      zh: '既不是 Dockerfile 也不是 Compose 文件，且不含 Kubernetes 对象或 docker run 命令',
    },
    need: { en: 'say what it is with --kind', zh: '请用 --kind 说明其类型' },
  };
}
