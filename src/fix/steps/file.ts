import { lstatSync, readFileSync } from 'node:fs';
import type { FileAccess, FileContent, FileStep } from '../../model/plan.ts';
import { makeFolders, removeFile, removeFolders, removeLeftovers, replaceFile } from '../replace-file.ts';
import type { Checkpoint, Side, StepKind } from '../step-kind.ts';

/** Whole files. */
export function fileSteps(checkpoint: Checkpoint): StepKind<FileStep> {
  return {
    async side(step) {
      const { path, before, after, passing } = step;
      const now = readContent(path);
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

/** What is at a path: `null` where nothing is, `undefined` where it is no regular file. */
export function readContent(path: string): FileContent | null | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined) return null;
  if (!status.isFile()) return undefined;
  return {
    bytes: readFileSync(path).toString('base64'),
    access: { mode: status.mode & 0o7777, uid: status.uid, gid: status.gid },
  };
}

/** Mode and owner may be another step's: they count only where this one changes them. */
function changesAccess({ before, after }: FileStep): boolean {
  return before === null || after === null || !isSameAccess(before.access, after.access);
}

/** The content with the mode and owner that the file has now, where this step leaves them alone. */
function inPlace(step: FileStep, content: FileContent | null): FileContent | null {
  if (content === null || changesAccess(step)) return content;
  const now = readContent(step.path);
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
