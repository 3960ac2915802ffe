import type { Word } from '../../model/dockerfile.ts';

/**
 * Whether a path begins at the root, on Linux or on Windows; undefined where a variable that nothing gives a value
 * begins it. A backslash that escapes is gone from the value, so that the text is asked too.
 */
export function isAbsolutePath({ text, value }: Word): boolean | undefined {
  const isRooted = /^["']?(?:[/\\]|[A-Za-z]:)/;
  if (isRooted.test(text) || isRooted.test(value ?? '')) return true;
  return value === undefined && /^["']?\$/.test(text) ? undefined : false;
}
