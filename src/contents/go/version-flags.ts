/** Where a version that a build sets may stand, from the surest: in `main`, or in a package of the same module. */
const variableName = /^(?:app|build|git|program|release)?_?version$/i;
const versionForm = /^v?\d{1,10}(?:\.\d{1,10}){1,3}(?:[-+~.][\w.+~-]{1,80})?$/;

/** Flags are as long as a command line may be. */
const maximumFlags = 128 * 1024;

/**
 * The version that `-ldflags` sets: `-X main.version=1.2.3`. Only a variable whose name is that of a version counts, in package
 * `main` or in the module itself: others set the versions of Go, of a schema, of a library. Two that contradict each other say nothing.
 */
export function versionInFlags(flags: string, module: string): string | undefined {
  if (flags.length > maximumFlags) return undefined;
  const inMain = new Set<string>();
  const inModule = new Set<string>();
  for (const [variable, value] of assignmentsIn(flags)) {
    const dot = variable.lastIndexOf('.');
    const place = variable.slice(0, dot);
    if (dot < 0 || !variableName.test(variable.slice(dot + 1)) || !versionForm.test(value)) continue;
    const version = value.startsWith('v') ? value : `v${value}`;
    if (place === 'main') inMain.add(version);
    else if (place === module || place.startsWith(`${module}/`)) inModule.add(version);
  }
  const versions = inMain.size > 0 ? inMain : inModule;
  return versions.size === 1 ? [...versions][0] : undefined;
}

function* assignmentsIn(flags: string): Generator<readonly [string, string]> {
  const words = wordsOf(flags);
  for (const [index, word] of words.entries()) {
    const own = /^--?X=(.*)$/s.exec(word)?.[1];
    const assignment = own ?? (word === '-X' || word === '--X' ? words[index + 1] : undefined);
    const equals = assignment?.indexOf('=') ?? -1;
    if (assignment === undefined || equals < 0) continue;
    yield [assignment.slice(0, equals), assignment.slice(equals + 1)];
  }
}

/** Parted by spaces; what begins with a quote goes to the next one. Nothing is escaped. */
function wordsOf(flags: string): readonly string[] {
  return [...flags.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]\S*)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );
}
