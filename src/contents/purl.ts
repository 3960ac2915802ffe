import { type Purl, writePurl } from '../model/purl.ts';
import type { FoundPackage } from './cataloger.ts';

export { parsePurl, type Purl } from '../model/purl.ts';

/** What a package's exact identity is made of. */
export type Identity = Pick<FoundPackage, 'type' | 'namespace' | 'name' | 'version' | 'qualifiers'> &
  Pick<Purl, 'subpath'>;

/**
 * The canonical purl of a package, whatever its names are; see `writePurl` for what cannot be written as it is. An rpm's epoch
 * goes where its purls have it, among the qualifiers. A name with the namespace in it (`@scope/name`, `github.com/owner/module`,
 * `vendor/package`) is parted where the ecosystem has it so.
 */
export function purlOf({ type, namespace, name, version, qualifiers = {}, subpath }: Identity): string {
  const all = new Map(Object.entries(qualifiers));
  const epoch = type === 'rpm' ? /^(\d+):/.exec(version)?.[1] : undefined;
  if (epoch !== undefined && !all.has('epoch')) all.set('epoch', epoch);
  const slash = namespace === undefined && slashed.has(type) ? name.lastIndexOf('/') : -1;
  const space = slash > 0 ? name.slice(0, slash) : namespace;
  return writePurl({
    type,
    ...(space === undefined ? {} : { namespace: space }),
    name: slash > 0 ? name.slice(slash + 1) : name,
    version: epoch === undefined ? version : version.slice(epoch.length + 1),
    qualifiers: all,
    ...(subpath === undefined ? {} : { subpath }),
  });
}

/** Where `/` parts a name from what it stands in. */
const slashed: ReadonlySet<string> = new Set(['composer', 'golang', 'npm', 'swift']);
