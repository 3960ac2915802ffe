import type { Package, SourcePackage } from '../../model/package.ts';
import { parsePurl, type Purl } from '../../model/purl.ts';

/** A purl of a statement, as packages are compared with it. */
export interface PackagePattern {
  /** The purl itself. */
  readonly text: string;
  /** Packages without this key do not match. */
  readonly key: string;
  /** Higher for what names fewer packages: a version first, then each qualifier. */
  readonly exactness: number;
  readonly matches: (candidate: CandidatePackage) => boolean;
}

/** A package with what patterns ask of it. */
export interface CandidatePackage {
  /** Its own, and those of the source package that it was built from, each with and without the version. */
  readonly keys: readonly string[];
  readonly version: string;
  readonly source: SourcePackage;
  readonly architecture: string | undefined;
  readonly modularity: string | undefined;
  readonly qualifiers: ReadonlyMap<string, string>;
}

/**
 * The purl as a pattern: type, namespace and name are the same, the version where it has one, and each of its qualifiers.
 * With `arch=src` it is a source package, which all that was built from it matches.
 */
export function packagePattern(text: string): PackagePattern | undefined {
  const purl = parsePurl(text);
  if (!purl) return undefined;
  const isSource = /^(?:src|source|nosrc)$/.test(purl.qualifiers.get('arch') ?? '');
  const wanted = [...purl.qualifiers].filter(([key]) => key !== 'epoch' && !(isSource && key === 'arch'));
  const version = versionOf(purl);
  return {
    text,
    key: keyOf(purl, isSource, version),
    exactness: (version === undefined ? 0 : 100) + Math.min(wanted.length, 99),
    matches: (candidate) => {
      const own = isSource ? candidate.source.version : candidate.version;
      if (version !== undefined && !isSameVersion(purl.type, version, own)) return false;
      return wanted.every(([key, value]) => holds(key, value, purl.type, candidate));
    },
  };
}

/** Undefined where its purl is none. Of a package of which nothing else is known, the purl is enough. */
export function candidatePackage(
  each: Pick<Package, 'purl'> & Partial<Pick<Package, 'version' | 'source' | 'architecture' | 'modularity'>>,
): CandidatePackage | undefined {
  const purl = parsePurl(each.purl);
  if (!purl) return undefined;
  const version = each.version || (versionOf(purl) ?? '');
  // Without one it is built from the source of its own name.
  const source = each.source ?? { name: purl.name, version };
  return {
    keys: [...keysOf(purl, false, version), ...keysOf({ ...purl, name: source.name }, true, source.version)],
    version,
    source,
    architecture: each.architecture ?? purl.qualifiers.get('arch'),
    modularity: each.modularity ?? purl.qualifiers.get('rpmmod'),
    qualifiers: purl.qualifiers,
  };
}

function keysOf(purl: Named, isSource: boolean, version: string): readonly string[] {
  return [keyOf(purl, isSource, undefined), keyOf(purl, isSource, version)];
}

type Named = Pick<Purl, 'type' | 'namespace' | 'name'>;

function keyOf({ type, namespace = '', name }: Named, isSource: boolean, version: string | undefined): string {
  const owner = type === 'rpm' ? (sameOwner.get(namespace.toLowerCase()) ?? namespace) : namespace;
  const path = `${owner}/${name}`;
  // Tools that follow the specification lower the case of Go modules; no two of them differ by it alone.
  const identity = `${isSource ? 'source ' : ''}${type} ${type === 'golang' ? path.toLowerCase() : path}`;
  return version === undefined ? identity : `${identity} ${plainVersion(type, version)}`;
}

/** Without what tools leave away: the epoch, the `v` of Go. */
function plainVersion(type: string, version: string): string {
  if (type === 'golang') return version.replace(/^(?:v|go)(?=\d)/, '');
  return type === 'deb' || type === 'rpm' ? epochApart(version).rest : version;
}

/** Vendors and their distributions; the release is told apart by `distro`. */
const sameOwner: ReadonlyMap<string, string> = new Map([
  ['redhat', 'rhel'],
  ['sles', 'suse'],
  ['sled', 'suse'],
  ['sles_sap', 'suse'],
  ['opensuse-leap', 'opensuse'],
  ['opensuse-tumbleweed', 'opensuse'],
]);

/** With the epoch in front of it, which purls of rpm have among the qualifiers. */
function versionOf({ version, qualifiers }: Purl): string | undefined {
  const epoch = qualifiers.get('epoch');
  return version !== undefined && epoch !== undefined && /^[1-9]\d*$/.test(epoch) ? `${epoch}:${version}` : version;
}

/** Many tools leave the epoch away; no package had the same version twice. */
function isSameVersion(type: string, wanted: string, own: string): boolean {
  if (plainVersion(type, wanted) !== plainVersion(type, own)) return false;
  if (type !== 'deb' && type !== 'rpm') return true;
  const epochs = [epochApart(wanted).epoch, epochApart(own).epoch];
  return epochs[0] === epochs[1] || epochs.includes('');
}

function epochApart(version: string): { readonly epoch: string; readonly rest: string } {
  const [, epoch = '', rest = version] = /^(\d+):([^]*)$/.exec(version) ?? [];
  return { epoch: epoch === '0' ? '' : epoch, rest };
}

function holds(key: string, value: string, type: string, candidate: CandidatePackage): boolean {
  const own = candidate.qualifiers.get(key);
  if (own === value) return true;
  if (key === 'arch') return candidate.architecture === value;
  // `rhel-9` is every 9.x.
  if (key === 'distro') return own !== undefined && /^[.-]/.test(restAfter(own, value));
  // Of a stream, every build.
  if (key === 'rpmmod') return /^(?::|$)/.test(restAfter(candidate.modularity ?? '', value, '!'));
  // `zlib`, `zlib@1.2`, `zlib-1.2-3.src.rpm`.
  if (key === 'upstream') return /^(?:[@-]|$)/.test(restAfter(value, candidate.source.name, '!'));
  // What a purl of Maven has unless it says otherwise.
  return key === 'type' && type === 'maven' && value === 'jar' && own === undefined;
}

/** What follows the beginning; `otherwise` where the text begins with something else. */
function restAfter(text: string, beginning: string, otherwise = ''): string {
  return text.startsWith(beginning) ? text.slice(beginning.length) : otherwise;
}
