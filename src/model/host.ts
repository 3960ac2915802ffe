import type { Listener, MountEntry } from './effective.ts';
import type { Fact } from './fact.ts';
import type { HostComponents } from './host-component.ts';
import type { FileStatus, HostFileRole } from './host-file.ts';
import type { PacketFilter } from './packet-filter.ts';

/** What is read of the host that the engine runs on. */
export interface HostFacts {
  /** `ID` and `VERSION_ID` of os-release: `debian`, `12`. */
  readonly distribution: Fact<{ readonly id: string; readonly version: string }>;
  readonly kernelRelease: Fact<string>;
  /** Active security modules in the kernel's order: `['lockdown', 'capability', 'apparmor']`. */
  readonly securityModules: Fact<readonly string[]>;
  readonly cgroupVersion: Fact<1 | 2>;
  /** Sockets that give control of a container engine, those that exist here. */
  readonly runtimeSockets: Fact<readonly RuntimeSocket[]>;
  /** This process may read everything that belongs to root. */
  readonly root: boolean;
  readonly kernel: KernelFacts;
  /** The mount table of the host itself. */
  readonly mounts: Fact<readonly HostMount[]>;
  readonly accounts: Fact<Accounts>;
  readonly subordinateIds: Fact<SubordinateIds>;
  /** What stands at the places that matter, by what it is for: no entry where there is nothing. */
  readonly files: Readonly<Record<HostFileRole, Fact<readonly FileStatus[]>>>;
  /** The host's ends of bind mounts, by path; those that are not there are left out. */
  readonly bindSources: Fact<Readonly<Record<string, FileStatus>>>;
  /** `null` where nothing watches: no audit daemon is installed. */
  readonly audit: Fact<AuditRules | null>;
  readonly packetFilter: Fact<PacketFilter>;
  /** Sockets that wait for others in the host's own network namespace. */
  readonly listeners: Fact<readonly HostListener[]>;
  /** Units of systemd that start by themselves, timers among them. */
  readonly enabledUnits: Fact<readonly string[]>;
  /** Processes outside of containers; the kernel's own threads left out. */
  readonly processes: Fact<readonly HostProcess[]>;
  /** Where users of this host keep what they log in to registries with. */
  readonly credentials: Fact<readonly CredentialFile[]>;
  /** What runs the containers, and which flaws of it are known; unreadable where there are no advisories. */
  readonly components: Fact<HostComponents>;
}

export interface RuntimeSocket {
  readonly path: string;
  /** `device:inode`. */
  readonly inode: string;
}

export interface KernelFacts {
  /** Kinds of namespaces that there are: `mnt`, `pid`, `net`, `ipc`, `uts`, `user`, `cgroup` … */
  readonly namespaces: Fact<readonly string[]>;
  /** Kernel parameters by name (`kernel.kptr_restrict`), those that there are. */
  readonly parameters: Fact<Readonly<Record<string, string>>>;
  /** Those that are there but that this user may not read; absent where there are none. */
  readonly hiddenParameters?: readonly string[];
  /** Controllers of control groups that are switched on: `memory`, `pids` … */
  readonly controllers: Fact<readonly string[]>;
  /** What seccomp can do: `kill_process`, `errno` …; empty where the kernel has none. */
  readonly seccompActions: Fact<readonly string[]>;
  /** `none`, `integrity` or `confidentiality`; `null` where the kernel does not know it. */
  readonly lockdown: Fact<string | null>;
  /** Whether only signed modules can be loaded; `null` where the kernel loads none or does not say. */
  readonly modulesMustBeSigned: Fact<boolean | null>;
  /** Modules that are loaded. */
  readonly modules: Fact<readonly string[]>;
  /** `null` where there is no SELinux. */
  readonly selinux: Fact<SelinuxState | null>;
  /** Releases of kernels that are installed, in no order. */
  readonly installed: Fact<readonly string[]>;
  /** Milliseconds since 1970. */
  readonly started: Fact<number>;
  /** Since when a package asks for a reboot, milliseconds since 1970; `null` where none does. */
  readonly rebootAskedFor: Fact<number | null>;
}

export interface SelinuxState {
  readonly enforcing: boolean;
  /** `enforcing`, `permissive`, `disabled`: as after the next start; absent where nothing says so. */
  readonly configured?: string;
}

export interface HostMount extends MountEntry {
  /** `major:minor` of the device. */
  readonly device: string;
  /** Options of the file system behind the mount. */
  readonly superOptions: readonly string[];
}

export interface Accounts {
  readonly users: readonly UserAccount[];
  readonly groups: readonly GroupAccount[];
}

export interface UserAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

export interface GroupAccount {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** `/etc/subuid` and `/etc/subgid`. */
export interface SubordinateIds {
  readonly users: readonly SubordinateRange[];
  readonly groups: readonly SubordinateRange[];
}

export interface SubordinateRange {
  /** A name or an id, as written. */
  readonly owner: string;
  readonly start: number;
  readonly count: number;
}

export interface AuditRules {
  /** As the kernel has them; otherwise as the files say that it will. */
  readonly loaded: boolean;
  /** False where auditing is switched off, whatever the rules; absent where nothing says so. */
  readonly enabled?: boolean;
  /** Whether a process takes what the kernel records; absent where nothing says so. */
  readonly received?: boolean;
  readonly watches: readonly AuditWatch[];
}

export interface AuditWatch {
  readonly path: string;
  /** Behind the links on the way; absent where there are none. */
  readonly realPath?: string;
  /** Everything below the path too. */
  readonly recursive: boolean;
  /** Of `r`, `w`, `x` and `a`. */
  readonly permissions: string;
}

export interface HostListener extends Listener {
  /** Absent where it could not be seen whose it is. */
  readonly process?: { readonly pid: number; readonly name: string };
  /** The id of the container that the process is in. */
  readonly container?: string;
}

export interface HostProcess {
  readonly pid: number;
  /** The kernel's name for it, at most 15 characters. */
  readonly name: string;
  readonly uid: number;
}

/** A client's configuration file. Secrets are not read into it. */
export interface CredentialFile {
  readonly path: string;
  readonly user: string;
  readonly status: FileStatus;
  /** Registries whose password stands in the file itself. */
  readonly plainRegistries: readonly string[];
  /** A program keeps the others. */
  readonly store?: string;
}
