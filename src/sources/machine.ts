import { setImmediate as turn } from 'node:timers/promises';
import type { ContainerSpec } from '../model/container-spec.ts';
import type { Machine } from '../model/control.ts';
import { daemonSetting } from '../model/daemon-setting.ts';
import type { EngineFacts } from '../model/engine.ts';
import { PlimsollError } from '../model/error.ts';
import { type Fact, mapFact, type UnreadableFact, unreadable } from '../model/fact.ts';
import type { PacketFilter } from '../model/packet-filter.ts';
import { type EngineAddress, formatAddress } from './engine/address.ts';
import { openEngineClient } from './engine/client.ts';
import { readClientEndpoints } from './engine/contexts.ts';
import type { Surroundings } from './engine/surroundings.ts';
import { negotiate, type NegotiatedEngine } from './engine/negotiate.ts';
import { emptySnapshot, type EngineSnapshot, readSnapshot } from './engine/snapshot.ts';
import { readCgroupMounts } from './host/cgroup.ts';
import { findSocketOwner, readDaemonProcess, readDaemonSockets } from './host/daemon.ts';
import { readDaemonConfiguration } from './host/daemon-configuration.ts';
import { readHostNamespaces } from './host/effective.ts';
import { engineChains } from './host/filter-chains.ts';
import { type AskedHostFacts, readHost, readKernelRelease } from './host/host.ts';
import { readBindSources, readHostFiles } from './host/host-files.ts';
import { readPacketFilter } from './host/packet-filter.ts';
import { readAuditRules } from './host/audit-rules.ts';
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
  readonly timeout?: number | undefined;
  /** Told how many containers have been read, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Reads one snapshot of a machine. What cannot be read is in it as unreadable, with the reason. */
export async function readMachine(options: MachineOptions): Promise<MachineReading> {
  const { address, onProgress } = options;
  const client = await openEngineClient(address, options);
  try {
    const asking = askVersion(() => negotiate(client));
    // An engine takes 10 ms to find out its own versions: time enough to list the processes.
    await requestsSent();
    const cgroups = readCgroupMounts();
    const processes = readProcesses();
    const asked = await asking;
    // A connection is open now: this is the moment at which the kernel shows who accepted it.
    const isLocal = address.kind === 'unix' && (asked instanceof PlimsollError || mayShareKernel(asked));
    const owner = isLocal ? findSocketOwner(address.path, processes) : elsewhere('owner of the socket');
    const view = { processes, cgroups, hostNamespaces: readHostNamespaces(owner) };
    const snapshot =
      asked instanceof PlimsollError
        ? Promise.resolve(emptySnapshot(asked))
        : readSnapshot(client, asked, { view, local: isLocal, onProgress });
    // Read while the engine answers.
    await requestsSent();
    const programs = askPrograms();
    const daemon = readDaemon(options, isLocal, owner, processes, programs);
    const early = readHost(cgroups, processes);
    const local = owner.known || (isLocal && !(asked instanceof PlimsollError) && asked.kernel !== undefined);
    const { facts, images, containers, gaps } = await snapshot;
    const engine = { ...(await daemon), ...facts, local };
    const host = {
      ...early,
      ...(await programs),
      files: readHostFiles(engine),
      bindSources: readBindSources(bindPaths(containers)),
    };
    return {
      machine: { host, engine, images, containers },
      gaps,
      ...(asked instanceof PlimsollError ? { engineError: asked } : {}),
    };
  } finally {
    client.close();
  }
}

async function askPrograms(): Promise<AskedHostFacts> {
  const [audit, packetFilter] = await Promise.all([readAuditRules(), readPacketFilter()]);
  return { audit, packetFilter };
}

function bindPaths(containers: readonly ContainerSpec[]): string[] {
  const paths = containers.flatMap(({ mounts }) => mounts.flatMap(({ hostPath }) => hostPath ?? []));
  return [...new Set(paths)];
}

/** Requests leave only when the event loop turns: once to connect, and once to write. */
async function requestsSent(): Promise<void> {
  await turn();
  await turn();
}

async function askVersion(ask: () => Promise<NegotiatedEngine>): Promise<NegotiatedEngine | PlimsollError> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PlimsollError) return error;
    throw error;
  }
}

type DaemonFacts = Omit<EngineFacts, keyof EngineSnapshot['facts'] | 'local'>;

/** What the engine's own process, files and units show. */
async function readDaemon(
  { address, surroundings }: MachineOptions,
  isLocal: boolean,
  owner: Fact<number>,
  processes: readonly ProcessEntry[],
  programs: Promise<AskedHostFacts>,
): Promise<DaemonFacts> {
  const process = readDaemonProcess(owner, processes);
  const configuration = isLocal ? readDaemonConfiguration(process) : elsewhere('/etc/docker/daemon.json');
  const told = { process, configuration };
  return {
    ...told,
    endpoint: formatAddress(address),
    units: readDaemonUnits(process),
    sockets: readDaemonSockets(owner),
    referencedFiles: readReferencedFiles(told),
    clients: readClientEndpoints(surroundings),
    filterChains: chainsOf(told, (await programs).packetFilter),
  };
}

function elsewhere(path: string): UnreadableFact {
  return unreadable(
    'kernel',
    path,
    {
      en: 'the engine is not known to run on this machine, so that its process and files cannot be looked at',
      zh: '无法确认引擎运行在本机，因此不能查看其进程与文件',
    },
    { en: "run Plimsoll on the engine's own machine", zh: '在引擎所在机器上运行 Plimsoll' },
  );
}

/** A socket can be forwarded from another machine, or lead into a virtual one: then the kernels mostly differ. */
function mayShareKernel({ kernel }: NegotiatedEngine): boolean {
  const own = readKernelRelease();
  return kernel === undefined || !own.known || kernel === own.value;
}

/** An engine that leaves the packet filter alone has no rules in it, whatever else is there. */
function chainsOf(
  told: Pick<EngineFacts, 'process' | 'configuration'>,
  filter: Fact<PacketFilter>,
): EngineFacts['filterChains'] {
  if (!told.process.known) return { ...told.process, path: 'packet filter' };
  const managed = daemonSetting(told, 'iptables');
  if (managed.known && managed.value === false) return mapFact(managed, () => []);
  return engineChains(told.process.value, filter);
}
