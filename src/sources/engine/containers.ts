import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ContainerSpec, Mount } from '../../model/container-spec.ts';
import { PlimsollError } from '../../model/error.ts';
import { type Fact, known, type UnreadableFact, unreadable } from '../../model/fact.ts';
import type { JsonValue } from '../../model/json.ts';
import { type KernelView, readEffective } from '../host/effective.ts';
import { inodeOf } from '../host/host.ts';
import type { EngineClient } from './client.ts';
import { containerFromInspect } from './container.ts';
import { listAt, numberAt, objectAt, stringAt, textsAt } from './reading.ts';

export interface ContainerQuery {
  readonly client: EngineClient;
  /** `/v1.41`. */
  readonly prefix: string;
  readonly view: KernelView;
  /** The engine's files and processes may be those of this machine. */
  readonly local: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ContainerReading {
  readonly containers: readonly ContainerSpec[];
  readonly gaps: readonly UnreadableFact[];
}

/** Reads every container, running or not. One that is removed meanwhile is left out: it is no gap. */
export async function readContainers(query: ContainerQuery): Promise<ContainerReading> {
  const { client, prefix, onProgress } = query;
  const gaps: UnreadableFact[] = [];
  const attempt = async (path: string): Promise<JsonValue | undefined> => {
    try {
      return await client.get(prefix + path);
    } catch (error) {
      if (!(error instanceof PlimsollError)) throw error;
      gaps.push(gapOf(`GET ${path}`, error));
      return undefined;
    }
  };

  const [list, volumes] = await Promise.all([attempt('/containers/json?all=1'), attempt('/volumes')]);
  const ids = (Array.isArray(list) ? (list as readonly JsonValue[]) : [])
    .map((each) => stringAt(each, 'Id'))
    .filter((id) => id !== undefined);
  const drivers = volumeOptions(volumes ?? null);
  let done = 0;
  const containers = await Promise.all(
    ids.map(async (id) => {
      const path = `/containers/${encodeURIComponent(id)}`;
      const answer = await attempt(`${path}/json`);
      if (answer === undefined || answer === null) return undefined;
      const spec = containerFromInspect(answer);
      const changes = spec.readOnlyRoot ? null : await attempt(`${path}/changes`);
      done += 1;
      onProgress?.(done, ids.length);
      return complete(spec, answer, changes, drivers, query);
    }),
  );
  return {
    containers: containers
      .filter((each) => each !== undefined)
      .toSorted((left, right) => left.name.localeCompare(right.name, 'en')),
    gaps,
  };
}

/** Adds what the inspected answer does not hold: volumes' options, real paths, changes and the kernel's view. */
function complete(
  spec: ContainerSpec,
  answer: JsonValue,
  changes: JsonValue | undefined,
  drivers: ReadonlyMap<string, Readonly<Record<string, string>>>,
  { view, local }: ContainerQuery,
): ContainerSpec {
  const pid = numberAt(objectAt(answer, 'State'), 'Pid') ?? 0;
  const effective = local && pid > 0 ? readEffective(pid, spec.id ?? '', view) : undefined;
  const networks = Object.keys(objectAt(objectAt(answer, 'NetworkSettings'), 'Networks'));
  return {
    ...spec,
    networks,
    mounts: spec.mounts.map((mount) => completeMount(mount, drivers, local)),
    changedPaths: changedPathsOf(spec, changes),
    ...(effective ? { effective } : {}),
  };
}

function completeMount(
  mount: Mount,
  drivers: ReadonlyMap<string, Readonly<Record<string, string>>>,
  local: boolean,
): Mount {
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

function volumeOptions(answer: JsonValue): Map<string, Readonly<Record<string, string>>> {
  return new Map(listAt(answer, 'Volumes').map((each) => [stringAt(each, 'Name') ?? '', textsAt(each, 'Options')]));
}

function changedPathsOf(spec: ContainerSpec, changes: JsonValue | undefined): Fact<readonly string[]> {
  const path = 'GET /containers/ID/changes';
  if (spec.readOnlyRoot) return known([], 'engine-api', path);
  if (changes === undefined) {
    return unreadable(
      'engine-api',
      path,
      { en: "the engine would not list the container's changes", zh: '引擎未能列出容器的改动' },
      { en: 'see why the engine refuses', zh: '检查引擎拒绝的原因' },
    );
  }
  const list = Array.isArray(changes) ? (changes as readonly JsonValue[]) : [];
  return known(
    list.map((each) => stringAt(each, 'Path') ?? ''),
    'engine-api',
    path,
  );
}

function gapOf(path: string, error: PlimsollError): UnreadableFact {
  return unreadable(
    'engine-api',
    path,
    error.text,
    error.advice ?? { en: 'see why the engine refuses', zh: '检查引擎拒绝的原因' },
  );
}
