import { chmodSync, chownSync, closeSync, constants, fstatSync, lstatSync, openSync } from 'node:fs';
import type { AccessStep, FileAccess } from '../../model/plan.ts';
import { holdOnly, inFolderOf } from '../safe-place.ts';
import type { StepKind } from '../step-kind.ts';

/** Mode and owner of files, folders and sockets. A link that stands where none stood is not followed. */
export const accessSteps: StepKind<AccessStep> = {
  async side({ path, before, after }) {
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (status === undefined) return 'gone';
    const now = readAccess(path);
    if (now === undefined) return 'other';
    if (isSame(now, after)) return 'after';
    if (isSame(now, before)) return 'before';
    return isHalfWay(now, before, after) || isHalfWay(now, after, before) ? 'after' : 'other';
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
  inFolderOf(path, ({ at, name }) => {
    // Held and not opened, which sockets cannot be; what is held is changed by its number, whoever renames it meanwhile.
    const descriptor = openSync(at(name), holdOnly | constants.O_NOFOLLOW);
    try {
      if (fstatSync(descriptor).isSymbolicLink()) throw Object.assign(new Error('a link'), { code: 'ELOOP' });
      chownSync(`/proc/self/fd/${descriptor}`, uid, gid);
      chmodSync(`/proc/self/fd/${descriptor}`, mode);
    } finally {
      closeSync(descriptor);
    }
  });
}

/** Killed between owner and mode: the owner is the new one, and the mode the old, less the set-id bits. */
function isHalfWay(now: FileAccess, from: FileAccess, to: FileAccess): boolean {
  return now.uid === to.uid && now.gid === to.gid && (now.mode | setId) === (from.mode | setId);
}

const setId = 0o6000;

function isSame(left: FileAccess, right: FileAccess): boolean {
  return left.mode === right.mode && left.uid === right.uid && left.gid === right.gid;
}
