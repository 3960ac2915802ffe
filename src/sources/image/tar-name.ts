/** Longer paths can be on no Linux system. */
const longestPath = 4096;

/**
 * A path as engines understand it: inside of the root whether it begins with a slash or not, without `.`, `..` and empty parts. The
 * root itself is ''; `undefined` for what leads out of it, and for what is no path at all.
 */
export function cleanPath(written: string): string | undefined {
  if (written.length > longestPath || written === '') return undefined;
  // Nearly all are clean already.
  if (!needsCleaning.test(written)) return written;
  const parts: string[] = [];
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

const needsCleaning = /(?:^|\/)(?:\.{0,2})(?:\/|$)/;
