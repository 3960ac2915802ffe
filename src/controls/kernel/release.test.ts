import { expect, test } from 'vitest';
import { compareKernelReleases, parseKernelRelease } from './release.ts';

test.each([
  ['6.1.0-18-amd64', '6.1.0-21-amd64', 'Debian'],
  ['6.1.0-9-amd64', '6.1.0-10-amd64', 'numbers, not texts'],
  ['6.12.38+deb13-amd64', '6.12.41+deb13-amd64', 'Debian 13'],
  ['6.8.0-31-generic', '6.11.0-8-generic', 'Ubuntu'],
  ['5.14.0-427.el9_4.x86_64', '5.14.0-427.13.1.el9_4.x86_64', 'an update of RHEL'],
  ['5.14.0-427.2.1.el9_4.x86_64', '5.14.0-503.el9_5.x86_64', 'a minor release of RHEL'],
  ['6.8.5-201.fc39.x86_64', '6.8.5-301.fc40.x86_64', 'Fedora'],
  ['6.4.0-150600.21-default', '6.4.0-150600.23.7-default', 'SUSE'],
  ['6.9.1-arch1-1', '6.9.1-arch1-2', 'Arch'],
  ['6.6.30-0-lts', '6.6.31-0-lts', 'Alpine'],
  ['6.1.102-108.177.amzn2023.x86_64', '6.1.112-122.189.amzn2023.x86_64', 'Amazon Linux'],
  ['6.6.20+rpt-rpi-2712', '6.6.31+rpt-rpi-2712', 'Raspberry Pi'],
  ['6.12', '6.12.1', 'a version without a third number'],
])('%s is older than %s: %s', (older, newer) => {
  const [left, right] = [parseKernelRelease(older), parseKernelRelease(newer)];
  if (!left || !right) throw new Error('no release');
  expect(left.flavour).toBe(right.flavour);
  expect(compareKernelReleases(left, right)).toBeLessThan(0);
  expect(compareKernelReleases(right, left)).toBeGreaterThan(0);
  expect(compareKernelReleases(left, left)).toBe(0);
});

test.each([
  ['6.8.0-31-generic', '6.8.0-1008-aws'],
  ['6.1.0-21-amd64', '6.1.0-21-cloud-amd64'],
  ['6.6.31+rpt-rpi-v7', '6.6.31+rpt-rpi-v8'],
  ['6.6.31+rpt-rpi-v8', '6.6.31+rpt-rpi-2712'],
  ['5.14.0-427.el9.x86_64', '5.14.0-427.el9.x86_64+debug'],
  ['5.15.0-205.149.5.1.el9uek.x86_64', '5.14.0-427.el9.x86_64'],
  ['6.9.1-arch1-1', '6.6.31-1-lts'],
])('%s and %s are of different flavours', (left, right) => {
  expect(parseKernelRelease(left)?.flavour).not.toBe(parseKernelRelease(right)?.flavour);
});

test.each(['', 'linux', 'next-20240501', '6'])('%j is no release', (text) => {
  expect(parseKernelRelease(text)).toBeUndefined();
});
