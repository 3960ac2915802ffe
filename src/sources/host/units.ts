import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DaemonProcess, DaemonUnits, UnitFile } from '../../model/engine.ts';
import { type Fact, known } from '../../model/fact.ts';
import { fileFailure, readIfPossible } from './file.ts';

/** Where systemd looks for units, the first that has one wins. */
const administratorFolders = ['/etc/systemd/system', '/run/systemd/system', '/usr/local/lib/systemd/system'];
const vendorFolders = ['/usr/lib/systemd/system', '/lib/systemd/system'];

/**
 * The systemd unit that runs the daemon, with its drop-ins; `null` when systemd does not run it. `root` is the folder
 * that the machine's file systems are looked for in.
 */
export function readDaemonUnits(daemon: Fact<DaemonProcess>, root = ''): Fact<DaemonUnits | null> {
  if (!daemon.known) return daemon;
  const path = `${root}/proc/${daemon.value.pid}/cgroup`;
  const cgroup = readIfPossible(path) ?? '';
  const name = /^(?:\d+:name=systemd|0:):.*\/([^/]+\.service)(?:\/|$)/m.exec(cgroup)?.[1];
  if (!name) return known(null, 'kernel', path);
  try {
    const unit = unitFile(name, root);
    const files = [...(unit ? [unit] : []), ...dropIns(name, root)];
    const vendor = vendorFolders.map((folder) => join(root, folder, name)).find((file) => existsSync(file));
    return known(
      { name, files, vendorFileIntact: vendor === undefined ? null : isIntact(vendor, root) },
      'file',
      unit?.path ?? name,
    );
  } catch (error) {
    return fileFailure(name, error);
  }
}

function unitFile(name: string, root: string): UnitFile | undefined {
  const path = [...administratorFolders, ...vendorFolders]
    .map((folder) => join(root, folder, name))
    .find((file) => existsSync(file));
  if (path === undefined) return undefined;
  const kind = vendorFolders.some((folder) => path.startsWith(`${join(root, folder)}/`)) ? 'vendor' : 'override';
  return { path, kind, modified: statSync(path).mtimeMs };
}

/** Drop-ins apply in the order of their file names; the same name in an earlier folder hides the later one. */
function dropIns(name: string, root: string): UnitFile[] {
  const byName = new Map<string, UnitFile>();
  for (const folder of [...administratorFolders, ...vendorFolders].map((each) => join(root, each, `${name}.d`))) {
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
