import type { NamespaceKind } from './namespace.ts';
import type { Fact } from './fact.ts';

/** What the kernel says of a running container, read from the host's `/proc` and cgroup file systems. */
export interface Effective {
  /** The first process, as the host numbers it. */
  readonly pid: number;
  readonly user: Fact<EffectiveUser>;
  readonly capabilities: Fact<CapabilitySets>;
  /** 0: off, 1: strict, 2: filter. */
  readonly seccompMode: Fact<number>;
  readonly noNewPrivileges: Fact<boolean>;
  readonly namespaces: Readonly<Record<NamespaceKind, Fact<EffectiveNamespace>>>;
  /** AppArmor profile or SELinux label of the first process (`docker-default (enforce)`); empty when there is none. */
  readonly securityLabel: Fact<string>;
  readonly limits: Fact<CgroupLimits>;
  /** The first process' own mount table. */
  readonly mounts: Fact<readonly MountEntry[]>;
  /** Every process in the container's cgroup. */
  readonly processes: Fact<readonly ContainerProcess[]>;
  /** Listening sockets in the container's network namespace; only asked where that namespace is its own. */
  readonly listeners: Fact<readonly Listener[]>;
}

export interface EffectiveUser {
  /** As the container sees it. */
  readonly uid: number;
  /** As the host sees it. */
  readonly hostUid: number;
  readonly hostGid: number;
}

/** Masks, one bit a capability. */
export interface CapabilitySets {
  readonly effective: bigint;
  readonly permitted: bigint;
  readonly bounding: bigint;
}

export interface EffectiveNamespace {
  /** The namespace's link, `pid:[4026531836]`: the same text is the same namespace. */
  readonly link: string;
  /** Whether it is the one that the host's first process is in. */
  readonly host: boolean;
}

/** Absent: no limit. */
export interface CgroupLimits {
  /** Bytes. */
  readonly memory?: number;
  /** Memory and swap together, bytes; -1 when swap has no limit. */
  readonly memorySwap?: number;
  /** Processors. */
  readonly cpus?: number;
  readonly pids?: number;
}

export interface MountEntry {
  readonly target: string;
  readonly options: readonly string[];
  /** `master:1`, `shared:2` …: propagation. */
  readonly propagation: readonly string[];
  readonly fileSystem: string;
  readonly source: string;
}

export interface ContainerProcess {
  readonly pid: number;
  readonly parent: number;
  /** The kernel's name for it, at most 15 characters. */
  readonly name: string;
  readonly hostUid: number;
}

export interface Listener {
  readonly protocol: 'tcp' | 'tcp6' | 'udp' | 'udp6';
  /** `0.0.0.0`, `::`, `127.0.0.1` … */
  readonly address: string;
  readonly port: number;
}
