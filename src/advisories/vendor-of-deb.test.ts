import { describe, expect, test } from 'vitest';
import { foundPackage } from '../../test/found-package.ts';
import { isThirdPartyDeb } from './vendor-of-deb.ts';

function isThirdParty(ecosystem: string, name: string, version: string, vendor?: string) {
  const each = foundPackage('deb', name, version, {
    source: { name, version },
    ...(vendor === undefined ? {} : { vendor }),
  });
  return isThirdPartyDeb(each, ecosystem);
}

describe('of somebody else', () => {
  test.each([
    ['Ubuntu:22.04:LTS', 'docker-ce', '5:24.0.7-1~ubuntu.22.04~jammy', undefined],
    ['Debian:12', 'docker-ce-cli', '5:24.0.7-1~debian.12~bookworm', undefined],
    ['Debian:12', 'containerd.io', '1.6.24-1', undefined],
    ['Debian:12', 'nodejs', '18.18.2-1nodesource1', undefined],
    ['Debian:12', 'nodejs', '20.10.0-deb-1nodesource1', undefined],
    ['Debian:12', 'nodejs', '16.20.2-1', 'Ivan Iguaran <ivan@nodesource.com>'],
    ['Debian:12', 'postgresql-16', '16.1-1.pgdg120+1', 'Debian PostgreSQL Maintainers <team+pg@tracker.debian.org>'],
    ['Debian:12', 'php8.2', '8.2.13-1+0~20231121.32+debian12~1.gbp1b8b52', 'Debian PHP Maintainers <team@debian.org>'],
    ['Ubuntu:22.04:LTS', 'php8.2-cli', '8.2.13-1+ubuntu22.04.1+deb.sury.org+1', undefined],
    ['Debian:12', 'nginx', '1.25.3-1~bookworm', 'NGINX Packaging <nginx-packaging@f5.com>'],
    ['Ubuntu:22.04:LTS', 'redis', '6:7.2.4-1rl1~jammy1', 'Redis Ltd'],
    ['Ubuntu:22.04:LTS', 'python3.12', '3.12.1-1+jammy1', 'Matthias Klose <doko@debian.org>'],
    ['Ubuntu:22.04:LTS', 'git', '1:2.43.0-0ppa1~ubuntu22.04.1', undefined],
    ['Ubuntu:22.04:LTS', 'mariadb-server', '1:10.11.6+maria~ubu2204', undefined],
    ['Debian:12', 'libssl3', '3.0.11-1~deb12u2+rpt1', undefined],
    ['Debian:12', 'qemu-server', '8.0.7-pve1', undefined],
    ['Debian:12', 'nmap', '7.94+git20230807-0kali1', undefined],
    ['Debian:12', 'openssl', '3.0.2-0ubuntu1.10', 'Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>'],
    ['Debian:12', 'dotnet-sdk-8.0', '8.0.100-1', '.NET Team <dotnetpackages@dotnetfoundation.microsoft.com>'],
    ['Debian:12', 'mysql-server', '8.0.35-1debian12', 'MySQL Release Engineering <mysql-build@oss.oracle.com>'],
    ['Debian:12', 'google-chrome-stable', '119.0.6045.159-1', undefined],
    ['Debian:12', 'kubectl', '1.28.4-1.1', 'Kubernetes Authors <dev@kubernetes.io>'],
  ])('%s %s %s by %s', (ecosystem, name, version, vendor) => {
    expect(isThirdParty(ecosystem, name, version, vendor)).toBe(true);
  });
});

describe('the distribution’s own', () => {
  test.each([
    ['Debian:12', 'openssl', '3.0.11-1~deb12u2', 'Debian OpenSSL Team <pkg-openssl-devel@alioth-lists.debian.net>'],
    ['Debian:11', 'php7.4', '7.4.33-1+deb11u5', 'Debian PHP Maintainers <team+pkg-php@tracker.debian.org>'],
    ['Debian:12', 'golang-1.21', '1.21.3-1~bpo12+1', undefined],
    ['Debian:6.0', 'apache2', '2.2.16-6+squeeze15', undefined],
    ['Debian:12', 'docker.io', '20.10.24+dfsg1-1+b3', 'Debian Go Packaging Team <team+pkg-go@tracker.debian.org>'],
    ['Debian:12', 'chromium', '119.0.6045.159-1~deb12u1', undefined],
    ['Debian:12', 'bash', '5.2.15-2+b2', 'Matthias Klose <doko@debian.org>'],
    ['Ubuntu:22.04:LTS', 'openssl', '3.0.2-0ubuntu1.10', 'Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>'],
    ['Ubuntu:20.04:LTS', 'openjdk-8', '8u392-ga-1~20.04', undefined],
    ['Ubuntu:16.04:LTS', 'libreoffice', '1:5.1.6~rc2-0ubuntu1~xenial10', undefined],
    ['Ubuntu:22.04:LTS', 'curl', '7.81.0-1ubuntu1.14', undefined],
    ['Debian:12', 'a', '1.0-1', 'Notdocker <me@notdocker.com>'],
    ['Debian:12', 'a', '1.0-1', 'docker.com'],
  ])('%s %s %s by %s', (ecosystem, name, version, vendor) => {
    expect(isThirdParty(ecosystem, name, version, vendor)).toBe(false);
  });
});

test('long texts cost nothing', () => {
  expect(isThirdParty('Debian:12', 'a'.repeat(100_000), '~1'.repeat(100_000), '@a'.repeat(100_000))).toBe(false);
});
