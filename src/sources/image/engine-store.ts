import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import type { JsonValue } from '../../model/json.ts';
import type { EngineAddress } from '../engine/address.ts';
import { stringAt, stringsAt } from '../engine/reading.ts';
import { findSocketOwner } from '../host/daemon.ts';
import { readIfPossible } from '../host/file.ts';
import { readProcesses } from '../host/processes.ts';
import { createdByOfConfiguration } from './engine-history.ts';
import type { OverlayLayer } from './overlay.ts';

/** What an engine keeps on this machine, as far as this process may read it. */
export interface EngineStore {
  /** The engine's data root, as it says itself. */
  readonly root: string;
  /** The folder of its layers: that it is this machine's is proved layer by layer. */
  readonly driver: 'overlay2' | 'other';
  /** Who an id on disk is inside of containers; absent where the two are the same. */
  readonly idInside?: OverlayLayer['idInside'];
  /** It runs without root. */
  readonly rootless: boolean;
}

/**
 * The engine's folders; `undefined` where the engine may be another machine's, or this user may not read them.
 *
 * @param info the answer of `GET /info`
 */
export function findEngineStore(address: EngineAddress, info: JsonValue): EngineStore | undefined {
  const root = stringAt(info, 'DockerRootDir');
  // A socket can be forwarded from another machine: then the kernels mostly differ. Layers are checked one by one all the same.
  const isHere = address.kind === 'unix' && stringAt(info, 'KernelVersion') === release();
  if (!isHere || !root?.startsWith('/') || process.geteuid?.() !== 0) return undefined;
  const rootless = stringsAt(info, 'SecurityOptions').some((option) => /^name=rootless\b/.test(option));
  const ids = rootless ? idsOfRootless(address.path) : idsOf(root);
  if (ids === 'unknown') return undefined;
  const driver = stringAt(info, 'Driver') === 'overlay2' ? 'overlay2' : 'other';
  return { root, driver, rootless, ...(ids === 'same' ? {} : { idInside: ids }) };
}

type Ids = NonNullable<OverlayLayer['idInside']>;

/** An engine with remapped users works in `UID.GID` below its data root. */
function idsOf(root: string): Ids | 'same' {
  const [, user, group] = /\/(\d+)\.(\d+)\/?$/.exec(root) ?? [];
  if (user === undefined || group === undefined) return 'same';
  return (id, of) => {
    const first = Number(of === 'user' ? user : group);
    return id >= first ? id - first : id;
  };
}

/** One without root is in a user namespace itself. */
function idsOfRootless(socket: string): Ids | 'unknown' {
  const owner = findSocketOwner(socket, readProcesses());
  if (!owner.known) return 'unknown';
  const [user, group] = [readIdMap(owner.value, 'uid_map'), readIdMap(owner.value, 'gid_map')];
  if (!user || !group) return 'unknown';
  return (id, of) => inside(of === 'user' ? user : group, id);
}

/** Lines of `INSIDE OUTSIDE COUNT`. */
type IdMap = readonly (readonly number[])[];

function readIdMap(pid: number, name: string): IdMap | undefined {
  const text = readIfPossible(`/proc/${pid}/${name}`);
  return text
    ?.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
}

function inside(map: IdMap, id: number): number {
  for (const [first = 0, outside = 0, count = 0] of map) {
    if (id >= outside && id < outside + count) return first + id - outside;
  }
  return id;
}

/**
 * The folders of an image's layers, the lowest first; `undefined` where one of them is not there, or is another layer.
 *
 * @param digests of the uncompressed archives
 */
export function findLayers(store: EngineStore, digests: readonly string[]): OverlayLayer[] | undefined {
  if (store.driver !== 'overlay2') return undefined;
  const layers: OverlayLayer[] = [];
  let chain = '';
  for (const digest of digests) {
    chain = chain === '' ? digest : `sha256:${createHash('sha256').update(`${chain} ${digest}`).digest('hex')}`;
    const layer = findLayer(
      store,
      chain,
      digest,
      layers.map(({ folder }) => folder),
    );
    if (!layer) return undefined;
    layers.push(layer);
  }
  return layers;
}

function findLayer(
  { root, idInside, rootless }: EngineStore,
  chain: string,
  digest: string,
  below: readonly string[],
): OverlayLayer | undefined {
  const digits = /^sha256:([0-9a-f]{64})$/.exec(chain)?.[1];
  if (digits === undefined) return undefined;
  const record = join(root, 'image/overlay2/layerdb/sha256', digits);
  const cacheId = readIfPossible(join(record, 'cache-id'))?.trim() ?? '';
  if (!/^[0-9a-z]{1,128}$/.test(cacheId) || readIfPossible(join(record, 'diff'))?.trim() !== digest) return undefined;
  const folder = join(root, 'overlay2', cacheId, 'diff');
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const tarSplit = join(record, 'tar-split.json.gz');
  return { folder, tarSplit, below, changedBy: 'nobody', heedsUser: rootless, ...(idInside ? { idInside } : {}) };
}

/** Bytes. Registries refuse configurations that are larger than 4 MiB. */
const largestConfiguration = 32 * 1024 ** 2;

/** The lines of history of an image's layers, from the configuration as the engine keeps it. */
export function readCreatedBy({ root }: EngineStore, id: string, layers: number): string[] | undefined {
  const digits = /^sha256:([0-9a-f]{64})$/.exec(id)?.[1];
  if (digits === undefined) return undefined;
  const file = join(root, 'image/overlay2/imagedb/content/sha256', digits);
  try {
    if (lstatSync(file).size > largestConfiguration) return undefined;
    return createdByOfConfiguration(readFileSync(file), id, layers);
  } catch {
    return undefined;
  }
}

/** Whether the kernel may leave in an upper folder what is only to be read together with the layers below. */
export function kernelSpares(): NonNullable<OverlayLayer['sparing']> {
  return { redirects: isOn('redirect_dir'), metacopies: isOn('metacopy') };
}

function isOn(name: string): boolean {
  return /^(?:Y|1|on)/.test(readIfPossible(`/sys/module/overlay/parameters/${name}`) ?? 'N');
}
