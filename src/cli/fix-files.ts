import { readFileSync, realpathSync } from 'node:fs';
import type { Circumstances } from '../judge/judge.ts';
import type { Language } from '../model/text.ts';
import type { KnownFile } from '../sources/files/collect.ts';
import type { FilesOptions } from '../sources/files/read.ts';
import type { FileProblem } from '../sources/files/written-file.ts';
import { describeMending } from './describe-mending.ts';
import { type MendedFile, mendFiles } from './mend-files.ts';
import { patchOf } from './patch.ts';
import { checkWritable, writeDocument, writeWhole } from './write.ts';

export interface FixOptions {
  readonly dryRun: boolean;
  readonly quiet: boolean;
  readonly output: string | undefined;
  readonly language: Language;
}

export interface Fixed {
  /** The files as they are now. */
  readonly files: readonly KnownFile[];
  /** What kept a file from being written. */
  readonly problems: readonly FileProblem[];
  /** Standard output, or what stands for it, has the mended text or a patch, and no report. */
  readonly printed: boolean;
}

/** Mends what a program can mend. Standard input goes to standard output, and so does what a dry run would change. */
export async function fixFiles(
  files: readonly KnownFile[],
  filesOptions: FilesOptions,
  circumstances: Circumstances,
  { dryRun, quiet, output, language }: FixOptions,
): Promise<Fixed> {
  const mended = mendFiles(files, filesOptions, circumstances);
  const problems = mended.flatMap((each) => obstacleOf(each) ?? []);
  const kept = new Set(problems.map(({ file }) => file));
  const possible = mended.filter(({ before }) => !kept.has(before.file.name));
  if (dryRun) await writeDocument(patchOf(possible, filesOptions), output);
  else await writeAll(possible, output);
  if (!quiet) process.stderr.write(describeMending(possible, dryRun, language));
  return {
    files: dryRun ? files : mended.map(({ before, after }) => (kept.has(before.file.name) ? before : after)),
    problems,
    printed: dryRun || files.some(({ standardInput }) => standardInput),
  };
}

/** Looks at every file before the first one is written. */
async function writeAll(mended: readonly MendedFile[], output: string | undefined): Promise<void> {
  const changed = mended.filter(({ before, text }) => !before.standardInput && before.file.text !== text);
  for (const { before } of changed) checkWritable(before.file.name);
  for (const { after } of changed) writeWhole(after.file.name, after.file.mark + after.file.text);
  for (const { before, after } of mended) {
    if (before.standardInput) await writeDocument(after.file.mark + after.file.text, output);
  }
}

/** Why a file that would change must not be written. */
function obstacleOf({ before, text }: MendedFile): FileProblem | undefined {
  const { name, mark, text: old } = before.file;
  if (before.standardInput || old === text || isOnDisk(name, mark + old)) return undefined;
  const problem = { file: name, kind: 'error' } as const;
  return old.includes('\uFFFD')
    ? {
        ...problem,
        reason: { en: 'it is not written in UTF-8, and is not mended', zh: '文件不是 UTF-8 编码，未作修复' },
        need: { en: 'save it as UTF-8', zh: '请另存为 UTF-8' },
      }
    : {
        ...problem,
        reason: { en: 'it has changed since it was read, and is not mended', zh: '文件在读取后已被改动，未作修复' },
        need: { en: 'run the command again', zh: '请重新运行命令' },
      };
}

function isOnDisk(name: string, text: string): boolean {
  try {
    return readFileSync(name).equals(Buffer.from(text));
  } catch {
    return false;
  }
}

/** Each file once, whatever the names under which it was found. */
export function distinctFiles(files: readonly KnownFile[]): KnownFile[] {
  const seen = new Set<string>();
  return files.filter(({ file, standardInput }) => {
    if (standardInput) return true;
    const path = realPath(file.name);
    const isNew = !seen.has(path);
    seen.add(path);
    return isNew;
  });
}

function realPath(name: string): string {
  try {
    return realpathSync(name);
  } catch {
    return name;
  }
}
