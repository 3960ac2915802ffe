import type { Distribution } from '../../model/image-contents.ts';
import { isSystemPackage, type Package } from '../../model/package.ts';
import type { FoundPackage } from '../cataloger.ts';
import { purlOf } from '../purl.ts';
import type { PlacedReading } from './gathered.ts';
import { ownerKey } from './ownership.ts';

/** The same package, for finding it in the layers below. */
function identityOf({ type, namespace = '', name, version, architecture = '', within = '' }: FoundPackage): string {
  return JSON.stringify([type, namespace, name, version, architecture, within]);
}

export interface MergedPackages {
  readonly packages: readonly Omit<Package, 'ownedBy'>[];
  /** Purls of the operating system's packages by what their lists of files call them, see `ownerKey`. */
  readonly owners: ReadonlyMap<string, string>;
}

/** Every package of the files that are there in the end, with the layer that brought it. */
export function mergePackages(
  readings: readonly PlacedReading[],
  distribution: Distribution | undefined,
): MergedPackages {
  const owners = new Map<string, string>();
  const packages: Omit<Package, 'ownedBy'>[] = [];
  for (const placed of readings) {
    const { cataloger, reading } = placed;
    if (!reading.packages) continue;
    const brought = layersOf(placed);
    for (const found of reading.packages) {
      const each = packageOf(found, placed, brought.get(identityOf(found)) ?? placed.layer, distribution);
      packages.push(each);
      if (isSystemPackage(found) && found.id !== undefined) owners.set(ownerKey(cataloger, found.id), each.purl);
    }
  }
  return { packages: withoutRepetitions(packages), owners };
}

/** Since which layer each package has been there in this version, without a break. */
function layersOf({ reading, layer, before }: PlacedReading): ReadonlyMap<string, number> {
  const since = new Map<string, number>();
  if (before.length === 0) return since;
  let alive = new Set((reading.packages ?? []).map(identityOf));
  for (const each of alive) since.set(each, layer);
  for (const lower of before) {
    const there = new Set((lower.reading.packages ?? []).map(identityOf));
    alive = alive.intersection(there);
    for (const each of alive) since.set(each, lower.layer);
  }
  return since;
}

function packageOf(
  found: FoundPackage,
  { cataloger, reading }: PlacedReading,
  layer: number,
  distribution: Distribution | undefined,
): Omit<Package, 'ownedBy'> {
  const namespace = found.namespace ?? (isSystemPackage(found) ? namespaceOf(found, distribution) : undefined);
  const { architecture, source, modularity, vendor, development } = found;
  return {
    purl: purlOf({
      ...found,
      ...(namespace === undefined ? {} : { namespace }),
      qualifiers: qualifiersOf(found, distribution),
    }),
    type: found.type,
    ...(namespace === undefined ? {} : { namespace }),
    name: found.name,
    version: found.version,
    ...(architecture === undefined ? {} : { architecture }),
    ...(source ? { source } : {}),
    ...(modularity === undefined ? {} : { modularity }),
    ...(vendor === undefined ? {} : { vendor }),
    licenses: found.licenses ?? [],
    state: found.state ?? 'installed',
    ...(development ? { development } : {}),
    path: `/${reading.path}${found.within ?? ''}`,
    layer,
    cataloger,
  };
}

/** Packages of an operating system are named within their distribution. */
function namespaceOf({ type }: FoundPackage, distribution: Distribution | undefined): string | undefined {
  if (distribution) return distribution.id;
  return type === 'deb' ? 'debian' : type === 'apk' ? 'alpine' : undefined;
}

function qualifiersOf(found: FoundPackage, distribution: Distribution | undefined): Readonly<Record<string, string>> {
  const { qualifiers = {} } = found;
  if (!distribution || !isSystemPackage(found)) return qualifiers;
  const { id, version, codename } = distribution;
  const release = version === '' ? codename : version;
  return { ...qualifiers, distro: release === undefined ? id : `${id}-${release}` };
}

/** What a lock file asks for and what is there are the same package once; a package told of twice at one place too. */
function withoutRepetitions(packages: readonly Omit<Package, 'ownedBy'>[]): Omit<Package, 'ownedBy'>[] {
  const installed = new Set(packages.flatMap(({ state, purl }) => (state === 'installed' ? [purl] : [])));
  // .NET's chiselled images have Chisel's manifest and a status of dpkg, and only the latter tells sources.
  const withSource = new Set(packages.flatMap(({ source, purl }) => (source ? [purl] : [])));
  const seen = new Set<string>();
  return packages.filter(({ type, state, purl, path, source }) => {
    if (state === 'declared' && installed.has(purl)) return false;
    if (!source && withSource.has(purl)) return false;
    // An image may hold the database of an older package manager beside that of the newer one.
    const key = isSystemPackage({ type }) ? purl : `${purl} ${path}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
