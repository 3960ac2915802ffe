import { DatabaseSync } from 'node:sqlite';
import { elfFile } from './binary-files.ts';
import { writeRpmHeader, type WrittenRpm } from './rpm-header.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

/** A package of a host with dpkg, and the files that it owns. */
export interface WrittenDeb {
  readonly name: string;
  readonly version: string;
  readonly source?: string;
  readonly maintainer?: string;
  readonly state?: string;
  readonly files: readonly string[];
}

/** Some of what a host has, for an audit of its copied files. */
export interface WrittenHost {
  readonly osRelease: string;
  readonly kernelRelease?: string;
  /** `/proc/version`. */
  readonly version?: string;
  /** Other files, by path. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
}

export const debian11 = 'ID=debian\nVERSION_ID="11"\nPRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\n';
export const debian12 = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n';
export const ubuntu2204 = 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"\nPRETTY_NAME="Ubuntu 22.04.4 LTS"\n';
export const alma9 = 'ID="almalinux"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\nPRETTY_NAME="AlmaLinux 9.4"\n';
export const alpine320 = 'ID=alpine\nVERSION_ID=3.20.1\nPRETTY_NAME="Alpine Linux v3.20"\n';

/** A host with these packages of dpkg; the files that they own are there. */
export function debianHost(host: WrittenHost, packages: readonly WrittenDeb[]): TemporaryFolder {
  const folder = hostFolder(host, packages);
  folder.write('var/lib/dpkg/status', packages.map(stanzaOf).join('\n'));
  for (const { name, files } of packages) {
    folder.write(`var/lib/dpkg/info/${name}.list`, ['/.', ...files, ''].join('\n'));
  }
  return folder;
}

function stanzaOf({ name, version, source, maintainer, state = 'installed' }: WrittenDeb): string {
  return [
    `Package: ${name}`,
    `Status: install ok ${state}`,
    ...(maintainer === undefined ? [] : [`Maintainer: ${maintainer}`]),
    'Architecture: amd64',
    ...(source === undefined ? [] : [`Source: ${source}`]),
    `Version: ${version}`,
    '',
  ].join('\n');
}

/** A host with these packages in rpm's database as RHEL 9 and its rebuilds have it. */
export function rpmHost(host: WrittenHost, packages: readonly WrittenRpm[]): TemporaryFolder {
  const folder = hostFolder(
    host,
    packages.map(({ files = [] }) => ({ files: files.map(({ path }) => path) })),
  );
  const database = new DatabaseSync(folder.write('var/lib/rpm/rpmdb.sqlite', ''));
  database.exec('CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)');
  const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
  for (const each of packages) insert.run(writeRpmHeader(each));
  database.close();
  return folder;
}

/** A host with this text as apk's database. */
export function alpineHost(host: WrittenHost, installed: string, owned: readonly string[]): TemporaryFolder {
  const folder = hostFolder(host, [{ files: owned }]);
  folder.write('lib/apk/db/installed', installed);
  return folder;
}

function hostFolder(host: WrittenHost, owners: readonly { readonly files: readonly string[] }[]): TemporaryFolder {
  const { osRelease, kernelRelease, version, files = {} } = host;
  const folder = temporaryFolder({ 'etc/os-release': osRelease, 'usr/share/doc/readme': '' });
  if (kernelRelease !== undefined) folder.write('proc/sys/kernel/osrelease', `${kernelRelease}\n`);
  if (version !== undefined) folder.write('proc/version', version);
  for (const path of owners.flatMap((each) => each.files)) folder.write(path, '');
  for (const [path, content] of Object.entries(files)) folder.write(path, content);
  return folder;
}

/** A program of Go that tells what it was built from, as `go version -m` would print it. */
export function goProgram(version: string, modules: string): Buffer {
  const header = Buffer.concat([Buffer.from('\xff Go buildinf:\x08\x02', 'latin1'), Buffer.alloc(16)]);
  const marked = Buffer.concat([Buffer.alloc(16, 0x30), Buffer.from(modules), Buffer.alloc(16, 0xf9)]);
  const bytes = Buffer.concat([header, counted(Buffer.from(version)), counted(marked)]);
  return elfFile({ sections: [{ name: '.go.buildinfo', bytes }] });
}

/** After its length, seven bits a byte. */
function counted(text: Buffer): Buffer {
  const bytes: number[] = [];
  let rest = text.length;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.concat([Buffer.from([...bytes, rest]), text]);
}
