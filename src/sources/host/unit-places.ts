import type { EngineFileFacts, EngineHome } from './engine-home.ts';
import { namesIn, readFileStatus } from './file-status.ts';

/** Where a service manager looks for units, the first that has one wins: the administrator's folders before the vendor's. */
export interface UnitFolders {
  readonly administrator: readonly string[];
  readonly vendor: readonly string[];
}

export const systemUnitFolders: UnitFolders = {
  administrator: ['/etc/systemd/system', '/run/systemd/system', '/usr/local/lib/systemd/system'],
  vendor: ['/usr/lib/systemd/system', '/lib/systemd/system'],
};

/** Those of a user's own service manager. */
export function userUnitFolders({ configuration }: EngineHome): UnitFolders {
  return {
    administrator: [
      `${configuration}/systemd/user`,
      '/etc/systemd/user',
      '/run/systemd/user',
      '/usr/local/lib/systemd/user',
    ],
    vendor: ['/usr/lib/systemd/user'],
  };
}

export interface UnitPlaces {
  readonly service: readonly string[];
  readonly socket: readonly string[];
}

/** The engine's units with their drop-ins. An engine of an ordinary user is run by that user's own service manager. */
export function unitPlaces(engine: EngineFileFacts, home: EngineHome, root: string): UnitPlaces {
  const units = engine.units.known ? engine.units.value : null;
  const usual = engine.kind === 'podman' ? 'podman.service' : 'docker.service';
  const name = units?.name ?? usual;
  const { administrator, vendor } = home.isRootless ? userUnitFolders(home) : systemUnitFolders;
  const folders = [...administrator, ...vendor];
  const read = home.isRootless ? [] : (units?.files ?? []);
  return {
    service: read.length > 0 ? read.map(({ path }) => withoutRoot(path, root)) : withDropIns(name, folders, root),
    socket: withDropIns(name.replace(/\.service$/, '.socket'), folders, root),
  };
}

function withDropIns(name: string, folders: readonly string[], root: string): string[] {
  const unit = folders.map((folder) => `${folder}/${name}`).find((path) => readFileStatus(path, root));
  const dropIns = new Map<string, string>();
  for (const folder of folders.map((each) => `${each}/${name}.d`)) {
    for (const file of namesIn(folder, root)) {
      if (file.endsWith('.conf') && !dropIns.has(file)) dropIns.set(file, `${folder}/${file}`);
    }
  }
  return [...(unit === undefined ? [] : [unit]), ...dropIns.values()];
}

function withoutRoot(path: string, root: string): string {
  return root !== '' && path.startsWith(`${root}/`) ? path.slice(root.length) : path;
}
