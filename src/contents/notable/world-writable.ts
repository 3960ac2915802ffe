import { defineNotable } from '../notable-reader.ts';
import { isOfKernel, modeText } from './mode.ts';

/** Files that anybody may change, and folders in which anybody may replace what others have put there. */
export const worldWritable = defineNotable({
  id: 'world-writable',
  entry(entry) {
    if ((entry.mode & 0o002) === 0) return undefined;
    const counts = entry.kind === 'file' || (entry.kind === 'folder' && (entry.mode & 0o1000) === 0);
    return counts && !isOfKernel(entry) ? { kind: 'world-writable', detail: modeText(entry.mode) } : undefined;
  },
});
