/** A package URL, taken apart and decoded: https://github.com/package-url/purl-spec (ECMA-427). */
export interface Purl {
  /** Lower case. */
  readonly type: string;
  /** Segments joined with `/`. */
  readonly namespace?: string;
  readonly name: string;
  readonly version?: string;
  /** By their names in lower case. */
  readonly qualifiers: ReadonlyMap<string, string>;
  readonly subpath?: string;
}

/**
 * Reads one package URL, as the specification's "how to parse" has it, and what tools write by mistake: `pkg://`, an `@` of a
 * scope that is not encoded. A `+` is a plus: these are no forms of the web.
 *
 * @returns undefined for what is none: another scheme, no type or no name, broken percent-encoding
 */
export function parsePurl(text: string): Purl | undefined {
  const [, scheme = '', beforeFragment = '', fragment = ''] = /^([^:]{0,8}):([^#]*)#?([^]*)$/.exec(text.trim()) ?? [];
  if (scheme.toLowerCase() !== 'pkg') return undefined;
  const [beforeQuery, query] = parted(beforeFragment, beforeFragment.lastIndexOf('?'));
  const path = trimSlashes(beforeQuery);
  const slash = path.indexOf('/');
  const type = path.slice(0, Math.max(slash, 0)).toLowerCase();
  if (!validType.test(type)) return undefined;
  const [beforeVersion, version] = parted(path, versionMark(type, path));
  const segments = decodedSegments(beforeVersion.slice(slash + 1));
  const decodedVersion = decoded(version);
  const qualifiers = qualifiersIn(query);
  const subpath = decodedSegments(fragment)?.filter((segment) => segment !== '.' && segment !== '..');
  if (!segments || decodedVersion === undefined || !qualifiers || !subpath) return undefined;
  const name = segments.at(-1);
  if (name === undefined) return undefined;
  const namespace = segments.slice(0, -1).join('/');
  return {
    type,
    ...(namespace === '' ? {} : { namespace }),
    name,
    ...(decodedVersion === '' ? {} : { version: decodedVersion }),
    qualifiers,
    ...(subpath.length === 0 ? {} : { subpath: subpath.join('/') }),
  };
}

/**
 * Writes a package URL in its canonical form, and always one: a type that cannot be written becomes `generic`, an empty name
 * `?`, half a surrogate U+FFFD; qualifiers whose name cannot be written are left out.
 *
 * Two rules of the specification are not followed. It lowers the case of Go modules and of npm packages; both ecosystems tell
 * names apart by it (`JSONStream` and `jsonstream` are two packages, `github.com/BurntSushi/toml` is not found in lower case), so
 * that the result would be another package. Readers that want lower case lower it themselves; nobody could bring the case back.
 */
export function writePurl(purl: Purl): string {
  const lowered = purl.type.toLowerCase();
  const type = validType.test(lowered) ? lowered : 'generic';
  const foldsNamespace = caseless.has(type) || caselessNamespace.has(type);
  const namespace = foldsNamespace ? purl.namespace?.toLowerCase() : purl.namespace;
  const name = nameFor(type, purl.name);
  const query = [...purl.qualifiers]
    .flatMap(([key, value]) => qualifierOf(key.toLowerCase(), value))
    .toSorted()
    .join('&');
  return [
    `pkg:${type}/`,
    ...segmentsOf(namespace).map((segment) => `${encoded(segment)}/`),
    encoded(name === '' ? '?' : name),
    purl.version ? `@${encoded(purl.version)}` : '',
    query === '' ? '' : `?${query}`,
    subpathOf(purl.subpath),
  ].join('');
}

/** Types whose namespace and name the specification lowers. */
const caseless: ReadonlySet<string> = new Set([
  'alpm',
  'apk',
  'bitbucket',
  'bitnami',
  'composer',
  'deb',
  'github',
  'gitlab',
  'hex',
  'oci',
  'pub',
  'pypi',
]);

/** Types whose namespace alone it lowers. */
const caselessNamespace: ReadonlySet<string> = new Set(['qpkg', 'rpm']);

function nameFor(type: string, name: string): string {
  if (!caseless.has(type)) return name;
  const lowered = name.toLowerCase();
  if (type === 'pypi') return lowered.replaceAll(/[-_.]+/g, '-');
  return type === 'pub' ? lowered.replaceAll('-', '_') : lowered;
}

const validType = /^[a-z.+-][a-z\d.+-]*$/;
const validKey = /^[a-z._-][a-z\d._-]*$/;

/** What stands before and after the character at `index`; all of it and '' where `index` is -1. */
function parted(text: string, index: number): readonly [string, string] {
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

/** The `@` before the version: the last one, unless it begins one of npm's scopes. */
function versionMark(type: string, path: string): number {
  const mark = path.lastIndexOf('@');
  return type === 'npm' && path[mark - 1] === '/' ? -1 : mark;
}

function trimSlashes(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === '/') start++;
  while (end > start && text[end - 1] === '/') end--;
  return text.slice(start, end);
}

function segmentsOf(path: string | undefined): readonly string[] {
  return path === undefined ? [] : path.split('/').filter((segment) => segment !== '');
}

function decodedSegments(path: string): readonly string[] | undefined {
  const segments = segmentsOf(path).map(decoded);
  return segments.every((segment) => segment !== undefined) ? segments : undefined;
}

function decoded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function qualifiersIn(query: string): ReadonlyMap<string, string> | undefined {
  const qualifiers = new Map<string, string>();
  for (const pair of query.split('&')) {
    const [key, value] = parted(pair, pair.indexOf('='));
    if (value === '') continue;
    const written = decoded(value);
    if (written === undefined) return undefined;
    if (!qualifiers.has(key.toLowerCase())) qualifiers.set(key.toLowerCase(), written);
  }
  return qualifiers;
}

function qualifierOf(key: string, value: string): readonly string[] {
  return value === '' || !validKey.test(key) ? [] : [`${key}=${encoded(value)}`];
}

function subpathOf(subpath: string | undefined): string {
  const segments = segmentsOf(subpath).filter((segment) => segment !== '.' && segment !== '..');
  return segments.length === 0 ? '' : `#${segments.map(encoded).join('/')}`;
}

const unreserved = /^[\w.~:-]*$/;

/** All but letters, digits, `.`, `-`, `_`, `~` and the colon is percent-encoded, a `+` of a version too. */
function encoded(text: string): string {
  if (unreserved.test(text)) return text;
  return encodeURIComponent(text.toWellFormed())
    .replaceAll('%3A', ':')
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
