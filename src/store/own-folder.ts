import { lstatSync, statSync } from 'node:fs';

/**
 * Whether a folder is this user's, and nobody else may write to it: only then is what lies in it what was put there.
 *
 * @throws the file system's error
 */
export function isOwnFolder(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  // Of a link too: where somebody else's leads is for them to say.
  const isOwn = [uid, lstatSync(folder).uid].every((each) => each === process.getuid?.());
  return isOwn && (mode & 0o022) === 0;
}
