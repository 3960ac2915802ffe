/** Releases of Debian by codename, as its systems number themselves. */
const debianReleases: ReadonlyMap<string, string> = new Map([
  ['woody', '3.0'],
  ['sarge', '3.1'],
  ['etch', '4'],
  ['lenny', '5'],
  ['squeeze', '6'],
  ['wheezy', '7'],
  ['jessie', '8'],
  ['stretch', '9'],
  ['buster', '10'],
  ['bullseye', '11'],
  ['bookworm', '12'],
  ['trixie', '13'],
  ['forky', '14'],
  ['duke', '15'],
]);

/** Those of Ubuntu that were made since advisories have been in OSV's form, and what still runs. */
const ubuntuReleases: ReadonlyMap<string, string> = new Map([
  ['precise', '12.04'],
  ['trusty', '14.04'],
  ['xenial', '16.04'],
  ['bionic', '18.04'],
  ['focal', '20.04'],
  ['groovy', '20.10'],
  ['hirsute', '21.04'],
  ['impish', '21.10'],
  ['jammy', '22.04'],
  ['kinetic', '22.10'],
  ['lunar', '23.04'],
  ['mantic', '23.10'],
  ['noble', '24.04'],
  ['oracular', '24.10'],
  ['plucky', '25.04'],
  ['questing', '25.10'],
  ['resolute', '26.04'],
]);

export const debianCodenames: readonly string[] = [...debianReleases.keys(), 'sid'];
export const ubuntuCodenames: readonly string[] = [...ubuntuReleases.keys()];

export function debianReleaseNamed(codename: string): string | undefined {
  return debianReleases.get(codename.toLowerCase());
}

export function debianCodenameOf(release: string): string | undefined {
  return [...debianReleases].find(([, each]) => each === release)?.[0];
}

export function ubuntuReleaseNamed(codename: string): string | undefined {
  return ubuntuReleases.get(codename.toLowerCase());
}
