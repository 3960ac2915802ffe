/** The ecosystem of an advisory's package, in its two parts: `Debian` and `12`, `Ubuntu` and `Pro:22.04:LTS`, `npm` and ''. */
export function splitEcosystem(ecosystem: string): readonly [name: string, release: string] {
  const colon = ecosystem.indexOf(':');
  return colon < 0 ? [ecosystem, ''] : [ecosystem.slice(0, colon), ecosystem.slice(colon + 1)];
}

/**
 * A package's name as all that write it differently come to the same: PyPI takes `-`, `_` and `.` for one (PEP 503), and like NuGet and
 * Packagist asks for no case. Names of Go and npm differ by case.
 *
 * @param ecosystem - without its release
 */
export function packageName(ecosystem: string, name: string): string {
  switch (ecosystem) {
    case 'PyPI':
      return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
    case 'NuGet':
    case 'Packagist':
    case 'Hex':
    case 'GitHub Actions':
      return name.toLowerCase();
    default:
      return name;
  }
}
