/** The modules and settings that a Go program was built from, as its build info lists them. */
export interface GoBuild {
  /** The import path of its `main` package; '' where it is not told. */
  readonly path: string;
  /** Absent where the build knew no modules. */
  readonly main?: GoModule;
  readonly dependencies: readonly GoModule[];
  /** `-ldflags`, `vcs.revision`, …: their values as they were given. */
  readonly settings: ReadonlyMap<string, string>;
  /** Not all of the lines were read: there are more than a program can have. */
  readonly isCut: boolean;
}

export interface GoModule {
  readonly path: string;
  /** As in the line: `v1.2.3`, a pseudo-version, `(devel)`; '' where there is none. */
  readonly version: string;
  /** What was built in its stead; its path may be a folder. */
  readonly replacement?: GoModule;
}

/** Kubernetes has some three hundred. */
const maximumModules = 20_000;

/** Reads the lines that `go version -m` prints: a word, a tabulator, and the rest. */
export function readBuildLines(text: string): GoBuild {
  let path = '';
  let main: GoModule | undefined;
  const dependencies: GoModule[] = [];
  const settings = new Map<string, string>();
  let isCut = false;
  for (const line of text.split('\n')) {
    const [word = '', first = '', version = ''] = line.split('\t', 3);
    if (word === 'path') path = first;
    else if (word === 'mod') main = { path: first, version };
    else if (word === 'dep') {
      if (dependencies.length === maximumModules) {
        isCut = true;
        break;
      }
      dependencies.push({ path: first, version });
    } else if (word === '=>') {
      const replacement = { path: first, version };
      const replaced = dependencies.pop();
      if (replaced) dependencies.push({ ...replaced, replacement });
      else if (main) main = { ...main, replacement };
    } else if (word === 'build') {
      const setting = settingIn(line.slice('build\t'.length));
      if (setting) settings.set(...setting);
    }
  }
  return { path, ...(main === undefined ? {} : { main }), dependencies, settings, isCut };
}

/** `key=value`; either may be a string as Go writes them. */
function settingIn(text: string): readonly [string, string] | undefined {
  const [, key, value] = /^("(?:[^"\\]|\\.)*"|`[^`]*`|[^=]*)=(.*)$/s.exec(text) ?? [];
  return key === undefined || value === undefined ? undefined : [unquoted(key), unquoted(value)];
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** What a string of Go's syntax says; other text as it is. */
function unquoted(text: string): string {
  if (text.length >= 2 && text.startsWith('`') && text.endsWith('`')) return text.slice(1, -1);
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text
    .slice(1, -1)
    .replaceAll(/\\(?:x([\da-f]{2})|u([\da-f]{4})|U(00[\da-f]{6})|(.))/gis, (_, byte, short, long, letter) => {
      if (letter !== undefined) return escapes.get(String(letter)) ?? String(letter);
      const code = Number.parseInt(String(byte ?? short ?? long), 16);
      return code > 0x10_ffff ? '\ufffd' : String.fromCodePoint(code);
    });
}
