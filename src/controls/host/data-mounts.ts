import type { Machine } from '../../model/control.ts';
import { type Evidence, evidenceOf, type Fact, mapFact } from '../../model/fact.ts';
import type { HostFacts, HostMount } from '../../model/host.ts';

/** A folder in which an engine keeps what containers write, and the file system that it is on. */
export interface DataMount {
  readonly folder: string;
  readonly mount: HostMount;
  /** Whether that file system is apart from those that the system itself needs. */
  readonly isApart: boolean;
}

/** Places whose file system is the system's own, however it was divided. */
const systemPlaces = new Set(['/', '/home', '/opt', '/root', '/srv', '/tmp', '/usr', '/var', '/var/lib', '/var/log']);

/** The folders with the mounts that hold them. Folders that no mount is known for are left out. */
export function dataMounts({ mounts }: Pick<HostFacts, 'mounts'>, folders: readonly string[]): Fact<DataMount[]> {
  return mapFact(mounts, (all) => {
    // A bind mount, or a subvolume, only looks like a file system of its own: it fills up with the one behind it.
    const shared = new Set(all.filter(({ target }) => systemPlaces.has(target)).map(({ device }) => device));
    return folders.flatMap((folder) => {
      const mount = mountOf(all, folder);
      return mount ? [{ folder, mount, isApart: !systemPlaces.has(mount.target) && !shared.has(mount.device) }] : [];
    });
  });
}

/** The mount nearest above a folder; of several at one place the last one, which hides the others. */
function mountOf(mounts: readonly HostMount[], folder: string): HostMount | undefined {
  return mounts
    .filter(({ target }) => target === '/' || folder === target || folder.startsWith(`${target}/`))
    .reduce<HostMount | undefined>(
      (nearest, each) => (nearest && nearest.target.length > each.target.length ? nearest : each),
      undefined,
    );
}

/**
 * Where the engine keeps its data, links followed; containerd's folder too where it holds the images and the
 * containers' own layers. `undefined` where the engine runs on another machine.
 */
export function dataFolders(machine: Machine, containerdRoot: string): Fact<readonly string[]> | undefined {
  const { engine, host } = machine;
  if (!engine.local) return undefined;
  return mapFact(engine.info, (info) => {
    const found = host.files['engine-data'];
    const folders = found.known ? found.value : [];
    const followed = (folder: string) => folders.find(({ path }) => path === folder)?.realPath ?? folder;
    const root = followed(info.dataRoot ?? '/var/lib/docker');
    const hasImageStore = info.storageStatus.some(([, value]) => value === 'io.containerd.snapshotter.v1');
    // An engine that starts a containerd of its own keeps that one's data below its own: also as a snap.
    const isOwn = /[/.]docker\/containerd\//.test(info.containerdAddress ?? '');
    return hasImageStore && !isOwn ? [root, followed(containerdRoot)] : [root];
  });
}

/** `/var/lib/docker` on `/`: what was seen of each. */
export function mountEvidence(fact: Fact<DataMount[]>): Evidence[] {
  if (!fact.known) return [];
  return fact.value.map(({ folder, mount }) =>
    evidenceOf(fact, { on: mount.target, device: mount.device, options: [...mount.options] }, `${fact.path} ${folder}`),
  );
}

/** Where containerd keeps its data unless it was told otherwise. */
export const containerdRootParameter = {
  default: '/var/lib/containerd',
  description: {
    en: 'Where containerd keeps its data, for engines whose images are there.',
    zh: 'containerd 的数据目录，用于镜像存放在其中的引擎。',
  },
};
