import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cataloger, CatalogerReading } from '../../src/contents/cataloger.ts';
import { rpmBerkeley } from '../../src/contents/catalogers/rpm-berkeley.ts';
import { rpmSqlite } from '../../src/contents/catalogers/rpm-sqlite.ts';
import { catalogedFile } from '../cataloged.ts';
import { rpmHeaderList, writeRpmHeader } from '../rpm-header.ts';
import { sampleRpms } from '../rpm-packages.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';

const hasRpm = existsSync('/usr/bin/rpm') && existsSync('/usr/bin/rpmdb');
const hasRpmBuild = hasRpm && existsSync('/usr/bin/rpmbuild');
const loader = ['/usr/bin/db5.3_load', '/usr/bin/db_load'].find((path) => existsSync(path));
const mostOutput = 512 * 1024 ** 2;

function run(program: string, words: readonly string[], input?: Buffer): string {
  return execFileSync(program, words, {
    encoding: 'utf8',
    maxBuffer: mostOutput,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    ...(input ? { input } : {}),
  });
}

interface Listing {
  readonly packages: readonly string[];
  /** Each path with its package and its digest. */
  readonly files: readonly string[];
}

/** Configuration and what is only claimed has no digest with us. */
const withoutDigest = 1 | 64;

function askRpm(database: string, ...options: readonly string[]): Listing {
  const words = ['--dbpath', database, ...options, '-qa', '--qf'];
  const columns = '%{NAME} %{EVR} %{ARCH} %{SOURCERPM} %{MODULARITYLABEL} %{VENDOR} %{LICENSE}\\n';
  const packages = run('/usr/bin/rpm', [...words, columns]);
  const files = run('/usr/bin/rpm', [...words, '[%{=NEVRA} %{FILEFLAGS} %{FILENAMES} %{FILEDIGESTS}\\n]']);
  return {
    packages: linesIn(packages)
      .filter((line) => !line.startsWith('gpg-pubkey '))
      .toSorted(),
    files: linesIn(files)
      .map((line) => {
        const [owner, flags, path, digest = ''] = line.split(' ');
        return [owner, path, (Number(flags) & withoutDigest) === 0 ? digest : ''].join(' ');
      })
      .toSorted(),
  };
}

function linesIn(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function askUs(cataloger: Cataloger, file: string): Listing {
  const {
    packages = [],
    owned = [],
    gaps,
  }: CatalogerReading = cataloger.read(catalogedFile('var/lib/rpm/file', readFileSync(file)));
  expect(gaps).toBeUndefined();
  return {
    packages: packages
      .map(({ name, version, architecture, source, modularity, vendor, licenses }) =>
        [
          name,
          version,
          architecture,
          `${source?.name}-${source?.version}.src.rpm`,
          modularity ?? '(none)',
          vendor ?? '(none)',
          licenses?.[0],
        ].join(' '),
      )
      .toSorted(),
    files: owned
      .flatMap(({ owner, paths, digests = [] }) =>
        paths.map((path, index) => [owner, `/${path}`, digests[index]].join(' ')),
      )
      .toSorted(),
  };
}

const count = 2000;

describe.skipIf(!hasRpm)('thousands of packages', () => {
  let folder: TemporaryFolder;
  let database: string;
  let exported: Buffer;
  beforeAll(() => {
    folder = temporaryFolder();
    database = join(folder.path, 'sqlite');
    mkdirSync(database);
    const key = { name: 'gpg-pubkey', version: '12345678', release: '5f0c6a5f' };
    const headers = [...sampleRpms(count), key].map(writeRpmHeader);
    run('/usr/bin/rpmdb', ['--dbpath', database, '--importdb'], rpmHeaderList(headers));
    // Pages that become free are used again.
    const names = Array.from({ length: 100 }, (_, index) => `package-${index * 17}`);
    run('/usr/bin/rpm', ['--dbpath', database, '-e', '--justdb', '--nodeps', '--noscripts', ...names]);
    exported = execFileSync('/usr/bin/rpmdb', ['--dbpath', database, '--exportdb'], {
      maxBuffer: mostOutput,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  });
  afterAll(() => folder[Symbol.dispose]());

  test('in SQLite are those of `rpm -qa`, files and digests too (needs rpm)', () => {
    const native = askRpm(database);
    expect(native.packages).toHaveLength(count - 100);
    expect(askUs(rpmSqlite, join(database, 'rpmdb.sqlite'))).toEqual(native);
  });

  test.skipIf(loader === undefined).each([
    ['hash', 1234, 4096],
    ['hash', 4321, 4096],
    ['hash', 1234, 512],
    ['btree', 4321, 1024],
  ])('in Berkeley DB, %s, byte order %i, pages of %i (needs rpm and db5.3-util)', (kind, order, pageSize) => {
    const berkeley = join(folder.path, `${kind}-${order}-${pageSize}`);
    mkdirSync(berkeley);
    const dump = join(folder.path, 'dump');
    writeFileSync(dump, dumpOf(headersIn(exported), kind, order === 4321, pageSize));
    const file = join(berkeley, 'Packages');
    run(loader ?? '', ['-c', `db_lorder=${order}`, '-f', dump, file]);
    const native = askRpm(berkeley, '--define', '_db_backend bdb_ro');
    expect(native.packages).toHaveLength(count - 100);
    expect(askUs(rpmBerkeley, file)).toEqual(native);
  });
});

function headersIn(list: Buffer): Buffer[] {
  const headers: Buffer[] = [];
  for (let place = 0; place < list.length;) {
    const length = 8 + list.readUInt32BE(place + 8) * 16 + list.readUInt32BE(place + 12);
    headers.push(list.subarray(place + 8, place + 8 + length));
    place += 8 + length;
  }
  return headers;
}

/** What `db_load` makes a database of: keys are numbers in the byte order of the machine, key 0 has the highest one. */
function dumpOf(headers: readonly Buffer[], kind: string, isBig: boolean, pageSize: number): string {
  const keyOf = (number: number) => {
    const key = Buffer.alloc(4);
    if (isBig) key.writeUInt32BE(number);
    else key.writeUInt32LE(number);
    return ` ${key.toString('hex')}`;
  };
  const start = ['VERSION=3', 'format=bytevalue', `type=${kind}`, `db_pagesize=${pageSize}`, 'HEADER=END'];
  const records = headers.flatMap((header, index) => [keyOf(index + 1), ` ${header.toString('hex')}`]);
  return [...start, keyOf(0), keyOf(headers.length), ...records, 'DATA=END', ''].join('\n');
}

const specification = `Name: built
Version: 1.0~rc1
Release: 3%{?dist}
Epoch: 2
Summary: s
License: MIT and GPLv2+
Vendor: Example, Inc.
ModularityLabel: nodejs:18:8060020220523160029:ad008a3a
%description
d
%package tools
Summary: s
Epoch: 0
BuildArch: noarch
%description tools
d
%install
mkdir -p %{buildroot}/etc %{buildroot}/usr/share/built
echo configuration > %{buildroot}/etc/built.conf
echo content > %{buildroot}/usr/share/built/content
ln -s content %{buildroot}/usr/share/built/link
%files
%config(noreplace) /etc/built.conf
/usr/share/built
%ghost /var/log/built.log
%files tools
/usr/share/built/content
`;

test.skipIf(!hasRpmBuild)('packages as rpmbuild makes them, signed region and all (needs rpm and rpmbuild)', () => {
  using folder = temporaryFolder({ 'built.spec': specification });
  const database = join(folder.path, 'database');
  mkdirSync(database);
  run('/usr/bin/rpmbuild', ['-bb', '--define', `_topdir ${folder.path}`, join(folder.path, 'built.spec')]);
  const built = run('/usr/bin/find', [join(folder.path, 'RPMS'), '-name', '*.rpm']);
  const options = ['--dbpath', database, '--root', '/', '-i', '--justdb', '--nodeps', '--noscripts'];
  run('/usr/bin/rpm', [...options, '--ignorearch', ...linesIn(built)]);
  const native = askRpm(database);
  expect(native.packages).toHaveLength(2);
  expect(native.packages[0]).toMatch(/^built 2:1\.0~rc1-3 /);
  expect(askUs(rpmSqlite, join(database, 'rpmdb.sqlite'))).toEqual(native);
});
