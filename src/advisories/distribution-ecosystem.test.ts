import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, array, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Distribution } from '../model/image-contents.ts';
import { orderingOf } from '../versions/ecosystems.ts';
import { ecosystemsOf } from './distribution-ecosystem.ts';
import { ubuntuPlaces } from './ubuntu-pro.ts';

function distribution(id: string, version: string, name = '', codename?: string, idLike: string[] = []): Distribution {
  return { id, version, name: name || `${id} ${version}`, idLike, ...(codename === undefined ? {} : { codename }) };
}

function asked(...written: Parameters<typeof distribution>) {
  const answer = ecosystemsOf(distribution(...written));
  return typeof answer === 'string' ? answer : answer.ecosystems;
}

describe('what os-release says of', () => {
  test.each([
    ['debian', '12', 'Debian GNU/Linux 12 (bookworm)', 'bookworm', ['Debian:12']],
    ['debian', '13', 'Debian GNU/Linux 13 (trixie)', 'trixie', ['Debian:13']],
    ['debian', '7', 'Debian GNU/Linux 7 (wheezy)', 'wheezy', ['Debian:7']],
    ['debian', '6', 'Debian GNU/Linux 6.0.10', 'squeeze', ['Debian:6.0']],
    ['debian', '3.1', 'Debian GNU/Linux 3.1', undefined, ['Debian:3.1']],
    ['debian', '', 'Debian GNU/Linux forky/sid', 'forky', ['Debian:forky', 'Debian:14']],
    ['ubuntu', '22.04', 'Ubuntu 22.04.3 LTS', 'jammy', ['Ubuntu:22.04:LTS']],
    ['ubuntu', '23.10', 'Ubuntu 23.10', 'mantic', ['Ubuntu:23.10']],
    ['ubuntu', '23.04', 'Ubuntu 23.04', 'lunar', ['Ubuntu:23.04']],
    ['ubuntu', '14.04', 'Ubuntu 14.04.6 LTS', 'trusty', ['Ubuntu:14.04:LTS']],
    ['ubuntu', '6.06', 'Ubuntu 6.06.2 LTS', undefined, ['Ubuntu:6.06:LTS']],
    ['alpine', '3.20.1', 'Alpine Linux v3.20', undefined, ['Alpine:v3.20']],
    ['alpine', '3.2.3', 'Alpine Linux v3.2', undefined, ['Alpine:v3.2']],
    ['alpine', '3.21.0_rc1', 'Alpine Linux v3.21', undefined, ['Alpine:v3.21']],
    ['alpine', '3.21.0_alpha20240923', 'Alpine Linux edge', undefined, ['Alpine:edge']],
    ['almalinux', '9.4', 'AlmaLinux 9.4 (Seafoam Ocelot)', undefined, ['AlmaLinux:9']],
    ['almalinux', '10.0', 'AlmaLinux 10.0 (Purple Lion)', undefined, ['AlmaLinux:10']],
    ['rocky', '8.10', 'Rocky Linux 8.10 (Green Obsidian)', undefined, ['Rocky Linux:8']],
    ['opensuse-leap', '15.5', 'openSUSE Leap 15.5', undefined, ['openSUSE:Leap 15.5', 'openSUSE:Leap 15.5 NonFree']],
    ['opensuse', '42.3', 'openSUSE Leap 42.3', undefined, ['openSUSE:Leap 42.3', 'openSUSE:Leap 42.3 NonFree']],
    ['opensuse', '13.2', 'openSUSE 13.2 (Harlequin) (x86_64)', undefined, ['openSUSE:13.2']],
    ['opensuse-tumbleweed', '20240923', 'openSUSE Tumbleweed', undefined, ['openSUSE:Tumbleweed']],
    ['opensuse-leap-micro', '5.5', 'openSUSE Leap Micro 5.5', undefined, ['openSUSE:Leap Micro 5.5']],
    ['sle-micro', '5.5', 'SUSE Linux Enterprise Micro 5.5', undefined, ['SUSE:Linux Enterprise Micro 5.5']],
    ['sl-micro', '6.0', 'SUSE Linux Micro 6.0', undefined, ['SUSE:Linux Micro 6.0']],
    ['wolfi', '20230201', 'Wolfi', undefined, ['Wolfi', 'Chainguard']],
    ['chainguard', '20230214', 'Chainguard', undefined, ['Chainguard', 'Wolfi']],
    ['mageia', '9', 'Mageia 9', undefined, ['Mageia:9']],
    ['openEuler', '22.03', 'openEuler 22.03 LTS', undefined, ['openEuler:22.03-LTS']],
    ['openeuler', '22.03', 'openEuler 22.03 (LTS-SP3)', undefined, ['openEuler:22.03-LTS-SP3']],
    ['openeuler', '24.03', 'openEuler 24.03 (LTS)', undefined, ['openEuler:24.03-LTS']],
    ['openeuler', '24.03', '', undefined, ['openEuler:24.03-LTS']],
    ['openeuler', '23.09', 'openEuler 23.09', undefined, ['openEuler:23.09']],
    ['photon', '5.0', 'VMware Photon OS/Linux', undefined, ['Photon OS:5.0']],
    ['azurelinux', '3.0', 'Microsoft Azure Linux 3.0', undefined, ['Azure Linux:3']],
    ['mariner', '2.0', 'CBL-Mariner/Linux', undefined, ['Azure Linux:2']],
    ['alpaquita', '23', 'BellSoft Alpaquita Linux 23 LTS (musl)', undefined, ['Alpaquita:23']],
    ['alpaquita', 'stream', 'BellSoft Alpaquita Linux Stream (glibc)', undefined, ['Alpaquita:stream']],
    [
      'bellsoft-hardened-containers',
      '25',
      'BellSoft Hardened Containers 25 LTS (musl)',
      undefined,
      ['BellSoft Hardened Containers:25'],
    ],
    ['minimos', '20241031', 'MinimOS', undefined, ['MinimOS']],
  ] as const)('%s %s', (id, version, name, codename, expected) => {
    expect(asked(id, version, name, codename)).toEqual(expected);
  });

  test('Red Hat: its own records name repositories, others only the release', () => {
    const eight = asked('rhel', '8.10', 'Red Hat Enterprise Linux 8.10 (Ootpa)');
    expect(eight[0]).toBe('Red Hat:8');
    expect(eight).toContain('Red Hat:enterprise_linux:8::baseos');
    expect(eight).toContain('Red Hat:enterprise_linux:8::appstream');
    expect(asked('rhel', '7.9')).toContain('Red Hat:enterprise_linux:7::server');
    expect(asked('rhel', '10.1')).toContain('Red Hat:enterprise_linux:10.1');
    expect(eight).not.toContain('Red Hat:enterprise_linux:9::baseos');
  });

  test('SUSE: packages are of the product or of a module of the same service pack', () => {
    const five = asked('sles', '15.5', 'SUSE Linux Enterprise Server 15 SP5');
    expect(five).toEqual(
      expect.arrayContaining([
        'SUSE:Linux Enterprise Server 15 SP5',
        'SUSE:Linux Enterprise Server 15 SP5-LTSS',
        'SUSE:Linux Enterprise Module for Basesystem 15 SP5',
      ]),
    );
    expect(asked('sles', '15', 'SUSE Linux Enterprise Server 15')).toContain('SUSE:Linux Enterprise Server 15');
    expect(asked('sles', '12.5')).toContain('SUSE:Linux Enterprise Module for Containers 12');
    expect(asked('sles', '11.4')[0]).toBe('SUSE:Linux Enterprise Server 11 SP4');
    expect(asked('sles', '16.0')).toEqual([
      'SUSE:Linux Enterprise Server 16.0',
      'SUSE:Linux Enterprise Server 16.0-LTSS',
    ]);
    expect(asked('sles_sap', '15.4')).toContain('SUSE:Linux Enterprise Server for SAP Applications 15 SP4');
  });
});

describe('what is built from the sources of another', () => {
  test('Rocky Linux has its own advisories; where there are none, those of the others are the next best', () => {
    expect(ecosystemsOf(distribution('rocky', '9.3'))).toEqual({
      type: 'rpm',
      ecosystems: ['Rocky Linux:9'],
      alternatives: ['AlmaLinux:9', 'Red Hat:9'],
      doubts: [],
    });
  });

  test.each([
    ['centos', '6.10', 'CentOS release 6.10 (Final)', 'Red Hat:6'],
    ['centos', '7', 'CentOS Linux 7 (Core)', 'Red Hat:7'],
    ['centos', '8', 'CentOS Linux 8', 'Red Hat:8'],
    ['scientific', '7.9', 'Scientific Linux 7.9 (Nitrogen)', 'Red Hat:7'],
  ])('%s %s has only those of Red Hat', (id, version, name, expected) => {
    const answer = ecosystemsOf(distribution(id, version, name));
    expect(answer).toMatchObject({ doubts: ['rebuild'], alternatives: [] });
    expect(answer).toHaveProperty('ecosystems[0]', expected);
  });
});

describe('none are known of', () => {
  test.each([
    ['raspbian', '11', 'Raspbian GNU/Linux 11 (bullseye)', 'bullseye', ['debian']],
    ['kali', '2024.3', 'Kali GNU/Linux Rolling', 'kali-rolling', ['debian']],
    ['linuxmint', '21.2', 'Linux Mint 21.2', 'victoria', ['ubuntu', 'debian']],
    ['centos', '8', 'CentOS Stream 8', undefined, ['rhel', 'fedora']],
    ['centos', '9', 'CentOS Stream 9', undefined, ['rhel', 'fedora']],
    ['amzn', '2023', 'Amazon Linux 2023', undefined, ['fedora']],
    ['ol', '8.9', 'Oracle Linux Server 8.9', undefined, ['fedora']],
    ['fedora', '40', 'Fedora Linux 40 (Container Image)', undefined, []],
    ['arch', '', 'Arch Linux', undefined, []],
    ['gentoo', '2.14', 'Gentoo Linux', undefined, []],
    ['openwrt', '23.05.0', 'OpenWrt 23.05.0', undefined, ['lede']],
    ['__proto__', '1', '', undefined, []],
  ])('%s %s, whatever it is like', (id, version, name, codename, idLike) => {
    expect(asked(id, version, name, codename, idLike)).toBe('uncovered-distribution');
  });
});

test.each([
  ['debian', ''],
  ['ubuntu', ''],
  ['alpine', ''],
  ['alpine', '3'],
  ['rhel', ''],
  ['sles', ''],
  ['sles', '15-SP5'],
  ['rocky', 'nine'],
  ['openeuler', ''],
  ['alpaquita', 'musl'],
  ['photon', ''],
])('%s %j does not tell the release', (id, version) => {
  expect(asked(id, version)).toBe('no-release');
});

test('a bill may tell the codename alone, and call a distribution otherwise', () => {
  expect(asked('debian', '', 'debian bookworm', 'bookworm')).toEqual(['Debian:12']);
  expect(asked('debian', '', 'debian sid', 'sid')).toEqual(['Debian:sid']);
  expect(asked('ubuntu', '', 'ubuntu jammy', 'jammy')).toEqual(['Ubuntu:22.04:LTS']);
  expect(asked('debian', '12.5')).toEqual(['Debian:12']);
  expect(asked('redhat', '9.3')).toEqual(asked('rhel', '9.3'));
  expect(asked('suse', '15.5')).toEqual(asked('sles', '15.5'));
});

test('versions of all ecosystems that are asked can be ordered', () => {
  const ids = ['debian 12', 'ubuntu 22.04', 'alpine 3.20', 'almalinux 9', 'rocky 9', 'rhel 9', 'sles 15.5'].concat(
    ['opensuse-leap 15.5', 'wolfi 1', 'mageia 9', 'openeuler 22.03', 'photon 5.0', 'azurelinux 3.0'],
    ['alpaquita 23', 'bellsoft-hardened-containers 23', 'minimos 1', 'cleanstart 1', 'echo 1'],
  );
  for (const [id = '', version = ''] of ids.map((each) => each.split(' '))) {
    const answer = ecosystemsOf(distribution(id, version));
    if (typeof answer === 'string') throw new Error(`${id}: ${answer}`);
    for (const each of [...answer.ecosystems, ...answer.alternatives]) {
      const expected = answer.type === 'deb' ? 'dpkg' : answer.type;
      expect([each, orderingOf(each)?.id]).toEqual([each, expected]);
    }
  }
});

test('any distribution has an answer', () => {
  assert(
    property(string(), string(), string(), array(string()), (id, version, name, idLike) => {
      expect(ecosystemsOf(distribution(id, version, name, version, idLike))).toBeDefined();
    }),
  );
});

describe('Ubuntu Pro', () => {
  test('is asked where a package comes from it, and its word counts for more than the release', () => {
    expect(ubuntuPlaces('Ubuntu:20.04:LTS', '1.1.1f-1ubuntu2.19')).toEqual([{ ecosystem: 'Ubuntu:20.04:LTS' }]);
    expect(ubuntuPlaces('Ubuntu:20.04:LTS', '2.9.10-0ubuntu0.1~esm1')).toEqual([
      { ecosystem: 'Ubuntu:Pro:20.04:LTS' },
      { ecosystem: 'Ubuntu:20.04:LTS', overruledBy: 'Ubuntu:Pro:20.04:LTS' },
    ]);
  });

  test('certified cryptography is never held against the release', () => {
    const places = ubuntuPlaces('Ubuntu:20.04:LTS', '1.1.1f-1ubuntu2.fips.22').map(({ ecosystem }) => ecosystem);
    expect(places).toContain('Ubuntu:Pro:FIPS-updates:20.04:LTS');
    expect(places).not.toContain('Ubuntu:20.04:LTS');
  });
});

const manifest = join(import.meta.dirname, '../../../shared/data/osv/manifest.json');

test.skipIf(!existsSync(manifest))('every ecosystem of a distribution in shared/data/osv is asked by one', () => {
  const releases = {
    debian: ['3.0', '3.1', '4', '5', '6', '7', '8', '9', '10', '11'],
    ubuntu: ['14.04', '16.04', '18.04', '20.04', '22.04', '23.04', '23.10'],
    alpine: [...Array.from({ length: 20 }, (_, minor) => `3.${minor + 2}.0`), '3.22.0_alpha20241224'],
    almalinux: ['8.9', '9.3', '10.0'],
    rhel: ['6.10', '7.9', '8.9', '9.3'],
  };
  const reached = new Set(
    Object.entries(releases).flatMap(([id, versions]) => versions.flatMap((version) => asked(id, version))),
  );
  const ofPro = reached
    .values()
    .filter((each) => each.startsWith('Ubuntu:'))
    .flatMap((each) => ubuntuPlaces(each, '1+esm1'));
  const all = reached.union(new Set(ofPro.map(({ ecosystem }) => ecosystem)));
  const contents = JSON.parse(readFileSync(manifest, 'utf8')) as Record<
    string,
    { ecosystems?: Record<string, number> }
  >;
  const named = Object.values(contents).flatMap(({ ecosystems = {} }) => Object.keys(ecosystems));
  const ofDistributions = named.filter((each) => /^(?:AlmaLinux|Alpine|Debian|Red Hat|Ubuntu):/.test(each));
  expect(ofDistributions.length).toBeGreaterThan(40);
  expect(ofDistributions.filter((each) => !all.has(each))).toEqual([]);
});
