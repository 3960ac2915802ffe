import type { Fact } from './fact.ts';

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
}

export interface RuntimeSocket {
  readonly path: string;
  /** `device:inode`. */
  readonly inode: string;
}
