import type { ContainerSpec } from '../model/container-spec.ts';
import type { Machine } from '../model/control.ts';
import { daemonSetting } from '../model/daemon-setting.ts';
import type { BridgeNetwork, EngineFacts, EngineVersion } from '../model/engine.ts';
import { PlimsollError } from '../model/error.ts';
import { type Fact, known, mapFact, type UnreadableFact, unreadable } from '../model/fact.ts';
import type { JsonValue } from '../model/json.ts';
import { type EngineAddress, formatAddress } from './engine/address.ts';
import { openEngineClient } from './engine/client.ts';
import { readContainers } from './engine/containers.ts';
import { readClientEndpoints } from './engine/contexts.ts';
import type { Surroundings } from './engine/endpoint.ts';
import { readEngineInfo } from './engine/info.ts';
import { negotiate, type NegotiatedEngine } from './engine/negotiate.ts';
import { numberAt, stringAt, stringsAt, textsAt } from './engine/reading.ts';
import { type CgroupMounts, readCgroupMounts } from './host/cgroup.ts';
import { findSocketOwner, readDaemonProcess, readDaemonSockets } from './host/daemon.ts';
import { readDaemonConfiguration } from './host/daemon-configuration.ts';
import { type KernelView, readHostNamespaces } from './host/effective.ts';
import { readFilterChains } from './host/filter-chains.ts';
import { readHost } from './host/host.ts';
import { type ProcessEntry, readProcesses } from './host/processes.ts';
import { readReferencedFiles } from './host/referenced-files.ts';
import { readDaemonUnits } from './host/units.ts';

export interface MachineReading {
  readonly machine: Machine;
  /** Why the list of containers, or some of them, could not be read. */
  readonly gaps: readonly UnreadableFact[];
  /** Why the engine could not be asked at all. */
  readonly engineError?: PlimsollError;
}

export interface MachineOptions {
  readonly address: EngineAddress;
  readonly surroundings: Surroundings;
  /** Milliseconds that one answer of the engine may take. */
  readonly timeout?: number;
  /** Told how many containers have been read, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Reads one snapshot of a machine. What cannot be read is in it as unreadable, with the reason. */
export async function readMachine(options: MachineOptions): Promise<MachineReading> {
  const cgroups = readCgroupMounts();
  const processes = readProcesses();
  const host = readHost(cgroups);
  const api = await readApi(options, processes, cgroups);

  const owner = api.owner ?? socketOwner(options.address, processes);
  const process = readDaemonProcess(owner, processes);
  const configuration = onThisMachine(options.address, () => readDaemonConfiguration(process));
  const engine: EngineFacts = {
    ...api.facts,
    endpoint: formatAddress(options.address),
    local: owner.known || isSameKernel(api.negotiated, host),
    process,
    configuration,
    units: readDaemonUnits(process),
    sockets: readDaemonSockets(owner),
    filterChains: known([], 'kernel', 'packet filter'),
    referencedFiles: known({}, 'file', ''),
    clients: readClientEndpoints(options.surroundings),
  };
  const complete: EngineFacts = {
    ...engine,
    filterChains: await filterChainsOf(engine),
    referencedFiles: readReferencedFiles(engine),
  };
  return {
    machine: { host, engine: complete, containers: api.containers },
    gaps: api.gaps,
    ...(api.error ? { engineError: api.error } : {}),
  };
}

interface ApiReading {
  readonly facts: Pick<EngineFacts, 'kind' | 'version' | 'info' | 'bridge' | 'images'>;
  readonly containers: readonly ContainerSpec[];
  readonly gaps: readonly UnreadableFact[];
  readonly negotiated?: NegotiatedEngine;
  readonly owner?: Fact<number>;
  readonly error?: PlimsollError;
}

async function readApi(
  options: MachineOptions,
  processes: readonly ProcessEntry[],
  cgroups: CgroupMounts | undefined,
): Promise<ApiReading> {
  const client = await openEngineClient(options.address, options);
  try {
    const negotiated = await negotiate(client);
    const { prefix } = negotiated;
    const ask = <T>(path: string, read: (answer: JsonValue) => T) => asFact(client.get(prefix + path), path, read);
    // The connections are open now: this is the moment at which the kernel shows who accepted them.
    const owner = socketOwner(options.address, processes);
    const view: KernelView = { processes, cgroups, hostNamespaces: readHostNamespaces(owner) };
    const local = options.address.kind === 'unix';
    const [info, bridge, images, containers] = await Promise.all([
      ask('/info', readEngineInfo),
      ask('/networks/bridge', readBridge),
      ask('/images/json', readImages),
      readContainers({
        client,
        prefix,
        view,
        local,
        ...(options.onProgress ? { onProgress: options.onProgress } : {}),
      }),
    ]);
    const version: Fact<EngineVersion> = known(negotiated.version, 'engine-api', 'GET /version');
    return { facts: { kind: negotiated.kind, version, info, bridge, images }, ...containers, negotiated, owner };
  } catch (error) {
    if (!(error instanceof PlimsollError)) throw error;
    const gap = (path: string) => unreadableBecause(error, path);
    return {
      facts: {
        kind: 'docker',
        version: gap('GET /version'),
        info: gap('GET /info'),
        bridge: gap('GET /networks/bridge'),
        images: gap('GET /images/json'),
      },
      containers: [],
      gaps: [gap('GET /containers/json')],
      error,
    };
  } finally {
    client.close();
  }
}

async function asFact<T>(answer: Promise<JsonValue>, path: string, read: (answer: JsonValue) => T): Promise<Fact<T>> {
  try {
    return known(read(await answer), 'engine-api', `GET ${path}`);
  } catch (error) {
    if (error instanceof PlimsollError) return unreadableBecause(error, `GET ${path}`);
    throw error;
  }
}

function unreadableBecause(error: PlimsollError, path: string): UnreadableFact {
  return unreadable(
    'engine-api',
    path,
    error.text,
    error.advice ?? { en: 'see why the engine refuses', zh: '检查引擎拒绝的原因' },
  );
}

function readBridge(answer: JsonValue): BridgeNetwork | null {
  const name = stringAt(answer, 'Name');
  return name === undefined ? null : { name, options: textsAt(answer, 'Options') };
}

function readImages(answer: JsonValue): EngineFacts['images'] extends Fact<infer T> ? T : never {
  const list = Array.isArray(answer) ? (answer as readonly JsonValue[]) : [];
  return list.map((each) => ({
    id: stringAt(each, 'Id') ?? '',
    tags: stringsAt(each, 'RepoTags').filter((tag) => tag !== '<none>:<none>'),
    digests: stringsAt(each, 'RepoDigests').filter((digest) => digest !== '<none>@<none>'),
    created: numberAt(each, 'Created') ?? 0,
  }));
}

function elsewhere(path: string): UnreadableFact {
  return unreadable(
    'kernel',
    path,
    {
      en: 'the engine is reached over the network, so that its machine cannot be looked at',
      zh: '引擎通过网络访问，无法查看其所在机器',
    },
    { en: "run Plimsoll on the engine's own machine", zh: '在引擎所在机器上运行 Plimsoll' },
  );
}

function socketOwner(address: EngineAddress, processes: readonly ProcessEntry[]): Fact<number> {
  return address.kind === 'unix' ? findSocketOwner(address.path, processes) : elsewhere('owner of the socket');
}

function onThisMachine<T>(address: EngineAddress, read: () => Fact<T>): Fact<T> {
  return address.kind === 'unix' ? read() : elsewhere('/etc/docker/daemon.json');
}

function isSameKernel(negotiated: NegotiatedEngine | undefined, host: Machine['host']): boolean {
  return host.kernelRelease.known && negotiated?.kernel === host.kernelRelease.value;
}

/** Not asked where the engine leaves the packet filter alone: asking would load the kernel's modules for it. */
async function filterChainsOf(engine: EngineFacts): Promise<EngineFacts['filterChains']> {
  const path = 'packet filter';
  if (!engine.process.known) return { ...engine.process, path };
  const managed = daemonSetting(engine, 'iptables');
  if (managed.known && managed.value === false) return mapFact(managed, () => []);
  return readFilterChains();
}
