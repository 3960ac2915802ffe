import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs';
import type { FileAccess, FileContent, FileStep } from '../../model/plan.ts';
import { makeFolders, removeFile, removeFolders, removeLeftovers, replaceFile } from '../replace-file.ts';
import { inFolderOf } from '../safe-place.ts';
import type { Checkpoint, Side, StepKind } from '../step-kind.ts';

/** Whole files. */
export function fileSteps(checkpoint: Checkpoint): StepKind<FileStep> {
  return {
    async side(step) {
      const { path, before, after, passing } = step;
      const now = readInPlace(path);
      const holds = (content: FileContent | null) => isSame(now, content, changesAccess(step));
      if (holds(after) || (passing && holds(passing))) return 'after';
      return holds(before) ? 'before' : 'other';
    },
    async bring(step: FileStep, side: Side) {
      const { path, folders = [] } = step;
      const content = inPlace(step, step[side]);
      if (content === null) {
        removeFile(path);
        removeFolders(folders);
        return;
      }
      makeFolders(folders);
      replaceFile(path, content, checkpoint);
    },
    async pass(step) {
      const content = inPlace(step, step.passing ?? null);
      if (content) replaceFile(step.path, content, checkpoint);
    },
    tidy({ path, before, folders = [] }) {
      removeLeftovers(path);
      if (before === null) removeFolders(folders);
    },
  };
}

/** What is at a path that no link may lead to. Throws an ActionError where one does. */
function readInPlace(path: string): FileContent | null | undefined {
  try {
    return inFolderOf(path, ({ at, name }) => readContent(at(name)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** What is at a path: `null` where nothing is, `undefined` where it is no regular file. */
export function readContent(path: string): FileContent | null | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined) return null;
  if (!status.isFile()) return undefined;
  // Whoever may write to the folder can put a link or a pipe there in between: neither is followed or waited for.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const opened = fstatSync(descriptor);
    if (!opened.isFile()) return undefined;
    return {
      bytes: readFileSync(descriptor).toString('base64'),
      access: { mode: opened.mode & 0o7777, uid: opened.uid, gid: opened.gid },
    };
  } finally {
    closeSync(descriptor);
  }
}

/** Mode and owner may be another step's: they count only where this one changes them. */
function changesAccess({ before, after }: FileStep): boolean {
  return before === null || after === null || !isSameAccess(before.access, after.access);
}

/** The content with the mode and owner that the file has now, where this step leaves them alone. */
function inPlace(step: FileStep, content: FileContent | null): FileContent | null {
  if (content === null || changesAccess(step)) return content;
  const now = readInPlace(step.path);
  return now ? { ...content, access: now.access } : content;
}

function isSame(now: FileContent | null | undefined, side: FileContent | null, withAccess: boolean): boolean {
  if (now === undefined) return false;
  if (now === null || side === null) return now === side;
  return now.bytes === side.bytes && (!withAccess || isSameAccess(now.access, side.access));
}

function isSameAccess(left: FileAccess, right: FileAccess): boolean {
  return left.mode === right.mode && left.uid === right.uid && left.gid === right.gid;
}
