import { setImmediate as turn } from 'node:timers/promises';
import type { ContainerSpec } from '../model/container-spec.ts';
import type { Machine } from '../model/control.ts';
import { daemonSetting } from '../model/daemon-setting.ts';
import type { EngineFacts } from '../model/engine.ts';
import { PlimsollError } from '../model/error.ts';
import { type Fact, mapFact, type UnreadableFact, unreadable } from '../model/fact.ts';
import { hostFileRoles } from '../model/host-file.ts';
import type { HostFacts } from '../model/host.ts';
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
import { readStandpoint, type Standpoint } from './host/standpoint.ts';
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
  /** What `askPrograms` was asked before; absent: it is asked now. */
  readonly programs?: Promise<AskedHostFacts> | undefined;
  /** Told how many containers have been read, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** What of the host this process sees; found out where it is not given. */
  readonly standpoint?: Standpoint;
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
    const isHere = isLocal && !(asked instanceof PlimsollError) && asked.kernel !== undefined;
    const standpoint = options.standpoint ?? readStandpoint(owner, isHere);
    const view = { processes, cgroups, hostNamespaces: readHostNamespaces(owner) };
    const snapshot =
      asked instanceof PlimsollError
        ? Promise.resolve(emptySnapshot(asked))
        : readSnapshot(client, asked, { view, local: isLocal, otherFiles: standpoint.files !== undefined, onProgress });
    // Read while the engine answers.
    await requestsSent();
    const programs = asSeenFrom(standpoint, options.programs ?? askPrograms());
    const kind = asked instanceof PlimsollError ? 'docker' : asked.kind;
    const daemon = readDaemon(options, { isLocal, owner, processes, programs, standpoint, kind });
    const early = readHost(cgroups, processes, '', standpoint);
    const { facts, images, containers, gaps } = await snapshot;
    const unlisted = gaps.find(({ path }) => path.startsWith('GET /containers/json'));
    const engine = { ...(await daemon), ...facts, local: owner.known || isHere };
    const host = {
      ...early,
      ...(await programs),
      files: standpoint.files ? noFiles(standpoint.files) : readHostFiles(engine),
      bindSources: standpoint.files ?? readBindSources(bindPaths(containers)),
    };
    return {
      machine: { host, engine, images, containers, ...(unlisted ? { unlisted } : {}) },
      gaps,
      ...(asked instanceof PlimsollError ? { engineError: asked } : {}),
    };
  } finally {
    client.close();
  }
}

/**
 * Asks the programs that alone tell what the kernel says over netlink. A process that has not loaded much yet starts others
 * more quickly: whoever is about to load a lot may ask before, and hand the answers over.
 */
export async function askPrograms(): Promise<AskedHostFacts> {
  const [audit, packetFilter] = await Promise.all([readAuditRules(), readPacketFilter()]);
  return { audit, packetFilter };
}

async function asSeenFrom({ files, network }: Standpoint, asked: Promise<AskedHostFacts>): Promise<AskedHostFacts> {
  const { audit, packetFilter } = await asked;
  // The kernel only has one list of rules, and tells it in a container too, if at all.
  const isKernels = audit.known && audit.source === 'kernel';
  return { audit: isKernels ? audit : (files ?? audit), packetFilter: network ?? packetFilter };
}

function noFiles(gap: UnreadableFact): HostFacts['files'] {
  return Object.fromEntries(hostFileRoles.map((role) => [role, gap])) as HostFacts['files'];
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

/** Where the engine is, as far as this process sees it. */
interface Whereabouts {
  readonly isLocal: boolean;
  readonly owner: Fact<number>;
  readonly processes: readonly ProcessEntry[];
  readonly programs: Promise<AskedHostFacts>;
  readonly standpoint: Standpoint;
  readonly kind: EngineFacts['kind'];
}

/** What the engine's own process, files and units show. */
async function readDaemon(
  { address, surroundings }: MachineOptions,
  { isLocal, owner, processes, programs, standpoint, kind }: Whereabouts,
): Promise<DaemonFacts> {
  const process = readDaemonProcess(owner, processes);
  const configuration = isLocal
    ? (standpoint.files ?? readDaemonConfiguration(process, kind))
    : elsewhere('/etc/docker/daemon.json');
  const told = { process, configuration };
  return {
    ...told,
    endpoint: formatAddress(address),
    units: process.known ? (standpoint.files ?? readDaemonUnits(process)) : process,
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
