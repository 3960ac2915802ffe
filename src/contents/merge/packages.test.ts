import { expect, test } from 'vitest';
import type { FoundPackage } from '../cataloger.ts';
import type { PlacedReading } from './gathered.ts';
import { mergePackages } from './packages.ts';

const ubuntu = { id: 'ubuntu', version: '24.04', name: 'Ubuntu 24.04', idLike: ['debian'] };
const library: FoundPackage = { type: 'deb', name: 'libssl3t64', version: '3.0.13-0ubuntu3.5', id: 'libssl3t64' };

function reading(cataloger: `${string}@${number}`, path: string, ...packages: readonly FoundPackage[]): PlacedReading {
  return { cataloger, layer: 0, before: [], reading: { path, modified: 0, packages } };
}

test('of a package that two databases have, the one that tells its source counts', () => {
  const readings = [
    reading('chisel@1', 'var/lib/chisel/manifest.wall', library, { ...library, name: 'tzdata' }),
    reading('dpkg@1', 'var/lib/dpkg/status', { ...library, source: { name: 'openssl', version: library.version } }),
  ];
  for (const each of [readings, readings.toReversed()]) {
    const { packages } = mergePackages(each, ubuntu);
    expect(packages.map(({ name, cataloger }) => `${name} ${cataloger}`).toSorted()).toEqual([
      'libssl3t64 dpkg@1',
      'tzdata chisel@1',
    ]);
    expect(packages.map(({ purl }) => purl)).toContain(
      'pkg:deb/ubuntu/libssl3t64@3.0.13-0ubuntu3.5?distro=ubuntu-24.04',
    );
  }
});
