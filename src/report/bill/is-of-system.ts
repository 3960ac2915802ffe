import type { Package } from '../../model/package.ts';

const systemTypes: ReadonlySet<string> = new Set(['alpm', 'apk', 'deb', 'rpm']);

/** Whether it is a package of the operating system, and none of a language. */
export function isOfSystem(each: Package | undefined): boolean {
  return each !== undefined && systemTypes.has(each.type);
}
