import type { Package } from '../model/package.ts';

/** What of a package decides which advisories concern it, and names it. */
export type MatchedPart = Omit<Package, 'licenses' | 'layer' | 'architecture' | 'development'>;

/** As short as it can be: there are hundreds of thousands. */
type Packed = readonly [
  purl: string,
  type: string,
  namespace: string | null,
  name: string,
  version: string,
  path: string,
  cataloger: string,
  isDeclared: 0 | 1,
  source: readonly [name: string, version: string] | null,
  vendor?: string | null,
  modularity?: string | null,
  ownedBy?: string | null,
];

/** A package as a text; the same for packages that are matched alike and lie at the same place. */
export function packPackage(each: MatchedPart): string {
  const { purl, type, namespace, name, version, path, cataloger, state, source, vendor, modularity, ownedBy } = each;
  const packed: Packed = [
    purl,
    type,
    namespace ?? null,
    name,
    version,
    path,
    cataloger,
    state === 'declared' ? 1 : 0,
    source ? [source.name, source.version] : null,
    vendor ?? null,
    modularity ?? null,
    ownedBy ?? null,
  ];
  let length = packed.length;
  while (packed[length - 1] === null) length -= 1;
  return JSON.stringify(packed.slice(0, length));
}

/** @throws SyntaxError for what `packPackage` did not write */
export function unpackPackage(text: string): Package {
  const packed = JSON.parse(text) as Packed;
  const [purl, type, namespace, name, version, path, cataloger, isDeclared, source, vendor, modularity, ownedBy] =
    packed;
  return {
    purl,
    type,
    ...(namespace === null ? {} : { namespace }),
    name,
    version,
    ...(source ? { source: { name: source[0], version: source[1] } } : {}),
    ...(vendor == null ? {} : { vendor }),
    ...(modularity == null ? {} : { modularity }),
    ...(ownedBy == null ? {} : { ownedBy }),
    licenses: [],
    state: isDeclared === 1 ? 'declared' : 'installed',
    path,
    layer: 0,
    cataloger,
  };
}
