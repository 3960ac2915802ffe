import type { WrittenRpm } from './rpm-header.ts';

/**
 * Packages of which some fit into a page of a database and some need many, with all that a version can have. The databases in
 * `src/contents/rpm/fixtures` were written with 12 of them.
 */
export function sampleRpms(count: number): WrittenRpm[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `package-${index}`,
    version: `1.${index}`,
    release: `${index + 1}.el9`,
    ...(index % 3 === 0 ? { epoch: index % 2 } : {}),
    architecture: ['x86_64', 'noarch', 'i686'][index % 3] ?? 'noarch',
    sourcePackage: `source-${index % 4}-1.${index}-${index + 1}.el9.src.rpm`,
    vendor: 'Example',
    license: 'MIT AND GPL-2.0-or-later',
    ...(index % 4 === 1 ? { modularity: `module-${index}:18:8060020220523160029:ad008a3a` } : {}),
    padding: index % 4 === 2 ? 20 : (index * 1733) % 6000,
    files: Array.from({ length: index % 4 === 2 ? 0 : index % 6 }, (__, file) => ({
      path: `/usr/share/package-${index}/folder-${file % 2}/file-${file}`,
      digest: file % 3 === 2 ? '' : String(index % 10).repeat(64),
    })),
  }));
}

/** As `rpm -qa --qf '%{NAME} %{EVR} %{ARCH} %{SOURCERPM} %{MODULARITYLABEL}\n'` prints them. */
export function printedRpm({
  name,
  version,
  release,
  epoch,
  architecture,
  sourcePackage,
  modularity,
}: WrittenRpm): string {
  const whole = `${epoch === undefined ? '' : `${epoch}:`}${version}-${release}`;
  return [name, whole, architecture, sourcePackage, modularity ?? '(none)'].join(' ');
}
