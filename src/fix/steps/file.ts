import { lstatSync, readFileSync } from 'node:fs';
import type { FileContent, FileStep } from '../../model/plan.ts';
import { makeFolders, removeFile, removeFolders, removeLeftovers, replaceFile } from '../replace-file.ts';
import type { Checkpoint, Side, StepKind } from '../step-kind.ts';

/** Whole files. */
export function fileSteps(checkpoint: Checkpoint): StepKind<FileStep> {
  return {
    async side({ path, before, after, passing }) {
      const now = readContent(path);
      if (isSame(now, after) || (passing && isSame(now, passing))) return 'after';
      return isSame(now, before) ? 'before' : 'other';
    },
    async bring({ path, folders = [], ...step }: FileStep, side: Side) {
      const content = step[side];
      if (content === null) {
        removeFile(path);
        removeFolders(folders);
        return;
      }
      makeFolders(folders);
      replaceFile(path, content, checkpoint);
    },
    async pass({ path, passing }) {
      if (passing) replaceFile(path, passing, checkpoint);
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

function isSame(now: FileContent | null | undefined, side: FileContent | null): boolean {
  if (now === undefined) return false;
  if (now === null || side === null) return now === side;
  const { mode, uid, gid } = now.access;
  const { access } = side;
  return now.bytes === side.bytes && mode === access.mode && uid === access.uid && gid === access.gid;
}
