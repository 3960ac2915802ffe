import { describe, expect, test } from 'vitest';
import { foundPackage as found } from '../../test/found-package.ts';
import { onlyQuestion as only, questionsOrReason as outcome } from '../../test/package-questions.ts';
import type { Distribution } from '../model/image-contents.ts';
import { orderingOf } from '../versions/ecosystems.ts';
import { compareVersions } from '../versions/ordering.ts';

function system(id: string, version: string): Distribution {
  return { id, version, name: `${id} ${version}`, idLike: [] };
}

const [bookworm, jammy, alpine] = [system('debian', '12'), system('ubuntu', '22.04'), system('alpine', '3.20.1')];
const [alma, rhel, rocky] = [system('almalinux', '9.4'), system('rhel', '8.10'), system('rocky', '9.3')];

function saying(type: 'deb' | 'rpm' | 'apk', namespace: string, distro: string) {
  return found(type, 'a', '1-1', { namespace, purl: `pkg:${type}/${namespace}/a@1-1?arch=x&distro=${distro}` });
}

describe('by the source package and its version', () => {
  test.each([
    ['libc6', '2.36-9+deb12u3', { name: 'glibc', version: '2.36-9+deb12u3' }, 'glibc', '2.36-9+deb12u3'],
    // Rebuilt without a change.
    ['bash', '5.2.15-2+b2', { name: 'bash', version: '5.2.15-2' }, 'bash', '5.2.15-2'],
    ['bash', '5.2.15-2+b2', { name: 'bash', version: '5.2.15-2+b2' }, 'bash', '5.2.15-2'],
    // Numbered otherwise than its source.
    ['libgcc-s1', '12.2.0-14', { name: 'gcc-12', version: '12.2.0-14' }, 'gcc-12', '12.2.0-14'],
    ['ruby', '1:3.1', { name: 'ruby-defaults', version: '1:3.1' }, 'ruby-defaults', '1:3.1'],
    ['dmsetup', '2:1.02.185-2', { name: 'lvm2', version: '2.03.16-2' }, 'lvm2', '2.03.16-2'],
    ['libc6', '2.36-9', { name: 'glibc', version: '' }, 'glibc', '2.36-9'],
  ])('Debian: %s %s', (name, version, source, expectedName, expectedVersion) => {
    expect(only(found('deb', name, version, { source, namespace: 'debian' }), bookworm)).toEqual({
      ecosystem: 'Debian:12',
      name: expectedName,
      version: expectedVersion,
      compared: 'source',
      doubts: [],
    });
  });

  test('Debian: where there is no source by the one that is known for the name', () => {
    const question = only(found('deb', 'libssl3', '3.0.11-1~deb12u2+b1'), bookworm);
    expect(question).toMatchObject({ name: 'openssl', version: '3.0.11-1~deb12u2', compared: 'source' });
    expect(question).not.toHaveProperty('isSourceUnknown');
  });

  test('Debian: where none is known either by its own name and version, if there is such a source', () => {
    const question = only(found('deb', 'other', '3.0.11-1~deb12u2+b1'), bookworm);
    expect(question).toMatchObject({ name: 'other', version: '3.0.11-1~deb12u2', compared: 'package' });
    expect(question.isSourceUnknown).toBe(true);
    expect(only(found('apk', 'other', '1-r0'), alpine)).not.toHaveProperty('isSourceUnknown');
  });

  test('Ubuntu and its Pro', () => {
    const source = { name: 'openssl', version: '3.0.2-0ubuntu1.10' };
    expect(only(found('deb', 'libssl3', '3.0.2-0ubuntu1.10', { source }), jammy).ecosystem).toBe('Ubuntu:22.04:LTS');
    const esm = { name: 'imagemagick', version: '8:6.9.11.60+dfsg-1.3ubuntu0.22.04.3+esm2' };
    const questions = outcome(found('deb', 'imagemagick-6-common', esm.version, { source: esm }), jammy);
    expect(questions).toMatchObject([
      { ecosystem: 'Ubuntu:Pro:22.04:LTS', name: 'imagemagick' },
      { ecosystem: 'Ubuntu:22.04:LTS', name: 'imagemagick', overruledBy: 'Ubuntu:Pro:22.04:LTS' },
    ]);
  });

  test('Alpine: the origin', () => {
    const libssl = found('apk', 'libssl3', '3.3.1-r0', { source: { name: 'openssl', version: '3.3.1-r0' } });
    expect(only(libssl, alpine)).toMatchObject({ ecosystem: 'Alpine:v3.20', name: 'openssl', compared: 'source' });
  });

  test('Wolfi: records name one or the other', () => {
    const each = found('apk', 'php-8.3-curl', '8.3.1-r0', { source: { name: 'php-8.3', version: '8.3.1-r0' } });
    expect(outcome(each, system('wolfi', '20230201'))).toMatchObject([
      { ecosystem: 'Wolfi', name: 'php-8.3-curl', compared: 'package' },
      { ecosystem: 'Wolfi', name: 'php-8.3', compared: 'source' },
      { ecosystem: 'Chainguard', name: 'php-8.3-curl', compared: 'package' },
      { ecosystem: 'Chainguard', name: 'php-8.3', compared: 'source' },
    ]);
  });

  test('SUSE: the source, whose epoch is the package’s', () => {
    const each = found('rpm', 'libopenssl1_1', '1.1.1l-150500.17.34.1', {
      source: { name: 'openssl-1_1', version: '1.1.1l-150500.17.34.1' },
      vendor: 'SUSE LLC <https://www.suse.com/>',
    });
    const questions = outcome(each, system('opensuse-leap', '15.5'));
    expect(questions).toMatchObject([{ ecosystem: 'openSUSE:Leap 15.5', name: 'openssl-1_1', compared: 'source' }, {}]);
  });
});

describe('by the binary rpm', () => {
  const library = found('rpm', 'openssl-libs', '1:3.0.7-27.el9', {
    source: { name: 'openssl', version: '3.0.7-27.el9' },
    vendor: 'AlmaLinux',
  });

  test('with its epoch', () => {
    expect(only(library, alma)).toEqual({
      ecosystem: 'AlmaLinux:9',
      name: 'openssl-libs',
      version: '1:3.0.7-27.el9',
      compared: 'package',
      doubts: [],
    });
  });

  test('Red Hat: in both forms', () => {
    const questions = outcome(found('rpm', 'bash', '4.4.20-4.el8_6'), rhel);
    expect(questions).toContainEqual(expect.objectContaining({ ecosystem: 'Red Hat:8', name: 'bash' }));
    expect(questions).toContainEqual(expect.objectContaining({ ecosystem: 'Red Hat:enterprise_linux:8::baseos' }));
  });

  test('Rocky Linux: records name one or the other; who is asked instead names packages', () => {
    const each = { ...library, vendor: 'Rocky Enterprise Software Foundation' };
    expect(outcome(each, rocky)).toEqual([
      {
        ecosystem: 'Rocky Linux:9',
        name: 'openssl-libs',
        version: '1:3.0.7-27.el9',
        compared: 'package',
        doubts: [],
        alternatives: ['AlmaLinux:9', 'Red Hat:9'],
      },
      { ecosystem: 'Rocky Linux:9', name: 'openssl', version: '1:3.0.7-27.el9', compared: 'source', doubts: [] },
    ]);
  });

  test('not by a source whose epoch cannot be known', () => {
    const io = found('rpm', 'perl-IO', '1.43-480.el9', { source: { name: 'perl', version: '5.32.1-480.el9' } });
    expect(only(io, rocky)).toMatchObject({ name: 'perl-IO', doubts: [] });
    const inMageia = only(
      { ...io, version: '1.43-1.mga9', source: { name: 'perl', version: '5.36.0-1.mga9' } },
      system('mageia', '9'),
    );
    expect(inMageia).toMatchObject({ name: 'perl', version: '5.36.0-1.mga9', doubts: ['missing-epoch'] });
  });

  test('CentOS: what is said of Red Hat, with a doubt', () => {
    const each = found('rpm', 'bash', '4.2.46-35.el7_9', { vendor: 'CentOS' });
    const [first] = outcome(each, system('centos', '7'));
    expect(first).toMatchObject({ ecosystem: 'Red Hat:7', name: 'bash', doubts: ['rebuild'] });
  });

  test.each([
    ['rpm-sqlite@1', []],
    ['rpm-berkeley@1', []],
    ['rpm-ndb@1', []],
    ['rpm-manifest@1', []],
    ['cyclonedx@1', ['missing-epoch']],
    ['spdx@1', ['missing-epoch']],
    ['syft@1', ['missing-epoch']],
    ['purls@1', ['missing-epoch']],
  ])('without an epoch, as %s told it', (cataloger, doubts) => {
    const question = only(found('rpm', 'bash', '5.1.8-6.el9', { cataloger }), alma);
    expect(question.doubts).toEqual(doubts);
    // It is 0.
    const ordering = orderingOf('AlmaLinux:9');
    if (!ordering) throw new Error('no ordering');
    expect(compareVersions(ordering, question.version, '0:5.1.8-6.el9')).toBe(0);
    expect(compareVersions(ordering, question.version, '1:1.0-1.el9')).toBeLessThan(0);
  });

  test('a bill that tells an epoch leaves no doubt', () => {
    expect(only(found('rpm', 'bash', '0:5.1.8-6.el9', { cataloger: 'purls@1' }), alma).doubts).toEqual([]);
  });

  test.each([
    ['openeuler', '22.03', '1:1.1.1wa-5.oe2203', '1.1.1wa-5.oe2203'],
    ['azurelinux', '3.0', '1:2.4.0-1.azl3', '2.4.0-1.azl3'],
  ])('%s has no epochs in its records', (id, version, installed, expected) => {
    const each = found('rpm', 'a', installed, { cataloger: 'purls@1' });
    expect(only(each, system(id, version))).toMatchObject({ version: expected, doubts: [] });
  });

  test('with the stream of its module', () => {
    const modularity = 'nodejs:18:8060020220523160029:ad008a3a';
    const each = found('rpm', 'nodejs', '1:18.12.1-1.module+el8.6.0+16902+97c3ca8c', { modularity });
    const [first] = outcome(each, rhel);
    expect(first).toMatchObject({ name: 'nodejs', module: 'nodejs:18' });
    expect(outcome(found('rpm', 'nodejs', '1:16.20.2-1.el8'), rhel)[0]).not.toHaveProperty('module');
    expect(outcome(found('rpm', 'nodejs', each.version), rhel)).toBe('unknown-module-stream');
  });
});

test.each([
  ['linux-signed-amd64', '6.1.90+1', '6.1.90-1', 'linux'],
  ['linux-signed-6.1-arm64', '6.1.90+1~deb11u1', '6.1.90-1~deb11u1', 'linux-6.1'],
  ['linux-signed', '5.15.0-91.101', '5.15.0-91.101', 'linux'],
  ['linux-signed-hwe-6.5', '6.5.0-14.14', '6.5.0-14.14', 'linux-hwe-6.5'],
])('a kernel of %s %s is asked about by what was signed', (source, written, version, name) => {
  const image = found('deb', 'linux-image-1', version, { source: { name: source, version: written } });
  expect(only(image, bookworm, { kernel: true, kernelHeaders: false })).toMatchObject({ name, version });
});

describe('by the release that the package names itself', () => {
  test.each([
    ['deb', 'debian', 'debian-11', bookworm, 'Debian:11'],
    ['deb', 'debian', 'bullseye', bookworm, 'Debian:11'],
    ['deb', 'debian', 'bullseye', undefined, 'Debian:11'],
    ['deb', 'ubuntu', 'focal', jammy, 'Ubuntu:20.04:LTS'],
    ['deb', 'ubuntu', 'ubuntu-20.04', bookworm, 'Ubuntu:20.04:LTS'],
    ['rpm', 'almalinux', 'almalinux-8.10', alma, 'AlmaLinux:8'],
    ['apk', 'alpine', 'alpine-3.19.1', alpine, 'Alpine:v3.19'],
    ['apk', 'alpine', 'alpine-3.19.1', bookworm, 'Alpine:v3.19'],
    // What it names is where it was found, or is not known.
    ['deb', 'debian', 'debian-12.5', bookworm, 'Debian:12'],
    ['deb', 'debian', 'bookworm', bookworm, 'Debian:12'],
    ['deb', 'debian', 'debian-trixie/sid', bookworm, 'Debian:12'],
    ['deb', 'debian', '12', bookworm, 'Debian:12'],
    ['deb', 'debian', '', bookworm, 'Debian:12'],
    ['deb', 'ubuntu', 'ubuntu-22.04', jammy, 'Ubuntu:22.04:LTS'],
    ['rpm', 'almalinux', 'alma-9.2', alma, 'AlmaLinux:9'],
    ['rpm', 'rocky', 'rocky-9', rocky, 'Rocky Linux:9'],
    ['apk', 'alpine', 'alpine-3.20.3', alpine, 'Alpine:v3.20'],
  ] as const)('%s %s of %s', (type, namespace, distro, distribution, ecosystem) => {
    expect(only(saying(type, namespace, distro), distribution).ecosystem).toBe(ecosystem);
  });

  test('one that names another distribution than its own is of none', () => {
    expect(outcome(saying('deb', 'debian', 'ubuntu-22.04'), bookworm)).toBe('other-distribution');
  });
});

describe('not asked', () => {
  test.each([
    ['whose distribution is not known', found('deb', 'a', '1'), undefined, 'no-distribution'],
    ['of Arch', found('alpm', 'a', '1-1'), system('arch', ''), 'uncovered-distribution'],
    ['of Raspbian', found('deb', 'a', '1-1'), system('raspbian', '11'), 'uncovered-distribution'],
    ['of Amazon Linux', found('rpm', 'a', '1-1.amzn2023'), system('amzn', '2023'), 'uncovered-distribution'],
    ['of an unknown release', found('deb', 'a', '1-1'), system('ubuntu', ''), 'no-release'],
    ['of another kind', found('apk', 'a', '1-r0'), bookworm, 'other-distribution'],
    ['of Gentoo in Debian', found('ebuild', 'a', '1', { namespace: 'dev-libs' }), bookworm, 'other-distribution'],
    ['named by another', found('deb', 'a', '1-1', { namespace: 'kali' }), bookworm, 'other-distribution'],
    ['named by Ubuntu', found('deb', 'a', '1-1', { namespace: 'ubuntu' }), bookworm, 'other-distribution'],
    ['without a version', found('deb', 'a', ''), bookworm, 'no-version'],
    ['by Remi', found('rpm', 'php', '8.2.13-1.el8.remi'), rhel, 'third-party'],
    ['of EPEL', found('rpm', 'a', '1-1.el9', { vendor: 'Fedora Project' }), alma, 'third-party'],
    ['by NodeSource', found('deb', 'nodejs', '18.18.2-1nodesource1'), bookworm, 'third-party'],
  ] as const)('a package %s', (_, each, distribution, reason) => {
    expect(outcome(each, distribution)).toBe(reason);
  });

  test('a namespace of the same vendor is no other distribution', () => {
    expect(only(found('rpm', 'a', '1-1.el9', { namespace: 'alma' }), alma).name).toBe('a');
    expect(outcome(found('rpm', 'a', '1-1.el8', { namespace: 'redhat' }), rhel)).not.toBe('other-distribution');
    const leap = outcome(found('rpm', 'a', '1-1', { namespace: 'opensuse' }), system('opensuse-leap', '15.5'));
    expect(leap).not.toBe('other-distribution');
    const sap = outcome(found('rpm', 'a', '1-1', { namespace: 'suse' }), system('sles_sap', '15.5'));
    expect(sap).not.toBe('other-distribution');
    const wolfi = outcome(found('apk', 'a', '1-r0', { namespace: 'chainguard' }), system('wolfi', '20230201'));
    expect(wolfi).not.toBe('other-distribution');
  });

  test('headers of a kernel, unless they are wanted', () => {
    const headers = found('deb', 'linux-libc-dev', '6.1.55-1', { source: { name: 'linux', version: '6.1.55-1' } });
    expect(outcome(headers, bookworm)).toBe('kernel-headers');
    expect(only(headers, bookworm, { kernelHeaders: true }).name).toBe('linux');
    expect(outcome(found('rpm', 'kernel-headers', '5.14.0-362.el9'), alma)).toBe('kernel-headers');
    expect(only(found('rpm', 'kernel-headers', '5.14.0-362.el9'), alma, { kernelHeaders: true }).name).toBe(
      'kernel-headers',
    );
  });

  test('a kernel, unless it is one that runs', () => {
    const kernel = found('rpm', 'kernel-core', '5.14.0-362.el9', {
      source: { name: 'kernel', version: '5.14.0-362.el9' },
    });
    expect(outcome(kernel, alma, { kernelHeaders: true })).toBe('kernel');
    expect(only(kernel, alma, { kernel: true }).name).toBe('kernel-core');
  });
});
