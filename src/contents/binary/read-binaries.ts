import type { FileContent } from '../../model/file-tree.ts';
import type { CatalogerReading, FoundPackage, ReadingGap } from '../cataloger.ts';
import { binariesIn } from './binaries-in.ts';
import type { Binary } from './binary.ts';

/**
 * What all binaries of a file tell, each package once: a Mach-O file holds the same program for several architectures. `keyOf` says
 * which are the same.
 */
export function readBinaries(
  content: FileContent,
  read: (binary: Binary) => CatalogerReading,
  keyOf: (found: FoundPackage) => string,
): CatalogerReading {
  const found = new Map<string, FoundPackage>();
  const gaps: ReadingGap[] = [];
  for (const binary of binariesIn(content)) {
    const reading = read(binary);
    for (const each of reading.packages ?? []) found.set(keyOf(each), each);
    gaps.push(...(reading.gaps ?? []));
  }
  return { packages: [...found.values()], gaps };
}
