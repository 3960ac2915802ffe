import type { ContainerSpec } from '../../model/container-spec.ts';
import type { BridgeNetwork, EngineFacts, ImageSummary } from '../../model/engine.ts';
import { PlimsollError } from '../../model/error.ts';
import { type Fact, known, mapFact, type UnreadableFact } from '../../model/fact.ts';
import { imageDigits } from '../../model/image-reference.ts';
import type { ImageFacts } from '../../model/image.ts';
import type { JsonValue } from '../../model/json.ts';
import type { KernelView } from '../host/effective.ts';
import type { EngineClient } from './client.ts';
import { readContainers } from './containers.ts';
import { gapFrom } from './gap.ts';
import { readImages } from './images.ts';
import { readEngineInfo } from './info.ts';
import type { NegotiatedEngine } from './negotiate.ts';
import { readNetworks, withMembers } from './networks.ts';
import { readPlugins } from './plugins.ts';
import { readSwarm } from './swarm.ts';
import { readVolumes } from './volumes.ts';
import { promisedList, promisedObject } from './promised.ts';
import { numberAt, stringAt, stringsAt, textsAt } from './reading.ts';

/** What the engine's API says of itself and of its containers. */
export interface EngineSnapshot {
  readonly facts: Pick<
    EngineFacts,
    'kind' | 'version' | 'info' | 'bridge' | 'images' | 'networks' | 'volumes' | 'swarm' | 'plugins'
  >;
  readonly images: readonly ImageFacts[];
  readonly containers: readonly ContainerSpec[];
  /** Why the list of containers, or some of them, could not be read. */
  readonly gaps: readonly UnreadableFact[];
}

export interface SnapshotOptions {
  readonly view: KernelView;
  /** The engine's files and processes may be those of this machine. */
  readonly local: boolean;
  /** This process sees other files than the engine does. */
  readonly otherFiles?: boolean;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Asks for everything at once; what the engine refuses is unreadable, the rest is there. */
export async function readSnapshot(
  client: EngineClient,
  negotiated: NegotiatedEngine,
  options: SnapshotOptions,
): Promise<EngineSnapshot> {
  const { prefix, kind } = negotiated;
  const ask = <T>(path: string, read: (answer: JsonValue) => T) => asFact(client.get(prefix + path), path, read);
  const asked = {
    info: ask('/info', (answer) => readEngineInfo(promisedObject(answer, '/info'))),
    images: ask('/images/json', readImageList),
  };
  const [info, bridge, images, networks, volumes, plugins, swarm, details, { containers, attachments, gaps }] =
    await Promise.all([
      asked.info,
      ask('/networks/bridge', readBridge),
      asked.images,
      ask('/networks', readNetworks),
      ask('/volumes', readVolumes),
      ask('/plugins', readPlugins),
      asked.info.then((facts) => readSwarm(facts, ask)),
      asked.images.then((list) => readImages(list, ask)),
      readContainers({ client, prefix, ...options }),
    ]);
  const version = known(negotiated.version, 'engine-api', 'GET /version');
  return {
    facts: {
      kind,
      version,
      info,
      bridge,
      images,
      networks: mapFact(networks, (list) => withMembers(list, attachments)),
      volumes: mapFact(volumes, (list) =>
        list.map((volume) => ({ ...volume, usedBy: usersOf(volume.name, containers) })),
      ),
      plugins,
      swarm,
    },
    images: details.images.map((image) => ({ ...image, usedBy: madeFrom(image.id, containers) })),
    containers,
    gaps: [...gaps, ...details.gaps],
  };
}

function usersOf(volume: string, containers: readonly ContainerSpec[]): string[] {
  return containers
    .filter(({ mounts }) => mounts.some(({ kind, source }) => kind === 'volume' && source === volume))
    .map(({ name }) => name);
}

function madeFrom(image: string, containers: readonly ContainerSpec[]): string[] {
  // Docker writes an id with the algorithm before it, Podman without.
  const digits = imageDigits(image);
  return containers.filter(({ image: { id = '' } }) => imageDigits(id) === digits).map(({ name }) => name);
}

/** The same where the engine could not be asked: nothing is known, and why. */
export function emptySnapshot(error: PlimsollError): EngineSnapshot {
  const gap = (path: string) => gapFrom(error, `GET ${path}`);
  return {
    facts: {
      kind: 'docker',
      version: gap('/version'),
      info: gap('/info'),
      bridge: gap('/networks/bridge'),
      images: gap('/images/json'),
      networks: gap('/networks'),
      volumes: gap('/volumes'),
      swarm: gap('/info'),
      plugins: gap('/plugins'),
    },
    images: [],
    containers: [],
    gaps: [gap('/containers/json')],
  };
}

async function asFact<T>(answer: Promise<JsonValue>, path: string, read: (answer: JsonValue) => T): Promise<Fact<T>> {
  try {
    return known(read(await answer), 'engine-api', `GET ${path}`);
  } catch (error) {
    if (error instanceof PlimsollError) return gapFrom(error, `GET ${path}`);
    throw error;
  }
}

function readBridge(answer: JsonValue): BridgeNetwork | null {
  if (answer === null) return null;
  const name = stringAt(promisedObject(answer, '/networks/bridge'), 'Name');
  return name === undefined ? null : { name, options: textsAt(answer, 'Options') };
}

function readImageList(answer: JsonValue): ImageSummary[] {
  return promisedList(answer, '/images/json').map((each) => ({
    id: stringAt(each, 'Id') ?? '',
    tags: stringsAt(each, 'RepoTags').filter((tag) => tag !== '<none>:<none>'),
    digests: stringsAt(each, 'RepoDigests').filter((digest) => digest !== '<none>@<none>'),
    created: numberAt(each, 'Created') ?? 0,
  }));
}
