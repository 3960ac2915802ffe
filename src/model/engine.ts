import type { Listener } from './effective.ts';
import type { Fact } from './fact.ts';
import type { JsonObject } from './json.ts';
import type { NetworkFacts } from './network.ts';
import type { SwarmFacts } from './swarm.ts';

/** Everything that is known of one engine: what its API says and what its process shows. */
export interface EngineFacts {
  /** `unix:///var/run/docker.sock`. */
  readonly endpoint: string;
  readonly kind: 'docker' | 'podman';
  /** The engine's process runs on the machine that is audited, so that its `/proc` can be asked. */
  readonly local: boolean;
  readonly version: Fact<EngineVersion>;
  readonly info: Fact<EngineInfo>;
  /** The default bridge; `null` when the engine has none. */
  readonly bridge: Fact<BridgeNetwork | null>;
  readonly images: Fact<readonly ImageSummary[]>;
  readonly process: Fact<DaemonProcess>;
  /** Its configuration file; `null` when there is none. */
  readonly configuration: Fact<DaemonConfiguration | null>;
  /** Its systemd units; `null` when it is not run by systemd. */
  readonly units: Fact<DaemonUnits | null>;
  /** Sockets that the daemon's process listens on. */
  readonly sockets: Fact<DaemonSockets>;
  /** Files that settings name (certificates, a seccomp profile), by path: whether they exist. */
  readonly referencedFiles: Fact<Readonly<Record<string, boolean>>>;
  /** Chains of the packet filter that belong to the engine (`DOCKER`, `DOCKER-USER`). */
  readonly filterChains: Fact<readonly string[]>;
  /** Endpoints that clients on this machine use: contexts and the environment. */
  readonly clients: Fact<readonly ClientEndpoint[]>;
  readonly networks: Fact<readonly NetworkFacts[]>;
  readonly volumes: Fact<readonly VolumeFacts[]>;
  /** `null` where the engine is in no swarm. */
  readonly swarm: Fact<SwarmFacts | null>;
  readonly plugins: Fact<readonly PluginFacts[]>;
}

export interface VolumeFacts {
  readonly name: string;
  readonly driver: string;
  /** Where it is on the host. */
  readonly mountpoint: string;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly created?: number;
  /** Names of containers that mount it, those that do not run too. */
  readonly usedBy: readonly string[];
}

/** A managed plugin, and what of the host it was given. */
export interface PluginFacts {
  readonly name: string;
  readonly enabled: boolean;
  /** `docker.volumedriver/1.0`. */
  readonly interfaces: readonly string[];
  readonly network: string;
  readonly hostPid: boolean;
  readonly hostIpc: boolean;
  readonly allDevices: boolean;
  readonly devices: readonly string[];
  readonly capabilities: readonly string[];
  /** Paths of the host. */
  readonly mounts: readonly string[];
}

export interface EngineVersion {
  readonly version: string;
  readonly apiVersion: string;
  readonly minimumApiVersion: string;
  readonly experimental: boolean;
  /** `Engine`, `containerd`, `runc` … → version. */
  readonly components: Readonly<Record<string, string>>;
}

/** The part of `GET /info` that controls ask about. Absent fields were not in the engine's answer. */
export interface EngineInfo {
  readonly name?: string;
  readonly operatingSystem?: string;
  readonly dataRoot?: string;
  readonly storageDriver?: string;
  readonly storageStatus: readonly (readonly [string, string])[];
  readonly loggingDriver?: string;
  readonly cgroupDriver?: string;
  readonly cgroupVersion?: string;
  readonly processors?: number;
  /** Bytes. */
  readonly memory?: number;
  readonly liveRestore?: boolean;
  readonly debug?: boolean;
  readonly experimental?: boolean;
  /** `name=seccomp,profile=default`, `name=rootless` … */
  readonly securityOptions: readonly string[];
  readonly insecureRegistries: readonly string[];
  /** Registries by name: whether TLS is required. */
  readonly registries: Readonly<Record<string, boolean>>;
  readonly authorizationPlugins: readonly string[];
  /** `inactive`, `active` … */
  readonly swarm?: string;
  readonly swarmManager?: boolean;
  readonly runtimes: readonly string[];
  readonly defaultRuntime?: string;
  readonly warnings: readonly string[];
  /** `iptables`, `nftables` (28 and later). */
  readonly firewallBackend?: string;
  readonly containers?: number;
  readonly runningContainers?: number;
  readonly stoppedContainers?: number;
  readonly mirrors: readonly string[];
  /** Whether the kernel gives the engine this kind of limit. */
  readonly limits: Readonly<Partial<Record<LimitKind, boolean>>>;
  /** Its address in the swarm. */
  readonly swarmAddress?: string;
  /** Its id in the swarm. */
  readonly swarmNode?: string;
  /** Managers of the swarm that it knows of, itself among them where it is one. */
  readonly swarmManagers?: readonly SwarmManagerAddress[];
  /** The runtime's commit or version, as the engine found it out. */
  readonly runcCommit?: string;
  readonly containerdCommit?: string;
  /** Where the containerd that it uses listens. */
  readonly containerdAddress?: string;
  readonly product?: string;
}

export interface SwarmManagerAddress {
  readonly node: string;
  /** `192.0.2.10:2377`. */
  readonly address: string;
}

export type LimitKind = 'memory' | 'swap' | 'cpu-quota' | 'cpu-shares' | 'cpu-set' | 'processes';

export interface BridgeNetwork {
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
}

export interface ImageSummary {
  readonly id: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  /** Seconds since 1970. */
  readonly created: number;
}

export interface DaemonProcess {
  readonly pid: number;
  /** As started: the program and its arguments. */
  readonly arguments: readonly string[];
  readonly uid: number;
  /** Milliseconds since 1970. */
  readonly started: number;
  /** Mask. */
  readonly capabilityBoundingSet: bigint;
  /** Userland proxies that are its children. */
  readonly proxies: number;
  /** Open files that it may have, `Infinity` for no limit; absent where the kernel does not say. */
  readonly openFiles?: { readonly soft: number; readonly hard: number };
  /** Network interfaces in its network namespace; absent where the kernel does not say. */
  readonly interfaces?: readonly string[];
}

export interface DaemonConfiguration {
  readonly file: string;
  readonly values: JsonObject;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Where a key was written, lines and columns from 1. */
  readonly positions: Readonly<Record<string, { readonly line: number; readonly column: number }>>;
}

export interface DaemonUnits {
  /** `docker.service`. */
  readonly name: string;
  /** The unit that applies, and its drop-ins in the order in which they apply. */
  readonly files: readonly UnitFile[];
  /** Whether the vendor's file still is what the package manager installed; `null` when no package owns it. */
  readonly vendorFileIntact: boolean | null;
}

export interface UnitFile {
  readonly path: string;
  readonly kind: 'vendor' | 'override' | 'drop-in';
  /** Milliseconds since 1970. */
  readonly modified: number;
}

export interface DaemonSockets {
  /** Paths of unix sockets. */
  readonly unix: readonly string[];
  readonly tcp: readonly Listener[];
}

export interface ClientEndpoint {
  /** A context's name, or `DOCKER_HOST`. */
  readonly name: string;
  readonly source: 'environment' | 'file';
  /** The variable or the file that says so. */
  readonly path: string;
  /** `tcp://…`, `unix://…`, `ssh://…`. */
  readonly host: string;
  /** TLS with verification of the engine's certificate. */
  readonly verified: boolean;
}
