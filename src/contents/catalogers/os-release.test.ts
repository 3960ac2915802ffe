import { assert, array, constantFrom, property, record, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogedFile } from '../../../test/cataloged.ts';
import { bestDistribution, osRelease } from './os-release.ts';

function read(path: string, text: string) {
  return osRelease.read(catalogedFile(path, text));
}

function distributionIn(path: string, text: string) {
  return read(path, text).distribution;
}

function fromOsRelease(...lines: readonly string[]) {
  return distributionIn('etc/os-release', `${lines.join('\n')}\n`);
}

describe('os-release', () => {
  test('says what the system is', () => {
    expect(
      fromOsRelease(
        'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"',
        'NAME="Debian GNU/Linux"',
        'VERSION_ID="12"',
        'VERSION="12 (bookworm)"',
        'VERSION_CODENAME=bookworm',
        'ID=debian',
      ),
    ).toEqual({
      id: 'debian',
      version: '12',
      name: 'Debian GNU/Linux 12 (bookworm)',
      codename: 'bookworm',
      idLike: [],
    });
    expect(fromOsRelease('ID="rocky"', 'ID_LIKE="rhel centos fedora"', 'VERSION_ID="9.4"')).toEqual({
      id: 'rocky',
      version: '9.4',
      name: 'rocky',
      idLike: ['rhel', 'centos', 'fedora'],
    });
  });

  test.each([
    ['NAME="a \\"b\\" \\$c \\\\ \\`"', 'a "b" $c \\ `'],
    ['NAME=\'a "b" \\$c\'', 'a "b" \\$c'],
    ['NAME=a\\ b', 'a b'],
    ['NAME=plain # comment', 'plain'],
    ['NAME="not closed', 'not closed'],
    ['export NAME=a', 'a'],
    ['NAME=', 'x'],
    ['NAME=first\nNAME=second', 'second'],
  ])('%s', (line, name) => {
    expect(fromOsRelease('ID=x', line)?.name).toBe(name);
  });

  test('of testing and unstable has no version, and the codename of what is to come', () => {
    expect(
      fromOsRelease('PRETTY_NAME="Debian GNU/Linux forky/sid"', 'ID=debian', 'VERSION_CODENAME=forky'),
    ).toMatchObject({ version: '', codename: 'forky' });
  });

  test('with a codename and without a version has the version of that codename', () => {
    expect(fromOsRelease('ID=debian', 'PRETTY_NAME="Debian"', 'VERSION="7 (wheezy)"')).toMatchObject({
      version: '7',
      codename: 'wheezy',
    });
    expect(fromOsRelease('ID=debian', 'VERSION_CODENAME=nobody-knows')).toMatchObject({ version: '' });
  });

  test('without an ID says nothing, and that is a gap', () => {
    expect(read('etc/os-release', 'NAME=Nobody\n')).toEqual({
      gaps: [{ reason: expect.anything(), need: expect.anything() }],
    });
    expect(read('etc/os-release', '')).toEqual({});
  });

  test('may have names as long as it likes, and an ID of any characters', () => {
    const distribution = fromOsRelease(`ID=__proto__/../<b>`, `NAME=${'n'.repeat(10_000)}`);
    expect(distribution?.id).toBe('__proto__..b');
    expect(distribution?.name.length).toBeLessThan(300);
  });
});

test.each([
  ['etc/alpine-release', '3.20.1\n', 'alpine', '3.20.1'],
  ['etc/alpine-release', '3.21.0_alpha20240923\n', 'alpine', '3.21.0_alpha20240923'],
  ['etc/debian_version', '12.5\n', 'debian', '12'],
  ['etc/debian_version', '6.0.10\n', 'debian', '6'],
  ['etc/debian_version', '3.1\n', 'debian', '3.1'],
  ['etc/debian_version', 'trixie/sid\n', 'debian', ''],
  ['etc/centos-release', 'CentOS Linux release 7.9.2009 (Core)\n', 'centos', '7.9.2009'],
  ['etc/centos-release', 'CentOS release 6.10 (Final)\n', 'centos', '6.10'],
  ['etc/centos-release', 'CentOS Stream release 9\n', 'centos', '9'],
  ['etc/redhat-release', 'Red Hat Enterprise Linux Server release 6.10 (Santiago)\n', 'rhel', '6.10'],
  ['etc/redhat-release', 'Red Hat Enterprise Linux release 8.10 (Ootpa)\n', 'rhel', '8.10'],
  ['etc/fedora-release', 'Fedora release 20 (Heisenbug)\n', 'fedora', '20'],
  ['etc/oracle-release', 'Oracle Linux Server release 6.10\n', 'ol', '6.10'],
  ['etc/rocky-release', 'Rocky Linux release 9.4 (Blue Onyx)\n', 'rocky', '9.4'],
  ['etc/almalinux-release', 'AlmaLinux release 8.9 (Midnight Oncilla)\n', 'almalinux', '8.9'],
  ['etc/system-release', 'Amazon Linux AMI release 2018.03\n', 'amzn', '2018.03'],
  ['etc/system-release', 'Amazon Linux release 2 (Karoo)\n', 'amzn', '2'],
  ['etc/photon-release', 'VMware Photon OS 4.0\nPHOTON_BUILD_NUMBER=2f5aad892\n', 'photon', '4.0'],
  ['etc/mariner-release', 'CBL-Mariner 2.0.20240425\nMARINER_BUILD_NUMBER=1\n', 'mariner', '2.0.20240425'],
  ['etc/gentoo-release', 'Gentoo Base System release 2.14\n', 'gentoo', '2.14'],
  ['etc/SuSE-release', 'SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n', 'sles', '11.4'],
  ['etc/SuSE-release', 'SUSE Linux Enterprise Server 12 (x86_64)\nVERSION = 12\nPATCHLEVEL = 0\n', 'sles', '12'],
  ['etc/SuSE-release', 'openSUSE 13.1 (x86_64)\nVERSION = 13.1\nCODENAME = Bottle\n', 'opensuse', '13.1'],
  ['etc/lsb-release', 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=14.04\nDISTRIB_CODENAME=trusty\n', 'ubuntu', '14.04'],
  ['etc/arch-release', '', 'arch', ''],
])('%s of %j', (path, text, id, version) => {
  expect(distributionIn(path, text)).toMatchObject({ id, version });
});

test.each([
  ['etc/lsb-release', 'LSB_VERSION=base-4.0-amd64\n'],
  ['etc/redhat-release', 'Something of our own\n'],
  ['etc/debian_version', 'kali-rolling\n'],
  ['etc/alpine-release', '\n'],
])('%s of %j says nothing', (path, text) => {
  expect(read(path, text)).toEqual({});
});

function at(path: string, text: string) {
  const distribution = distributionIn(path, text);
  return distribution ? [{ path, distribution }] : [];
}

describe('of several files', () => {
  const ubuntu = at('usr/lib/os-release', 'ID=ubuntu\nVERSION_ID=22.04\n');

  test('os-release is believed before what other distributions have inherited', () => {
    const candidates = [
      ...at('etc/debian_version', 'bookworm/sid\n'),
      ...ubuntu,
      ...at('etc/lsb-release', 'DISTRIB_ID=Other\n'),
    ];
    expect(bestDistribution(candidates)).toEqual(ubuntu[0]);
  });

  test('the administrator’s file is believed before the vendor’s', () => {
    expect(bestDistribution([...ubuntu, ...at('etc/os-release', 'ID=mine\n')])?.distribution.id).toBe('mine');
  });

  test('a rebuild is believed before the file that says what it is compatible with', () => {
    const oracle = at('etc/oracle-release', 'Oracle Linux Server release 6.10\n');
    const both = [...at('etc/redhat-release', 'Red Hat Enterprise Linux Server release 6.10 (Santiago)\n'), ...oracle];
    expect(bestDistribution(both)).toEqual(oracle[0]);
  });

  test('another of the same distribution tells what the best leaves out', () => {
    const candidates = [...at('etc/os-release', 'ID=debian\nNAME=Debian\n'), ...at('etc/debian_version', '12.5\n')];
    expect(bestDistribution(candidates)).toMatchObject({
      path: 'etc/os-release',
      distribution: { version: '12', codename: 'bookworm' },
    });
  });

  test('there may be none', () => {
    expect(bestDistribution([])).toBeUndefined();
  });
});

test('reads whatever bytes it is given', () => {
  const names = constantFrom(
    'os-release',
    'lsb-release',
    'alpine-release',
    'debian_version',
    'SuSE-release',
    'redhat-release',
  );
  const any = record({
    name: names,
    text: string({ unit: 'binary' }),
    lines: array(constantFrom('ID=a', 'VERSION_ID="', 'X', "NAME='", 'VERSION = 1')),
  });
  assert(
    property(any, ({ name, text, lines }) => {
      for (const given of [text, `${lines.join('\n')}\n${text}`]) {
        const distribution = distributionIn(`etc/${name}`, given);
        expect(distribution?.id).not.toBe('');
      }
    }),
  );
});
