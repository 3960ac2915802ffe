import { describe, expect, test } from 'vitest';
import { foundPackage } from '../../test/found-package.ts';
import { isThirdPartyRpm } from './vendor-of-rpm.ts';

function isThirdParty(ecosystem: string, version: string, vendor?: string, isRebuilt = false) {
  const each = foundPackage('rpm', 'a', version, vendor === undefined ? {} : { vendor });
  return isThirdPartyRpm(each, ecosystem, isRebuilt);
}

describe('the distribution’s own', () => {
  test.each([
    ['Red Hat:9', '5.1.8-6.el9', 'Red Hat, Inc.'],
    ['Red Hat:8', '1:18.12.1-1.module+el8.6.0+16902+97c3ca8c', 'Red Hat, Inc.'],
    ['Red Hat:8', '1:1.1.1k-9.el8_7', 'Organization: Red Hat, Inc.'],
    ['AlmaLinux:9', '3.0.7-27.el9', 'AlmaLinux'],
    ['AlmaLinux:8', '2.4.37-56.module_el8.8.0+3560+4d7c3f9a.4.alma.1', 'AlmaLinux OS Foundation'],
    ['Rocky Linux:8', '4.4.20-4.el8_6', 'Rocky Enterprise Software Foundation'],
    ['SUSE:Linux Enterprise Server 15 SP5', '1.1.1l-150500.17.34.1', 'SUSE LLC <https://www.suse.com/>'],
    ['openSUSE:Leap 15.5', '1.1.1l-150500.17.34.1', 'SUSE LLC <https://www.suse.com/>'],
    ['openSUSE:Tumbleweed', '8.9.1-1.1', 'openSUSE'],
    ['openEuler:22.03-LTS-SP3', '1:1.1.1wa-5.oe2203sp3', 'http://openeuler.org'],
    ['Photon OS:5.0', '3.0.13-1.ph5', 'VMware, Inc.'],
    ['Azure Linux:3', '3.3.0-1.azl3', 'Microsoft Corporation'],
    ['Azure Linux:2', '1.1.1k-28.cm2', 'Microsoft Corporation'],
    ['Mageia:9', '3.0.13-1.mga9', 'Mageia.Org'],
    // Bills do not tell.
    ['Red Hat:9', '5.1.8-6.el9', undefined],
    ['Red Hat:9', '5.1.8-6.el9', '(none)'],
    ['Red Hat:9', '5.1.8-6.el9', 'NOASSERTION'],
  ])('%s %s by %s', (ecosystem, version, vendor) => {
    expect(isThirdParty(ecosystem, version, vendor)).toBe(false);
  });

  test('of CentOS are made by CentOS', () => {
    expect(isThirdParty('Red Hat:7', '1:1.0.2k-26.el7_9', 'CentOS', true)).toBe(false);
    expect(isThirdParty('Red Hat:7', '1:1.0.2k-26.el7_9', 'Red Hat, Inc.', true)).toBe(true);
  });
});

describe('of somebody else, by the vendor', () => {
  test.each([
    ['Red Hat:9', '1.2-3.el9', 'Fedora Project'],
    ['AlmaLinux:9', '1.2-3.el9', 'Fedora Project'],
    ['AlmaLinux:9', '1.2-3.el9', 'Red Hat, Inc.'],
    ['Red Hat:9', '3:24.0.7-1.el9', 'Docker'],
    ['Red Hat:8', '18.18.2-1', 'Node.js'],
    ['Red Hat:8', '1.2-3.el8', 'Redacted Hat'],
    ['openSUSE:Leap 15.5', '1.2-lp155.1.1', 'obs://build.opensuse.org/home:somebody'],
    ['Photon OS:5.0', '1.2-3', 'Bitnami'],
  ])('%s %s by %s', (ecosystem, version, vendor) => {
    expect(isThirdParty(ecosystem, version, vendor)).toBe(true);
  });
});

describe('of somebody else, by the release', () => {
  test.each([
    ['Red Hat:8', '8.2.13-1.el8.remi'],
    ['Red Hat:8', '7.4.33-12.el8.remi.7.4'],
    ['Red Hat:9', '15.5-1PGDG.rhel9'],
    ['Red Hat:7', '9.6.24-1.el7.pgdg'],
    ['AlmaLinux:9', '1:1.24.0-1.el9.ngx'],
    ['Red Hat:8', '2:18.18.2-1nodesource'],
    ['Red Hat:7', '6.6.1-1.el7.elrepo'],
    ['Red Hat:7', '2.16.5-1.ius.el7'],
    ['Red Hat:7', '5.6.40-1.w7'],
    ['Red Hat:8', '1.1.1g-15.el8.tuxcare.els7'],
    ['openSUSE:Leap 15.5', '1699.9.pm.3-1.pm.2'],
    ['Red Hat:9', '1.2-3.fc38'],
    ['Red Hat:7', '1.2-3.amzn2'],
    ['openSUSE:Leap 15.5', '1.2-3.el9'],
    ['Azure Linux:3', '1.2-3.el9'],
  ])('%s %s', (ecosystem, version) => {
    expect(isThirdParty(ecosystem, version)).toBe(true);
  });
});

test('a long release costs nothing', () => {
  expect(isThirdParty('Red Hat:9', `1-${'.remi'.repeat(100_000)}x`, 'x'.repeat(100_000))).toBe(true);
});
