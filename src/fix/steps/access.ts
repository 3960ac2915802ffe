import { chmodSync, closeSync, constants, fchmodSync, fchownSync, lchownSync, lstatSync, openSync } from 'node:fs';
import type { AccessStep, FileAccess } from '../../model/plan.ts';
import type { StepKind } from '../step-kind.ts';

/** Mode and owner of files, folders and sockets. A link that stands where none stood is not followed. */
export const accessSteps: StepKind<AccessStep> = {
  async side({ path, before, after }) {
    const now = readAccess(path);
    if (now === undefined) return 'other';
    if (isSame(now, after)) return 'after';
    return isSame(now, before) ? 'before' : 'other';
  },
  async bring(step, side) {
    setAccess(step.path, step[side]);
  },
};

/** Absent where nothing is, or a link. */
export function readAccess(path: string): FileAccess | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined || status.isSymbolicLink()) return undefined;
  return { mode: status.mode & 0o7777, uid: status.uid, gid: status.gid };
}

/** The owner first: a change of owner clears set-id bits. */
function setAccess(path: string, { mode, uid, gid }: FileAccess): void {
  const status = lstatSync(path);
  if (status.isFile() || status.isDirectory()) {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      fchownSync(descriptor, uid, gid);
      fchmodSync(descriptor, mode);
    } finally {
      closeSync(descriptor);
    }
    return;
  }
  // Sockets cannot be opened. They lie in folders that belong to root.
  if (status.isSymbolicLink()) throw Object.assign(new Error(`${path} is a link`), { code: 'ELOOP' });
  lchownSync(path, uid, gid);
  chmodSync(path, mode);
}

function isSame(left: FileAccess, right: FileAccess): boolean {
  return left.mode === right.mode && left.uid === right.uid && left.gid === right.gid;
}
