import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { PlimsollError } from '../../model/error.ts';
import { type Fact, known, type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { type KernelView, readEffective } from '../host/effective.ts';
import { inodeOf } from '../host/host.ts';
import { readWritableLayer } from '../host/writable-layer.ts';
import type { EngineClient } from './client.ts';
import { containerFromInspect } from './container.ts';
import { gapFrom, seeWhy } from './gap.ts';
import { type Attachment, attachmentsOf } from './networks.ts';
import { brokenPromise, promisedList, promisedObject } from './promised.ts';
import { listAt, numberAt, objectAt, stringAt } from './reading.ts';
import { driverOptionsAt } from './volume-options.ts';

export interface ContainerQuery {
  readonly client: EngineClient;
  /** `/v1.41`. */
  readonly prefix: string;
  readonly view: KernelView;
  /** The engine's files and processes may be those of this machine. */
  readonly local: boolean;
  /** This process sees other files than the engine does. */
  readonly otherFiles?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ContainerReading {
  readonly containers: readonly ContainerSpec[];
  /** Their ends of networks, of those that run. */
  readonly attachments: readonly Attachment[];
  readonly gaps: readonly UnreadableFact[];
}

/** Reads every container, running or not. One that is removed meanwhile is left out: it is no gap. */
export async function readContainers(query: ContainerQuery): Promise<ContainerReading> {
  const { client, prefix, onProgress } = query;
  const gaps: UnreadableFact[] = [];
  const attempt = async <T>(path: string, read: (answer: JsonValue) => T): Promise<T | undefined> => {
    try {
      return read(await client.get(prefix + path));
    } catch (error) {
      if (!(error instanceof PlimsollError)) throw error;
      gaps.push(gapFrom(error, `GET ${path}`));
      return undefined;
    }
  };

  const [ids = [], drivers = new Map<string, VolumeOptions>()] = await Promise.all([
    attempt('/containers/json?all=1', readIds),
    attempt('/volumes', readVolumeOptions),
  ]);
  const attachments: Attachment[] = [];
  let done = 0;
  const containers = await Promise.all(
    ids.map(async (id) => {
      const path = `/containers/${encodeURIComponent(id)}`;
      const answer = await attempt(`${path}/json`, (inspected) => readInspected(inspected, `${path}/json`));
      if (answer === undefined || answer === null) return undefined;
      const spec = containerFromInspect(answer);
      attachments.push(...attachmentsOf(answer));
      const changedPaths =
        changesOnDisk(spec, answer, query) ?? readChanges(spec, await attempt(`${path}/changes`, (changes) => changes));
      done += 1;
      onProgress?.(done, ids.length);
      return complete(spec, answer, changedPaths, drivers, query);
    }),
  );
  return {
    containers: containers
      .filter((each) => each !== undefined)
      .toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    attachments,
    gaps,
  };
}

/** Adds what the inspected answer does not hold: volumes' options, real paths, changes and the kernel's view. */
function complete(
  spec: ContainerSpec,
  answer: JsonValue,
  changedPaths: Fact<readonly string[]>,
  drivers: ReadonlyMap<string, VolumeOptions>,
  { view, local, otherFiles = false }: ContainerQuery,
): ContainerSpec {
  const pid = numberAt(objectAt(answer, 'State'), 'Pid') ?? 0;
  const effective = local && pid > 0 ? readEffective(pid, spec.id ?? '', view) : undefined;
  const networks = Object.keys(objectAt(objectAt(answer, 'NetworkSettings'), 'Networks'));
  return {
    ...spec,
    networks,
    mounts: spec.mounts.map((mount) => completeMount(mount, drivers, local && !otherFiles)),
    changedPaths,
    ...(effective ? { effective } : {}),
  };
}

function completeMount(mount: Mount, drivers: ReadonlyMap<string, VolumeOptions>, local: boolean): Mount {
  const options = mount.kind === 'volume' ? { ...mount.options, ...drivers.get(mount.source ?? '') } : mount.options;
  const isBindVolume = mount.kind === 'volume' && /\br?bind\b/.test(options.o ?? '');
  const source = mount.kind === 'bind' ? mount.source : isBindVolume ? options.device : undefined;
  if (!local || source === undefined) return { ...mount, options };
  const hostPath = realPath(source);
  const hostInode = inodeOf(source);
  return { ...mount, options, hostPath, ...(hostInode === undefined ? {} : { hostInode }) };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve('/', path);
  }
}

/** Every id of the list; an entry without one would be a container that nobody judges. */
function readIds(answer: JsonValue): string[] {
  const path = '/containers/json?all=1';
  return promisedList(answer, path).map((each) => {
    const id = stringAt(each, 'Id');
    if (id === undefined) throw brokenPromise(path, 'containers with ids', '带 id 的容器列表');
    return id;
  });
}

/** `null` where the container has been removed since it was listed. */
function readInspected(answer: JsonValue, path: string): JsonObject | null {
  if (answer === null) return null;
  const inspected = promisedObject(answer, path);
  if (stringAt(inspected, 'Id') === undefined) throw brokenPromise(path, 'a container', '容器');
  return inspected;
}

type VolumeOptions = Readonly<Record<string, string>>;

function readVolumeOptions(answer: JsonValue): Map<string, VolumeOptions> {
  const volumes = listAt(promisedObject(answer, '/volumes'), 'Volumes');
  return new Map(volumes.map((each) => [stringAt(each, 'Name') ?? '', driverOptionsAt(each, 'Options')]));
}

/** What the engine answers when it is asked what a container changed: `null` where there is nothing. */
function readChanges(spec: ContainerSpec, changes: JsonValue | undefined): Fact<readonly string[]> {
  const path = `GET /containers/${spec.name}/changes`;
  if (changes !== null && !Array.isArray(changes)) {
    return unreadable(
      'engine-api',
      path,
      { en: "the engine would not list the container's changes", zh: '引擎未能列出容器的改动' },
      seeWhy,
    );
  }
  const list = (changes ?? []) as readonly JsonValue[];
  return known(
    list.map((each) => stringAt(each, 'Path') ?? ''),
    'engine-api',
    path,
  );
}

/** The same without asking, where that is possible: it spares the engine a call for each container. */
function changesOnDisk(
  spec: ContainerSpec,
  answer: JsonValue,
  { local, otherFiles = false }: ContainerQuery,
): Fact<readonly string[]> | undefined {
  if (spec.readOnlyRoot) return known([], 'engine-api', 'HostConfig.ReadonlyRootfs');
  const graph = objectAt(answer, 'GraphDriver');
  const upper = stringAt(objectAt(graph, 'Data'), 'UpperDir');
  return local && !otherFiles && stringAt(graph, 'Name') === 'overlay2' && upper ? readWritableLayer(upper) : undefined;
}
