import { defineNotable } from '../notable-reader.ts';
import { isFile, modeAnd } from './mode.ts';

/** The bit means nothing on a file that its group may not run: locks were once asked for that way. */
const setgidAndRun = 0o2010;

/** Programs that run with the rights of their group, whoever starts them. */
export const setgid = defineNotable({
  id: 'setgid',
  entry: (entry) =>
    (entry.mode & setgidAndRun) === setgidAndRun && isFile(entry)
      ? { kind: 'setgid', detail: modeAnd(entry.mode, 'gid', entry.gid) }
      : undefined,
});
