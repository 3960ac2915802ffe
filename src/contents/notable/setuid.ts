import { defineNotable } from '../notable-reader.ts';
import { isFile, modeAnd } from './mode.ts';

/** Programs that run as their owner, whoever starts them. */
export const setuid = defineNotable({
  id: 'setuid',
  entry: (entry) =>
    (entry.mode & 0o4000) !== 0 && isFile(entry)
      ? { kind: 'setuid', detail: modeAnd(entry.mode, 'uid', entry.uid) }
      : undefined,
});
