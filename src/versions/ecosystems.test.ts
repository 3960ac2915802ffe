import { expect, test } from 'vitest';

import { orderingOf } from './ecosystems.ts';
import { compareVersions } from './ordering.ts';

/** Every name that the schema of OSV 1.7 defines, those that osv.dev has besides, and releases as records have them. */
const names: Readonly<Record<string, readonly string[]>> = {
  apk: [
    'Alpaquita:stream',
    'Alpine',
    'Alpine:v3.18',
    'Alpine:edge',
    'BellSoft',
    'BellSoft Hardened Containers:25',
    'Chainguard',
    'CleanStart',
    'MinimOS',
    'Wolfi',
    'Docker Hardened Images:Alpine:3.23',
    'Root:Alpine:3.18',
  ],
  bitnami: ['Bitnami'],
  cran: ['Bioconductor', 'CRAN'],
  dpkg: [
    'Debian',
    'Debian:12',
    'Debian:6.0',
    'Echo',
    'Echo:trixie',
    'opam',
    'Ubuntu:22.04:LTS',
    'Ubuntu:Pro:18.04:LTS',
    'Ubuntu:23.10',
    'Docker Hardened Images:Debian:trixie',
    'Root:Debian:12',
    'TuxCare:Ubuntu:16.04',
  ],
  go: ['Go'],
  hackage: ['Hackage'],
  maven: ['Maven', 'Maven:https://maven.google.com', 'Echo:Maven', 'Red Hat Lightwell:Maven', 'Root:maven'],
  nuget: ['NuGet'],
  packagist: ['Packagist', 'Packagist:https://packages.drupal.org/8'],
  pep440: ['PyPI', 'Echo:PyPI', 'Red Hat Lightwell:PyPI', 'Root:pypi'],
  pub: ['Pub', 'Echo:npm', 'Root:npm'],
  rpm: [
    'AlmaLinux',
    'AlmaLinux:9',
    'Azure Linux:3',
    'Mageia:9',
    'openEuler:24.03-LTS',
    'openSUSE:Leap 15.6',
    'Photon OS:3.0',
    'Red Hat',
    'Red Hat:9',
    'Red Hat:rhel_aus:8.4::appstream',
    'Rocky Linux:9',
    'SUSE:Linux Enterprise Server 15 SP5',
    'TuxCare:AlmaLinux:9.6',
  ],
  rubygems: ['RubyGems'],
  semver: ['crates.io', 'GHC', 'GitHub Actions', 'Hex', 'Julia', 'Kubernetes', 'npm', 'SwiftURL', 'VSCode'],
};

test.for(Object.entries(names))('%s', ([id, ecosystems]) => {
  expect(ecosystems.map((name) => [name, orderingOf(name)?.id])).toStrictEqual(ecosystems.map((name) => [name, id]));
});

test.for([
  // There is no order of versions.
  'Android',
  'ConanCenter',
  'FreeBSD',
  'GIT',
  'Linux',
  'OSS-Fuzz',
  // They say nothing without the one that was rebuilt.
  'Docker Hardened Images',
  'Red Hat Lightwell',
  'Root',
  'TuxCare',
  'TuxCare:TuxCare:Debian',
  // Not known.
  '',
  ':12',
  'debian',
  'Debian 12',
  'constructor',
  'Root:constructor',
  'TuxCare:'.repeat(100_000),
])('%.30s: none', (name) => {
  expect(orderingOf(name)).toBeUndefined();
});

test('a rebuilt package of npm is newer than the original', () => {
  const ordering = orderingOf('Echo:npm');
  expect(ordering && compareVersions(ordering, '1.2.3', '1.2.3+echo.1')).toBeLessThan(0);
  expect(ordering && compareVersions(ordering, '1.2.3+echo.9', '1.2.3+echo.10')).toBeLessThan(0);
  expect(ordering && compareVersions(ordering, '1.2.3+echo.1', '1.2.4')).toBeLessThan(0);
});
