import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DaemonProcess, DaemonUnits, UnitFile } from '../../model/engine.ts';
import { type Fact, known } from '../../model/fact.ts';
import { fileFailure, readIfPossible } from './file.ts';

/** Where systemd looks for units, the first that has one wins. */
const administratorFolders = ['/etc/systemd/system', '/run/systemd/system', '/usr/local/lib/systemd/system'];
const vendorFolders = ['/usr/lib/systemd/system', '/lib/systemd/system'];

/** The systemd unit that runs the daemon, with its drop-ins; `null` when systemd does not run it. */
export function readDaemonUnits(daemon: Fact<DaemonProcess>): Fact<DaemonUnits | null> {
  if (!daemon.known) return daemon;
  const path = `/proc/${daemon.value.pid}/cgroup`;
  const cgroup = readIfPossible(path) ?? '';
  const name = /^(?:\d+:name=systemd|0:):.*\/([^/]+\.service)(?:\/|$)/m.exec(cgroup)?.[1];
  if (!name) return known(null, 'kernel', path);
  try {
    const unit = unitFile(name);
    const files = [...(unit ? [unit] : []), ...dropIns(name)];
    const vendor = vendorFolders.map((folder) => join(folder, name)).find((file) => existsSync(file));
    return known(
      { name, files, vendorFileIntact: vendor === undefined ? null : isIntact(vendor) },
      'file',
      unit?.path ?? name,
    );
  } catch (error) {
    return fileFailure(name, error);
  }
}

function unitFile(name: string): UnitFile | undefined {
  const path = [...administratorFolders, ...vendorFolders]
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
  if (path === undefined) return undefined;
  const kind = vendorFolders.some((folder) => path.startsWith(`${folder}/`)) ? 'vendor' : 'override';
  return { path, kind, modified: statSync(path).mtimeMs };
}

/** Drop-ins apply in the order of their file names; the same name in an earlier folder hides the later one. */
function dropIns(name: string): UnitFile[] {
  const byName = new Map<string, UnitFile>();
  for (const folder of [...administratorFolders, ...vendorFolders].map((each) => join(each, `${name}.d`))) {
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

function isIntact(vendorFile: string): boolean | null {
  const names = new Set(
    [vendorFile, realpathSync(vendorFile), vendorFile.replace(/^\/usr\/lib\//, '/lib/')].map((path) => path.slice(1)),
  );
  for (const each of packages) {
    const sums = readIfPossible(`/var/lib/dpkg/info/${each}.md5sums`) ?? '';
    const line = sums.split('\n').find((entry) => names.has(entry.slice(entry.indexOf('  ') + 2)));
    if (line) return line.startsWith(createHash('md5').update(readFileSync(vendorFile)).digest('hex'));
  }
  return null;
}
