/** Types of purl: https://github.com/package-url/purl-spec. */
export type PackageType =
  | 'apk'
  | 'cargo'
  | 'composer'
  | 'deb'
  | 'gem'
  | 'generic'
  | 'golang'
  | 'maven'
  | 'npm'
  | 'nuget'
  | 'pypi'
  | 'rpm'
  | (string & {});

const systemTypes: ReadonlySet<PackageType> = new Set(['alpm', 'apk', 'deb', 'ebuild', 'rpm']);

/** Whether it is a package of an operating system, named and numbered within a distribution, and none of a language. */
export function isSystemPackage({ type }: { readonly type: PackageType }): boolean {
  return systemTypes.has(type);
}

/** Whether its namespace is the distribution: of an ebuild it is a category. */
export function isNamedByDistribution({ type }: { readonly type: PackageType }): boolean {
  return type !== 'ebuild' && systemTypes.has(type);
}

/** One package in an image. */
export interface Package {
  /** Its exact identity, in canonical form. */
  readonly purl: string;
  readonly type: PackageType;
  /** The purl's namespace: npm's scope, Maven's group, the distribution of a deb. */
  readonly namespace?: string;
  readonly name: string;
  /** As its own package manager writes it, with the epoch; '' where nothing tells it. */
  readonly version: string;
  readonly architecture?: string;
  /** The source package that it was built from: advisories of Debian and Alpine are about those. */
  readonly source?: SourcePackage;
  /** Of an rpm: the module stream that it belongs to, `nodejs:18:8060020220523160029:ad008a3a`. */
  readonly modularity?: string;
  readonly vendor?: string;
  /** As the package says it: SPDX expressions, names, or what people wrote there. */
  readonly licenses: readonly string[];
  /** Whether it is there, or only a lock file says that it is to be. */
  readonly state: 'installed' | 'declared';
  /** Only for building and testing, as a lock file says. */
  readonly development?: true;
  /** The file that says so, with a leading slash; `/app/shop.jar!/BOOT-INF/lib/a.jar` inside of an archive. */
  readonly path: string;
  /** The lowest layer since which it is there in this version. */
  readonly layer: number;
  /** `dpkg@1`: who read it. */
  readonly cataloger: string;
  /** The purl of the operating system's package that its file belongs to. */
  readonly ownedBy?: string;
}

export interface SourcePackage {
  readonly name: string;
  readonly version: string;
}
