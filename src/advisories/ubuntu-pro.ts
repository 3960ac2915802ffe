/** One place to ask, and the one whose word on the same advisory counts for more. */
export interface UbuntuPlace {
  readonly ecosystem: string;
  readonly overruledBy?: string;
}

/**
 * Where a package of Ubuntu is asked. What only subscribers to Ubuntu Pro get says so in its version: `+esm1`. For its package the release
 * itself lists flaws as never repaired that Pro has repaired, so that Pro's word counts where an advisory has one; Pro names only
 * those. Certified cryptography (`fips`) is a line of its own: its versions are above those of the release, whatever is repaired in
 * them, and cannot be held against the release's.
 *
 * @param ecosystem - `Ubuntu:20.04:LTS`
 */
export function ubuntuPlaces(ecosystem: string, version: string): readonly UbuntuPlace[] {
  const release = ecosystem.slice(ecosystem.indexOf(':') + 1);
  if (/[.+~-]fips/i.test(version)) {
    return ['FIPS-updates', 'FIPS', 'FIPS-preview'].map((line) => ({ ecosystem: `Ubuntu:Pro:${line}:${release}` }));
  }
  if (!/[.+~-]esm\d/i.test(version)) return [{ ecosystem }];
  const pro = `Ubuntu:Pro:${release}`;
  return [{ ecosystem: pro }, { ecosystem, overruledBy: pro }];
}
