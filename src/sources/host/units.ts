import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DaemonProcess, DaemonUnits, UnitFile } from '../../model/engine.ts';
import { type Fact, known } from '../../model/fact.ts';
import { engineHome } from './engine-home.ts';
import { fileFailure, readFact, readIfPossible } from './file.ts';
import { systemUnitFolders, type UnitFolders, userUnitFolders } from './unit-places.ts';

/**
 * The systemd unit that runs the daemon, with its drop-ins; `null` when systemd does not run it. `root` is the folder
 * that the machine's file systems are looked for in.
 */
export function readDaemonUnits(daemon: Fact<DaemonProcess>, root = ''): Fact<DaemonUnits | null> {
  if (!daemon.known) return daemon;
  const path = `${root}/proc/${daemon.value.pid}/cgroup`;
  const unit = readFact(path, unitIn);
  if (!unit.known) return unit;
  if (unit.value === null) return known(null, 'kernel', path);
  const { name, isUsers } = unit.value;
  const folders = isUsers ? userUnitFolders(engineHome({ process: daemon }, root)) : systemUnitFolders;
  try {
    const file = unitFile(name, folders, root);
    const vendor = folders.vendor.map((folder) => join(root, folder, name)).find((each) => existsSync(each));
    return known(
      {
        name,
        files: [...(file ? [file] : []), ...dropIns(name, folders, root)],
        vendorFileIntact: vendor === undefined ? null : isIntact(vendor, root),
      },
      'file',
      file?.path ?? name,
    );
  } catch (error) {
    return fileFailure(name, error);
  }
}

interface Unit {
  readonly name: string;
  /** It belongs to the service manager of a user. */
  readonly isUsers: boolean;
}

/**
 * The service that a process belongs to by its cgroup, the innermost one. What stands in a scope was started in a
 * session, from a terminal or in a container, even where all the user's programs are below `user@1000.service`.
 */
function unitIn(cgroup: string): Unit | null {
  const parts = (/^(?:\d+:name=systemd|0:):(.*)$/m.exec(cgroup)?.[1] ?? '').split('/');
  const at = parts.findLastIndex((part) => /\.(?:service|scope)$/.test(part));
  const name = parts[at];
  if (!name?.endsWith('.service') || isUserManager(name)) return null;
  return { name, isUsers: parts.slice(0, at).some(isUserManager) };
}

function isUserManager(part: string): boolean {
  return /^user@\d+\.service$/.test(part);
}

function unitFile(name: string, { administrator, vendor }: UnitFolders, root: string): UnitFile | undefined {
  const folder = [...administrator, ...vendor].find((each) => existsSync(join(root, each, name)));
  if (folder === undefined) return undefined;
  const path = join(root, folder, name);
  return { path, kind: vendor.includes(folder) ? 'vendor' : 'override', modified: statSync(path).mtimeMs };
}

/** Drop-ins apply in the order of their file names; the same name in an earlier folder hides the later one. */
function dropIns(name: string, { administrator, vendor }: UnitFolders, root: string): UnitFile[] {
  const byName = new Map<string, UnitFile>();
  for (const folder of [...administrator, ...vendor].map((each) => join(root, each, `${name}.d`))) {
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder).filter((each) => each.endsWith('.conf') && !byName.has(each))) {
      const path = join(folder, file);
      byName.set(file, { path, kind: 'drop-in', modified: statSync(path).mtimeMs });
    }
  }
  return [...byName].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, file]) => file);
}

/** Packages that bring an engine's unit; dpkg keeps the MD5 of what it installed, one file a package. */
const packages = ['docker.io', 'docker-ce', 'moby-engine', 'podman'];

function isIntact(vendorFile: string, root: string): boolean | null {
  const installed = [vendorFile, realpathSync(vendorFile)].map((path) => path.slice(root.length));
  const names = new Set([...installed, ...installed.map((path) => path.replace(/^\/usr\/lib\//, '/lib/'))]);
  for (const each of packages) {
    const sums = readIfPossible(`${root}/var/lib/dpkg/info/${each}.md5sums`) ?? '';
    const line = sums.split('\n').find((entry) => names.has(`/${entry.slice(entry.indexOf('  ') + 2)}`));
    if (line) return line.startsWith(createHash('md5').update(readFileSync(vendorFile)).digest('hex'));
  }
  return null;
}
