import { expect, test } from 'vitest';
import { foundPackage } from '../../test/found-package.ts';
import type { Package } from '../model/package.ts';
import { hasOnlyInterfaceHeaders, kernelPartOf } from './kernel-packages.ts';

function part(type: Package['type'], name: string, source?: string) {
  return kernelPartOf(
    foundPackage(type, name, '1', source === undefined ? {} : { source: { name: source, version: '1' } }),
  );
}

test.each([
  ['deb', 'linux-libc-dev', 'linux'],
  ['deb', 'linux-libc-dev', undefined],
  ['deb', 'linux-libc-dev-arm64-cross', 'cross-toolchain-base'],
  ['deb', 'linux-headers-6.1.0-13-amd64', 'linux'],
  ['deb', 'linux-headers-amd64', 'linux-signed-amd64'],
  ['deb', 'linux-kbuild-6.1', 'linux'],
  ['deb', 'linux-hwe-5.15-headers-5.15.0-88', 'linux-hwe-5.15'],
  ['apk', 'linux-headers', 'linux-headers'],
  ['apk', 'linux-lts-dev', 'linux-lts'],
  ['rpm', 'kernel-headers', 'kernel'],
  ['rpm', 'kernel-headers', undefined],
  ['rpm', 'kernel-devel', 'kernel'],
  ['rpm', 'kernel-rt-debug-devel', 'kernel-rt'],
  ['rpm', 'kernel-64k-devel-matched', 'kernel'],
  ['rpm', 'kernel-cross-headers', 'kernel'],
  ['rpm', 'kernel-default-devel', 'kernel-default'],
  ['rpm', 'linux-glibc-devel', 'linux-glibc-devel'],
  ['rpm', 'linux-api-headers', 'linux-api-headers'],
  ['rpm', 'linux-esx-devel', 'linux-esx'],
])('%s %s of %s has only headers', (type, name, source) => {
  expect(part(type, name, source)).toBe('headers');
});

test.each([
  ['deb', 'linux-image-6.1.0-13-amd64', 'linux-signed-amd64'],
  ['deb', 'linux-image-amd64', undefined],
  ['deb', 'linux-modules-5.15.0-88-generic', 'linux'],
  ['deb', 'linux-image-5.15.0-1050-aws', 'linux-signed-aws-5.15'],
  ['deb', 'linux-image-virtual', 'linux-meta'],
  ['deb', 'linux-perf', 'linux'],
  ['deb', 'bpftool', 'linux'],
  ['deb', 'libcpupower1', 'linux-5.10'],
  ['apk', 'linux-lts', 'linux-lts'],
  ['apk', 'linux-virt', 'linux-lts'],
  ['rpm', 'kernel', 'kernel'],
  ['rpm', 'kernel-modules-extra', 'kernel'],
  ['rpm', 'kernel-core', undefined],
  ['rpm', 'perf', 'kernel'],
  ['rpm', 'bpftool', 'kernel'],
  ['rpm', 'python3-perf', undefined],
  ['rpm', 'kernel-default-base', 'kernel-default-base'],
  ['rpm', 'linux-esx', 'linux-esx'],
])('%s %s of %s is built from a kernel', (type, name, source) => {
  expect(part(type, name, source)).toBe('kernel');
});

test.each([
  ['deb', 'libc6-dev', 'glibc'],
  ['deb', 'linux-base', 'linux-base'],
  ['deb', 'linux-firmware', 'linux-firmware'],
  ['deb', 'linuxptp', 'linuxptp'],
  ['deb', 'linux-ftpd', 'linux-ftpd'],
  ['deb', 'util-linux', 'util-linux'],
  ['apk', 'linux-pam', 'linux-pam'],
  ['apk', 'linux-firmware-none', 'linux-firmware'],
  ['rpm', 'kernel-firmware-all', 'kernel-firmware-all'],
  ['rpm', 'kernel-srpm-macros', 'kernel-srpm-macros'],
  ['rpm', 'bpftool', 'bpftool'],
  ['rpm', 'perftest', undefined],
  ['rpm', 'glibc-headers', 'glibc'],
  ['npm', 'kernel', undefined],
  ['golang', 'linux', undefined],
])('%s %s of %s has nothing to do with it', (type, name, source) => {
  expect(part(type, name, source)).toBeUndefined();
});

test.each([
  ['deb', 'linux-libc-dev', true],
  ['deb', 'linux-libc-dev-arm64-cross', true],
  ['apk', 'linux-headers', true],
  ['rpm', 'kernel-headers', true],
  ['rpm', 'linux-glibc-devel', true],
  // With tools, sources or what modules are built with.
  ['deb', 'linux-kbuild-6.1', false],
  ['deb', 'linux-headers-6.1.0-13-amd64', false],
  ['apk', 'linux-lts-dev', false],
  ['rpm', 'kernel-devel', false],
  ['rpm', 'kernel-source', false],
  ['rpm', 'kernel-cross-headers', false],
  ['rpm', 'linux-libc-dev', false],
  ['npm', 'linux-headers', false],
] as const)('%s %s has nothing but headers of the interface: %s', (type, name, expected) => {
  expect(hasOnlyInterfaceHeaders({ type, name })).toBe(expected);
});
