import type { Package } from '../src/model/package.ts';

/** A package as a cataloger finds it, for tests that care for a few of its fields only. */
export function foundPackage(
  type: Package['type'],
  name: string,
  version: string,
  changes: Partial<Package> = {},
): Package {
  return {
    purl: `pkg:${type}/${name}@${version}`,
    type,
    name,
    version,
    licenses: [],
    state: 'installed',
    path: '/a',
    layer: 0,
    cataloger: type === 'rpm' ? 'rpm-sqlite@1' : 'test@1',
    ...changes,
  };
}
