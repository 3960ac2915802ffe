import type { Package } from '../src/model/package.ts';
import type { ReportContents } from '../src/model/report-contents.ts';
import type { Report } from '../src/model/report.ts';
import { sampleReport } from './sample-report.ts';

/** What is in an image of three layers, with one package of each kind. */
export function sampleContents(change: Partial<ReportContents> = {}): ReportContents {
  return {
    subject: 'image/registry.example/shop/web:1.2',
    target: {
      kind: 'engine',
      name: 'registry.example/shop/web:1.2',
      source: 'unix:///var/run/docker.sock',
      platform: 'linux/amd64',
      digest: `sha256:${'1f'.repeat(32)}`,
      tags: ['registry.example/shop/web:1.2'],
      repoDigests: [`registry.example/shop/web@sha256:${'2e'.repeat(32)}`],
    },
    distribution: {
      id: 'debian',
      version: '12',
      name: 'Debian GNU/Linux 12 (bookworm)',
      codename: 'bookworm',
      idLike: [],
      life: { state: 'supported', ends: '2026-06-10', extendedEnds: '2028-06-30' },
    },
    layers: [
      { digest: `sha256:${'a0'.repeat(32)}`, bytes: 75_000_000, createdBy: 'ADD rootfs.tar.xz /', packages: 2 },
      { digest: `sha256:${'b1'.repeat(32)}`, bytes: 2_000_000, createdBy: 'COPY . /app', packages: 1 },
      { bytes: 10, packages: 0, ofContainer: true },
    ],
    packages: samplePackages,
    secrets: [
      {
        rule: 'aws-access-key',
        severity: 'critical',
        place: { kind: 'file', path: '/app/.env', line: 3, column: 12 },
        masked: 'AKIA…',
        verified: false,
        layer: 1,
        deleted: true,
      },
      {
        rule: 'generic-password',
        severity: 'medium',
        place: { kind: 'environment', name: 'PASSWORD' },
        masked: 'h…',
        verified: false,
      },
      {
        rule: 'generic-password',
        severity: 'medium',
        place: { kind: 'history', step: 4 },
        masked: 'h…',
        verified: false,
      },
    ],
    files: [{ kind: 'setuid', path: '/usr/bin/su', layer: 0, detail: '0o4755', size: 72_000, ownedBy: 'util-linux' }],
    vulnerabilities: {
      found: [
        {
          id: 'CVE-2024-3094',
          aliases: ['DSA-5649-1'],
          advisory: 'DEBIAN-CVE-2024-3094',
          purl: samplePackages[0]?.purl ?? '',
          path: '/var/lib/dpkg/status',
          layer: 0,
          status: 'fixed',
          fixedIn: '5.6.1+really5.4.5-1',
          severity: {
            level: 'critical',
            source: 'nvd',
            vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
            score: 10,
          },
          exploitedSince: '2024-03-29',
          exploitProbability: 0.85,
          summary: 'Malicious code in the upstream tarballs',
          reason: {
            ecosystem: 'Debian:12',
            name: 'xz-utils',
            compared: 'source',
            version: '5.6.0-0.2',
            ordering: 'dpkg',
            range: { introduced: '5.5.1alpha-0.1', fixed: '5.6.1+really5.4.5-1' },
            doubts: [],
          },
        },
      ],
      uncovered: [
        {
          code: 'third-party',
          reason: 'it does not come from the distribution',
          count: 2,
          example: 'pkg:deb/debian/docker-ce@1',
          ofSystem: true,
        },
      ],
      asked: [
        { ecosystem: 'Debian:12', packages: 2, newest: '2024-05-01T00:00:00.000Z', read: '2024-05-02T10:00:00.000Z' },
      ],
    },
    fileCount: 9123,
    bytes: 77_000_000,
    wastedBytes: 4096,
    ...change,
  };
}

const system = { arch: 'amd64', distro: 'debian-12' };

const samplePackages: readonly Package[] = [
  {
    purl: `pkg:deb/debian/libc6@2.36-9%2Bdeb12u7?arch=${system.arch}&distro=${system.distro}`,
    type: 'deb',
    namespace: 'debian',
    name: 'libc6',
    version: '2.36-9+deb12u7',
    architecture: 'amd64',
    source: { name: 'glibc', version: '2.36-9+deb12u7' },
    vendor: 'GNU Libc Maintainers <debian-glibc@lists.debian.org>',
    licenses: ['LGPL-2.1-or-later', 'GPL-2.0-or-later WITH Classpath-exception-2.0'],
    state: 'installed',
    path: '/var/lib/dpkg/status',
    layer: 0,
    cataloger: 'dpkg@1',
  },
  {
    purl: `pkg:deb/debian/git@1:2.39.5-0%2Bdeb12u3?arch=${system.arch}&distro=${system.distro}`,
    type: 'deb',
    namespace: 'debian',
    name: 'git',
    version: '1:2.39.5-0+deb12u3',
    architecture: 'amd64',
    licenses: [],
    state: 'installed',
    path: '/var/lib/dpkg/status',
    layer: 0,
    cataloger: 'dpkg@1',
  },
  {
    purl: 'pkg:npm/%40types/JSONStream@1.0.0',
    type: 'npm',
    namespace: '@types',
    name: 'JSONStream',
    version: '1.0.0',
    licenses: ['(MIT OR Apache-2.0)'],
    state: 'declared',
    development: true,
    path: '/app/package-lock.json',
    layer: 1,
    cataloger: 'npm-lock@1',
    ownedBy: 'pkg:deb/debian/git@1:2.39.5-0%2Bdeb12u3',
  },
];

/** The report of a scan of one image. */
export function scanReport(change: Partial<ReportContents> = {}): Report {
  return sampleReport({ contents: [sampleContents(change)] });
}
