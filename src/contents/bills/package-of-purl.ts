import { isSystemPackage, type Package, type SourcePackage } from '../../model/package.ts';
import { type Purl, purlOf } from '../purl.ts';

/** What a bill says of a package beside its purl; no two tools say the same. */
export interface ToldOfPackage {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly epoch?: string | undefined;
  readonly vendor?: string | undefined;
  readonly licenses?: readonly string[];
  readonly path: string;
  readonly layer: number;
  /** Name and version of the source package; without a version it has the package's own. */
  readonly source?: { readonly name: string; readonly version?: string | undefined } | undefined;
  /** `openssl-1.1.1k-7.el8.src.rpm`. */
  readonly sourceRpm?: string | undefined;
  readonly modularity?: string | undefined;
  readonly development?: boolean;
  /** Who read the bill. */
  readonly cataloger: string;
}

/** A package of a bill that another tool wrote. The purl decides; the rest fills in what purls leave out. */
export function packageOfPurl(purl: Purl, told: ToldOfPackage): Package {
  const { type, namespace } = purl;
  // Many tools lower the case of names in purls, even where it tells packages apart.
  const name = told.name !== undefined && told.name.toLowerCase() === purl.name.toLowerCase() ? told.name : purl.name;
  const version = versionOf(purl, told);
  const architecture = purl.qualifiers.get('arch');
  const source = sourceOf(purl, told, version);
  const modularity = told.modularity ?? purl.qualifiers.get('rpmmod');
  return {
    purl: identityOf(purl, name, version),
    type,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    version,
    ...(architecture === undefined ? {} : { architecture }),
    ...(source === undefined ? {} : { source }),
    ...(modularity === undefined || modularity === '' ? {} : { modularity }),
    ...(told.vendor === undefined || told.vendor === '' ? {} : { vendor: told.vendor }),
    licenses: told.licenses ?? [],
    state: 'installed',
    ...(told.development ? { development: true as const } : {}),
    path: told.path,
    layer: told.layer,
    cataloger: told.cataloger,
  };
}

/** Epochs are written before the version, among the qualifiers, in a field of their own, or only in the component's version. */
function versionOf({ type, version, qualifiers }: Purl, told: ToldOfPackage): string {
  const plain = version ?? told.version ?? '';
  if (!hasEpochs(type) || plain === '' || /^\d+:/.test(plain)) return plain;
  if (told.version?.endsWith(`:${plain}`) && /^\d+:/.test(told.version)) return told.version;
  const epoch = qualifiers.get('epoch') ?? told.epoch;
  return epoch !== undefined && /^[1-9]\d*$/.test(epoch) ? `${epoch}:${plain}` : plain;
}

function hasEpochs(type: string): boolean {
  return type === 'deb' || type === 'rpm';
}

/** The purl with the epoch where its type has it, and in canonical form. */
function identityOf({ type, namespace, qualifiers, subpath }: Purl, name: string, version: string): string {
  const kept = hasEpochs(type) ? [...qualifiers].filter(([key]) => key !== 'epoch') : qualifiers;
  return purlOf({
    type,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    version,
    qualifiers: Object.fromEntries(kept),
    ...(subpath === undefined ? {} : { subpath }),
  });
}

function sourceOf({ type, qualifiers }: Purl, told: ToldOfPackage, version: string): SourcePackage | undefined {
  const { source } = told;
  if (source) return { name: source.name, version: source.version || version };
  const rpm = told.sourceRpm ?? (type === 'rpm' ? qualifiers.get('upstream') : undefined);
  if (rpm !== undefined) return sourceOfRpm(rpm);
  // Syft's own: `glibc`, or `glibc@2.36-9` where the version is another.
  const upstream = qualifiers.get('upstream');
  if (upstream === undefined || !isSystemPackage({ type })) return undefined;
  const mark = upstream.indexOf('@');
  return mark < 0
    ? { name: upstream, version }
    : { name: upstream.slice(0, mark), version: upstream.slice(mark + 1) || version };
}

/** Name, version and release of a file: neither of the last two has a dash in it. */
function sourceOfRpm(file: string): SourcePackage | undefined {
  const [, name, version] = /^(.+)-([^-]+-[^-]+?)(?:\.(?:no)?src)?(?:\.rpm)?$/.exec(file) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}
