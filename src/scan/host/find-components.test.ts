import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  alma9,
  alpine320,
  alpineHost,
  debian11,
  debian12,
  debianHost,
  goProgram,
  rpmHost,
  ubuntu2204,
  type WrittenHost,
} from '../../../test/copied-hosts.ts';
import { advisoryPart, osvRecord } from '../../../test/feed-parts.ts';
import type { WrittenRpm } from '../../../test/rpm-header.ts';
import { engine, hidden, host, info, machine } from '../../../test/subjects.ts';
import { openAdvisoryDatabase } from '../../feeds/advisory-database.ts';
import { importFeeds } from '../../feeds/import-feeds.ts';
import { storeFile } from '../../feeds/store-file.ts';
import type { EngineFacts } from '../../model/engine.ts';
import { mapFact } from '../../model/fact.ts';
import { hostFileRoles } from '../../model/host-file.ts';
import type { ComponentPart, HostComponent } from '../../model/host-component.ts';
import type { HostFacts } from '../../model/host.ts';
import type { JsonObject } from '../../model/json.ts';
import { readCopiedHost } from '../../sources/copied-host.ts';
import { findComponents } from './find-components.ts';

function until(fixed: string): readonly JsonObject[] {
  return [{ introduced: '0' }, { fixed }];
}

let dataFolder = '';
beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'plimsoll-components-'));
  const database = openAdvisoryDatabase(storeFile(dataFolder), { writes: true });
  await importFeeds(
    database,
    [
      advisoryPart('Debian', [
        osvRecord('DSA-1', 'Debian:11', 'linux', until('5.10.216-1'), { upstream: ['CVE-2024-1086'] }),
        osvRecord('DSA-2', 'Debian:11', 'runc', until('1.0.0~rc93+ds1-5+deb11u3'), { upstream: ['CVE-2024-21626'] }),
        osvRecord('DSA-3', 'Debian:11', 'docker.io', until('1'), { upstream: ['CVE-2014-1'] }),
      ]),
      advisoryPart('Ubuntu', [
        osvRecord('USN-1', 'Ubuntu:22.04:LTS', 'linux', until('5.15.0-94.104'), { upstream: ['CVE-2023-6931'] }),
      ]),
      advisoryPart('AlmaLinux', [
        osvRecord('ALSA-1', 'AlmaLinux:9', 'kernel-core', until('5.14.0-427.16.1.el9_4'), {
          upstream: ['CVE-2024-0646'],
        }),
        osvRecord('ALSA-2', 'AlmaLinux:9', 'crun', until('1.14.3-1.el9'), { upstream: ['CVE-2022-27650'] }),
      ]),
      advisoryPart('Alpine', [
        osvRecord('ALPINE-1', 'Alpine:v3.20', 'linux-lts', until('6.6.32-r0'), { upstream: ['CVE-2024-35235'] }),
      ]),
      advisoryPart('Go', [
        osvRecord('GO-1', 'Go', 'github.com/docker/docker', until('25.0.6+incompatible'), {
          aliases: ['CVE-2024-41110'],
        }),
        osvRecord('GO-2', 'Go', 'github.com/opencontainers/runc', until('1.1.12'), { aliases: ['CVE-2024-21626'] }),
        osvRecord('GO-3', 'Go', 'stdlib', until('1.21.11'), { aliases: ['CVE-2024-24790'] }),
        osvRecord('GO-4', 'Go', 'golang.org/x/net', until('0.23.0'), { aliases: ['CVE-2023-45288'] }),
      ]),
    ],
    { now: 1_717_200_000 },
  );
  database.close();
});
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

async function componentsIn(folder: { readonly path: string }) {
  const { machine: copied } = await readCopiedHost(folder.path);
  return findComponents(copied, { dataFolder, root: folder.path });
}

async function partOf(folder: { readonly path: string }, part: ComponentPart): Promise<HostComponent> {
  const { components } = await componentsIn(folder);
  const [one, ...others] = components.filter((each) => each.part === part);
  expect(others).toEqual([]);
  if (!one) throw new Error(`there is no ${part}`);
  return one;
}

/** `CVE-… → version`, or why nothing is known. */
function told({ flaws }: HostComponent): readonly string[] | string {
  return flaws.known ? flaws.value.found.map(({ id, fixedIn }) => `${id} → ${fixedIn}`) : flaws.reason.en;
}

const image = '/boot/vmlinuz-5.10.0-28-amd64';
const debianKernel = {
  name: 'linux-image-5.10.0-28-amd64',
  version: '5.10.209-2',
  source: 'linux-signed-amd64 (5.10.209+2)',
  files: [image],
};
const debianOn = { osRelease: debian11, kernelRelease: '5.10.0-28-amd64' };

function kernelOf(number: string): WrittenRpm {
  return {
    name: 'kernel-core',
    version: '5.14.0',
    release: `${number}.el9_4`,
    architecture: 'x86_64',
    vendor: 'AlmaLinux',
    sourcePackage: `kernel-5.14.0-${number}.el9_4.src.rpm`,
    files: [{ path: `/lib/modules/5.14.0-${number}.el9_4.x86_64/vmlinuz` }],
  };
}

describe('the kernel that runs', () => {
  test('of Debian is held against the advisories of its source, by its own version and not the signed one', async () => {
    using folder = debianHost(debianOn, [debianKernel]);
    const kernel = await partOf(folder, 'kernel');
    expect(kernel).toMatchObject({
      name: '5.10.0-28-amd64',
      version: '5.10.209-2',
      path: image,
      judgedBy: 'distribution',
      package: 'pkg:deb/debian/linux-image-5.10.0-28-amd64@5.10.209-2?arch=amd64&distro=debian-11',
      flaws: { value: { asked: [{ ecosystem: 'Debian:11', packages: 1 }], uncovered: [] } },
    });
    expect(told(kernel)).toEqual(['CVE-2024-1086 → 5.10.216-1']);
  });

  test('is the one that was started also where nobody signed it: its source has the version of what runs', async () => {
    const updated = { ...debianKernel, version: '5.10.216-1', source: 'linux' };
    const version = 'Linux version 5.10.0-28-armmp (x@y) #1 SMP Debian 5.10.209-2 (2024-01-31)\n';
    using waiting = debianHost({ ...debianOn, version }, [updated]);
    expect(told(await partOf(waiting, 'kernel'))).toEqual(['CVE-2024-1086 → 5.10.216-1']);
  });

  test('is the one that was started, and not what was installed since under the same release', async () => {
    const updated = { ...debianKernel, version: '5.10.216-1', source: 'linux-signed-amd64 (5.10.216+1)' };
    using mended = debianHost(debianOn, [updated]);
    expect(told(await partOf(mended, 'kernel'))).toEqual([]);
    const version = 'Linux version 5.10.0-28-amd64 (x@y) (gcc-10) #1 SMP Debian 5.10.209-2 (2024-01-31)\n';
    using waiting = debianHost({ ...debianOn, version }, [updated]);
    const kernel = await partOf(waiting, 'kernel');
    expect([kernel.version, told(kernel)]).toEqual(['5.10.209-2', ['CVE-2024-1086 → 5.10.216-1']]);
  });

  test('of Ubuntu is told by its signature, flavour and all', async () => {
    const release = '5.15.0-91-generic';
    const signed = {
      name: `linux-image-${release}`,
      version: '5.15.0-91.101',
      source: 'linux-signed',
      files: [`/boot/vmlinuz-${release}`],
    };
    const on = { osRelease: ubuntu2204, kernelRelease: release };
    using folder = debianHost(on, [signed]);
    expect(told(await partOf(folder, 'kernel'))).toEqual(['CVE-2023-6931 → 5.15.0-94.104']);
    using older = debianHost(
      { ...on, files: { 'proc/version_signature': 'Ubuntu 5.15.0-90.100-generic 5.15.131\n' } },
      [{ ...signed, version: '5.15.0-94.104' }],
    );
    expect((await partOf(older, 'kernel')).version).toBe('5.15.0-90.100');
    // A kernel of another source, of which no advisory was ever written, is not in the data.
    using other = debianHost(on, [{ ...signed, source: 'linux-signed-hwe-6.5 (6.5.0-14.14)' }]);
    expect(told(await partOf(other, 'kernel'))).toContain('no advisory of the distribution names');
  });

  test('of AlmaLinux is the one of several that has its modules, and is looked up by the package', async () => {
    const packages = [kernelOf('427.13.1'), kernelOf('427.16.1')];
    using old = rpmHost({ osRelease: alma9, kernelRelease: '5.14.0-427.13.1.el9_4.x86_64' }, packages);
    const kernel = await partOf(old, 'kernel');
    expect(kernel.version).toBe('5.14.0-427.13.1.el9_4');
    expect(told(kernel)).toEqual(['CVE-2024-0646 → 5.14.0-427.16.1.el9_4']);
    using mended = rpmHost({ osRelease: alma9, kernelRelease: '5.14.0-427.16.1.el9_4.x86_64' }, packages);
    expect(told(await partOf(mended, 'kernel'))).toEqual([]);
  });

  test('of Alpine is found by its modules: its image bears no release', async () => {
    const installed =
      'P:linux-lts\nV:6.6.31-r0\nA:x86_64\no:linux-lts\nF:lib/modules/6.6.31-0-lts\nR:modules.builtin\n\n';
    using folder = alpineHost({ osRelease: alpine320, kernelRelease: '6.6.31-0-lts' }, installed, [
      '/lib/modules/6.6.31-0-lts/modules.builtin',
    ]);
    expect(told(await partOf(folder, 'kernel'))).toEqual(['CVE-2024-35235 → 6.6.32-r0']);
  });

  test.each<[string, Parameters<typeof debianHost>, RegExp]>([
    [
      'that nobody installed here',
      [{ ...debianOn, kernelRelease: '6.18.44-cloud' }, [debianKernel]],
      /belongs to no package/,
    ],
    ['that somebody built', [{ ...debianOn, files: { [image]: '' } }, []], /belongs to no package/],
    ['that was removed', [debianOn, [{ ...debianKernel, state: 'config-files' }]], /belongs to no package/],
    ['of a release without data', [{ ...debianOn, osRelease: debian12 }, [debianKernel]], /no advisories.*Debian:12/],
    ['of a copy that does not run', [{ osRelease: debian11 }, [debianKernel]], /osrelease does not exist/],
    ['whose release leads elsewhere', [{ ...debianOn, kernelRelease: '5/../../x' }, [debianKernel]], /cannot be read/],
  ])('%s is unknown', async (_, written, reason) => {
    using folder = debianHost(...written);
    expect(told(await partOf(folder, 'kernel'))).toMatch(reason);
  });

  test('is unknown where the package database cannot be read', async () => {
    using folder = debianHost(debianOn, []);
    folder.write(image, '');
    folder.write('var/lib/rpm/rpmdb.sqlite', 'no database');
    expect(told(await partOf(folder, 'kernel'))).toContain('not a SQLite database');
  });
});

const stdlibOnly = goProgram('go1.19.8', 'path\tgithub.com/docker/docker/cmd/dockerd\n');
const runcModules = 'path\tgithub.com/opencontainers/runc\nmod\tgithub.com/opencontainers/runc\tv1.1.5\t\n';

function diverted(by: string): WrittenHost {
  return {
    ...debianOn,
    files: {
      'usr/sbin/runc': goProgram('go1.22.4', runcModules),
      'var/lib/dpkg/diversions': `/usr/sbin/runc\n/usr/sbin/runc.real\n${by}\n`,
    },
  };
}

/** With a list that claims what no package may. */
function hostWithLocalRunc(content: Buffer | string) {
  return debianHost({ ...debianOn, files: { 'usr/local/bin/runc': content } }, [
    { name: 'runc', version: '1', files: ['/usr/local/bin/runc'] },
  ]);
}

describe('a program of the distribution', () => {
  const runc = { name: 'runc', version: '1.0.0~rc93+ds1-5+deb11u2', files: ['/usr/sbin/runc'] };

  test("is judged by the distribution's advisories; its Go modules are told beside", async () => {
    using folder = debianHost({ ...debianOn, files: { 'usr/sbin/runc': goProgram('go1.15.15', runcModules) } }, [runc]);
    const found = await partOf(folder, 'runtime');
    expect(found).toMatchObject({ name: 'runc', judgedBy: 'distribution', version: runc.version, gaps: [] });
    expect(told(found)).toEqual(['CVE-2024-21626 → 1.0.0~rc93+ds1-5+deb11u3']);
    expect(found.builtIn?.found.map(({ id, coveredBy }) => [id, coveredBy])).toEqual([
      ['CVE-2024-24790', found.package],
      ['CVE-2024-21626', found.package],
    ]);
  });

  test('of which no advisory tells is clean as far as is known, however old its modules', async () => {
    using folder = debianHost({ ...debianOn, files: { 'usr/sbin/dockerd': stdlibOnly } }, [
      { name: 'docker.io', version: '20.10.5+dfsg1-1+deb11u2', files: ['/usr/sbin/dockerd'] },
    ]);
    const found = await partOf(folder, 'engine');
    expect(told(found)).toEqual([]);
    expect(found.builtIn?.found).toHaveLength(1);
  });

  test('is found where /usr was merged, by either name of its file', async () => {
    using folder = debianHost({ ...debianOn, files: { 'usr/sbin/runc': '' } }, [{ ...runc, files: ['/sbin/runc'] }]);
    expect((await partOf(folder, 'runtime')).package).toContain('/runc@');
  });

  test('that another package or the administrator put in its place is not its own', async () => {
    using ofAdministrator = debianHost(diverted(':'), [runc]);
    expect(await partOf(ofAdministrator, 'runtime')).toMatchObject({ judgedBy: 'build', version: 'v1.1.5' });
    using ofItself = debianHost(diverted('runc'), [runc]);
    expect(await partOf(ofItself, 'runtime')).toMatchObject({ judgedBy: 'distribution' });
  });

  test('is unknown without data of its release, and what is built in does not stand in for it', async () => {
    using folder = debianHost(
      { ...debianOn, osRelease: debian12, files: { 'usr/sbin/runc': goProgram('go1.15.15', runcModules) } },
      [runc],
    );
    const found = await partOf(folder, 'runtime');
    expect(found.flaws).toMatchObject({ known: false, need: { en: expect.stringContaining('Debian:12') } });
    expect(found.builtIn?.found).toHaveLength(2);
  });
});

describe('a program of others', () => {
  const ce = {
    name: 'docker-ce',
    version: '5:24.0.7-1~debian.11~bullseye',
    maintainer: 'Docker <support@docker.com>',
    files: ['/usr/bin/dockerd'],
  };
  const modules = [
    'path\tgithub.com/docker/docker/cmd/dockerd',
    'mod\tgithub.com/docker/docker\t(devel)\t',
    'dep\tgolang.org/x/net\tv0.17.0\th1:x',
    '',
  ].join('\n');

  test('is judged by what it was built from, and its package is named', async () => {
    using folder = debianHost({ ...debianOn, files: { 'usr/bin/dockerd': goProgram('go1.20.10', modules) } }, [ce]);
    const found = await partOf(folder, 'engine');
    expect(found).toMatchObject({ judgedBy: 'build', package: expect.stringContaining('docker-ce') });
    expect(told(found)).toEqual(['CVE-2024-24790 → 1.21.11', 'CVE-2023-45288 → 0.23.0']);
    expect(found.flaws).toMatchObject({ value: { uncovered: [{ code: 'unversioned-go-module' }] } });
    expect(found.builtIn).toBeUndefined();
  });

  test('that belongs to no package is, too; without build information it is unknown', async () => {
    using known = hostWithLocalRunc(goProgram('go1.22.4', runcModules));
    expect(await partOf(known, 'runtime')).toMatchObject({ judgedBy: 'build', version: 'v1.1.5' });
    expect(told(await partOf(known, 'runtime'))).toEqual(['CVE-2024-21626 → 1.1.12']);
    using silent = hostWithLocalRunc('#!/bin/sh\n');
    expect(told(await partOf(silent, 'runtime'))).toMatch(/does not tell what it was built from/);
  });

  test('is the one that is found first', async () => {
    using folder = debianHost(
      {
        ...debianOn,
        files: { 'usr/local/bin/runc': goProgram('go1.22.4', runcModules), 'usr/sbin/runc': 'old' },
      },
      [],
    );
    expect((await partOf(folder, 'runtime')).path).toBe('/usr/local/bin/runc');
  });

  test('a link out of the folder is followed within it', async () => {
    using folder = debianHost({ ...debianOn, files: { 'opt/runc-1': goProgram('go1.22.4', runcModules) } }, []);
    symlinkSync('/opt/runc-1', folder.write('usr/bin/x', '').replace(/x$/, 'runc'));
    expect(await partOf(folder, 'runtime')).toMatchObject({ path: '/opt/runc-1', version: 'v1.1.5' });
  });
});

describe('an engine on another machine', () => {
  const elsewhere = Object.fromEntries(hostFileRoles.map((role) => [role, hidden])) as HostFacts['files'];

  async function remote(
    version: string,
    components: Record<string, string>,
    product?: string,
  ): Promise<readonly HostComponent[]> {
    const facts: Partial<EngineFacts> = {
      local: false,
      process: hidden,
      version: mapFact(engine().version, (before) => ({ ...before, version, components })),
      info: info(product === undefined ? {} : { product }),
    };
    const here = machine({ engine: engine({}, facts), host: host({ files: elsewhere, distribution: hidden }) });
    return (await findComponents(here, { dataFolder })).components.filter(({ part }) => part !== 'kernel');
  }

  test('is judged by the versions of a release of Docker', async () => {
    const found = await remote('24.0.7', { containerd: '1.6.25', runc: '1.1.10' }, 'Community Engine');
    expect(found.map((each) => [each.part, each.judgedBy, each.version, told(each)])).toEqual([
      ['engine', 'engine', '24.0.7', ['CVE-2024-41110 → 25.0.6+incompatible']],
      ['containerd', 'engine', '1.6.25', []],
      ['runtime', 'engine', '1.1.10', ['CVE-2024-21626 → 1.1.12']],
    ]);
  });

  test.each([
    ['20.10.24+dfsg1', 'Community Engine'],
    ['24.0.7', undefined],
    // Its module counts from 2.0.0-beta.1.
    ['29.0.1', 'Community Engine'],
  ])('%s (%s) says too little', async (version, product) => {
    const [found] = await remote(version, {}, product);
    expect(found && told(found)).toMatch(/does not tell which fixes it has/);
  });
});

test('a store that is damaged is an error that says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-components-'));
  try {
    await expect(findComponents(machine(), { dataFolder: folder })).rejects.toThrow(/advisories\.sqlite/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
