import { keyOf } from '../../contents/analysers.ts';
import { goBinary } from '../../contents/catalogers/go-binary.ts';
import { attempt, fileGap, isGap } from '../../contents/file-reader.ts';
import { mergePackages } from '../../contents/merge/packages.ts';
import type { UnreadableFact } from '../../model/fact.ts';
import type { Package } from '../../model/package.ts';
import { openPlace } from '../../sources/host/opened-file.ts';
import type { RunningProgram } from '../../sources/host/running-programs.ts';
import { asCataloged } from './database-file.ts';

/** What a program was built from, as it says itself. */
export interface ProgramModules {
  /** Of a program of Go: its own module, those that are built in, and the standard library. */
  readonly modules: readonly Package[];
  readonly gaps: readonly UnreadableFact[];
}

/** Only the parts of the file that tell are read. */
export function readModules({ path, file }: RunningProgram): ProgramModules {
  const name = path.slice(1);
  const reading = attempt(name, goBinary.id, () => {
    const content = openPlace(file);
    try {
      return goBinary.read(asCataloged(name, content));
    } finally {
      content.close();
    }
  });
  if (isGap(reading)) return { modules: [], gaps: [reading] };
  const { packages: found = [] } = reading;
  const { packages } = mergePackages(
    [{ cataloger: keyOf(goBinary), layer: 0, before: [], reading: { path: name, modified: 0, packages: found } }],
    undefined,
  );
  return { modules: packages, gaps: (reading.gaps ?? []).map(({ reason, need }) => fileGap(name, reason, need)) };
}
