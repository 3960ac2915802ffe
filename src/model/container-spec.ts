import type { Effective } from './effective.ts';
import type { Evidence, Fact } from './fact.ts';
import type { JsonValue, KeyPath } from './json.ts';
import type { Location } from './location.ts';
import type { NamespaceKind } from './namespace.ts';
import type { Secret } from './secret.ts';
import type { Span } from './source-text.ts';

/** The ways to write a container down. */
export type Dialect = 'engine-api' | 'compose' | 'pod' | 'docker-run' | 'dockerfile';

/** `declared` is a container that only exists on paper: a create request, a service in a file. */
export type ContainerState = 'running' | 'stopped' | 'declared';

/**
 * One container, whatever dialect it was written in. A field that is absent was not set, and the engine's
 * default holds.
 */
export interface ContainerSpec {
  /** The engine's id, 64 hexadecimal digits; absent before creation. */
  readonly id?: string;
  readonly name: string;
  readonly dialect: Dialect;
  readonly state: ContainerState;
  /** Of one that does not run: when it ended, or was made if it never ran; milliseconds since 1970. */
  readonly stoppedSince?: number;
  readonly image: ImageReference;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** As written: a name or a number, with or without a group (`1000:1000`). */
  readonly user?: string;
  /** Whoever starts it refuses an image that would run as root (`runAsNonRoot`). Only a pod can demand it. */
  readonly nonRootDemanded?: boolean;
  /** Supplementary groups, as written. */
  readonly groups: readonly string[];
  readonly privileged: boolean;
  readonly capabilities: CapabilityChange;
  readonly security: SecurityOptions;
  readonly readOnlyRoot: boolean;
  readonly mounts: readonly Mount[];
  /** Containers whose mounts it takes over, as written: `db`, `db:ro`. */
  readonly volumesFrom?: readonly string[];
  readonly devices: readonly Device[];
  /** Device rules of the cgroup, as written: `c 13:* rwm`. */
  readonly deviceRules: readonly string[];
  /** Requests to a device driver: the driver's name or capabilities, as written (`nvidia`, `gpu`). */
  readonly deviceRequests: readonly string[];
  /** `host`, `private`, `container:ID` …, as written. */
  readonly namespaces: Namespaces;
  /** Absent: the engine's default lists. */
  readonly maskedPaths?: readonly string[];
  readonly readOnlyPaths?: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
  readonly ulimits: readonly Ulimit[];
  readonly resources: Resources;
  readonly ports: readonly PublishedPort[];
  /** Declared but not published: `80/tcp`. */
  readonly exposedPorts: readonly string[];
  /** Every port that the image exposes is published too, on a port that the engine chooses. */
  readonly publishAllPorts?: boolean;
  readonly networks: readonly string[];
  /** Links of the old kind, as written: `db:database`. */
  readonly links?: readonly string[];
  /** Lines for the container's `/etc/hosts`, as written: `host.docker.internal:host-gateway`. */
  readonly extraHosts?: readonly string[];
  readonly environment: readonly Variable[];
  readonly labels: Readonly<Record<string, string>>;
  readonly restart: RestartPolicy;
  readonly healthCheck?: HealthCheck;
  readonly logging: Logging;
  readonly runtime?: string;
  readonly cgroupParent?: string;
  readonly owner: Owner;
  /** Where the whole of it was written, so that it can be changed there; absent where it comes from an API. */
  readonly origin?: Origin;
  /**
   * Fields that are set to what only a run would tell, as a variable of a shell does, and that are absent because the
   * model has no word for it: `resources.memory` of `--memory "$LIMIT"`.
   */
  readonly unresolved?: readonly string[];
  /** Paths that the container changed in its own writable layer; absent where it has none or was not asked. */
  readonly changedPaths?: Fact<readonly string[]>;
  /** What the kernel says of a running container; absent where there is nothing running to ask about. */
  readonly effective?: Effective;
  /** Where a field was written. Takes the model's own path: `capabilities.add[0]`. */
  locate(field: string): Location;
}

/** The stretch of a file that a container was read from. */
export interface Origin {
  /** As the user named it. */
  readonly file: string;
  /** Of a file of several YAML documents: which one, from 0. */
  readonly document?: number;
  /** Compose: the service's key. Kubernetes: the entry in the pod's list of containers. */
  readonly path?: KeyPath;
  /** Kubernetes: where the pod itself stands in the document, with `metadata` and `spec` in it. */
  readonly podPath?: KeyPath;
  /** `docker run`: the command, from its first word to its last. */
  readonly span?: Span;
}

export interface ImageReference {
  /** As written by the user: `nginx:1.27`, `registry.example/app@sha256:…`. */
  readonly reference: string;
  /** It is built where it is used, and the reference is only what its builder calls it. */
  readonly unnamed?: boolean;
  /** The id that the engine resolved it to, `sha256:…`. */
  readonly id?: string;
}

export interface CapabilityChange {
  /** As written: any case, with or without `CAP_`. */
  readonly add: readonly string[];
  readonly drop: readonly string[];
}

export interface SecurityOptions {
  readonly noNewPrivileges?: boolean;
  /** `unconfined`, a file name, or the profile's JSON text as the engine stores it; absent: the engine's default. */
  readonly seccomp?: string;
  /** A pod names no profile: `seccomp` is what a kubelet then does, unless it is told otherwise. */
  readonly seccompNotNamed?: boolean;
  /** A profile's name or `unconfined`; absent: the engine's default. */
  readonly appArmor?: string;
  /** SELinux label options as written: `disable`, `type:container_t`. */
  readonly selinux: readonly string[];
  /** The SELinux label that the engine gave the process; empty or absent without SELinux. */
  readonly processLabel?: string;
}

export type MountKind = 'bind' | 'volume' | 'tmpfs' | 'image' | 'cluster' | 'npipe';

export interface Mount {
  readonly kind: MountKind;
  /** A path on the host, or a volume's name; absent for tmpfs and anonymous volumes. */
  readonly source?: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Only the mount itself is read-only, what is mounted below it stays writable. */
  readonly readOnlyNonRecursive?: boolean;
  /** `rprivate`, `rslave`, `shared` …; absent: the engine's default. */
  readonly propagation?: string;
  readonly driver?: string;
  /** Options of a volume's driver (`type`, `o`, `device`) or of the mount itself (`nosuid`, `size=64m`). */
  readonly options: Readonly<Record<string, string>>;
  /** The volume has no name that a person gave it. */
  readonly anonymous?: boolean;
  /** The host path behind it, links followed, volumes that are binds in disguise included; absent if unknown. */
  readonly hostPath?: string;
  /** `device:inode` of the host path, to recognise the same object under another name. */
  readonly hostInode?: string;
}

export interface Device {
  readonly source: string;
  readonly target: string;
  /** Some of `r`, `w` and `m`. */
  readonly permissions: string;
}

export type Namespaces = Readonly<Partial<Record<NamespaceKind, string>>>;

export interface Ulimit {
  readonly name: string;
  /** -1 is unlimited. */
  readonly soft: number;
  readonly hard: number;
}

export interface Resources {
  /** Bytes. */
  readonly memory?: number;
  /** Memory and swap together, bytes; -1 is unlimited swap. */
  readonly memorySwap?: number;
  /** Bytes. */
  readonly memoryReservation?: number;
  readonly oomKillDisable?: boolean;
  /** -1000 to 1000: the lower, the later the kernel ends it when memory runs out. */
  readonly oomScoreAdjust?: number;
  /** Whole and part processors: 1.5. From `NanoCpus`, or from quota and period. */
  readonly cpus?: number;
  /** A relative weight, not a limit. */
  readonly cpuShares?: number;
  /** `0-3,6`. */
  readonly cpuset?: string;
  readonly memoryNodes?: string;
  /** -1 is unlimited. */
  readonly pids?: number;
  /** 10 to 1000. */
  readonly blockIoWeight?: number;
  /** How many devices have a rate limit or a weight of their own. */
  readonly blockIoThrottles?: number;
}

export interface PublishedPort {
  /** Absent: every address. */
  readonly hostAddress?: string;
  /** Absent: chosen by the engine from the ephemeral range. */
  readonly hostPort?: number;
  readonly containerPort: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
}

export interface Variable {
  readonly name: string;
  readonly value: Secret;
}

export interface RestartPolicy {
  /** Absent is the same as `no`. */
  readonly name?: 'no' | 'always' | 'unless-stopped' | 'on-failure';
  readonly maximumRetries?: number;
}

export interface HealthCheck {
  /** `['NONE']` switches an inherited check off. */
  readonly test: readonly string[];
  /** Of a running container: `healthy`, `unhealthy`, `starting`. */
  readonly status?: string;
}

export interface Logging {
  /** Absent: the engine's default driver. */
  readonly driver?: string;
  readonly options: Readonly<Record<string, string>>;
}

/** Who re-creates the container, so that a fix must go there. */
export interface Owner {
  readonly kind: 'none' | 'compose' | 'swarm' | 'kubernetes';
  /** Compose project, Swarm service, pod namespace. */
  readonly project?: string;
  /** Compose service, Swarm service, pod. */
  readonly service?: string;
  /** Files that the owner was read from, where it says so. */
  readonly files?: readonly string[];
}

/**
 * What the paper says of a field, as evidence: the dialect's own path, and `value` as seen there. The place is looked
 * for when it is asked for: most evidence is of what passed, and of many containers nobody asks.
 */
export function configured(container: ContainerSpec, field: string, value: JsonValue): Evidence {
  return {
    get source() {
      return container.locate(field).source;
    },
    get path() {
      return container.locate(field).path;
    },
    value,
  };
}
