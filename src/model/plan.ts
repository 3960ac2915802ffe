import type { ForwardDrop } from './forward-drop.ts';
import type { JsonObject } from './json.ts';
import type { Disruption } from './remedy.ts';
import type { Text } from './text.ts';

/** What `plimsoll fix` would do, in the order in which it would be done, and what it will not do. */
export interface Plan {
  readonly actions: readonly Action[];
  readonly refused: readonly Refusal[];
}

export const actionKinds = [
  'daemon-json',
  'kernel-parameter',
  'file-access',
  'audit-rule',
  'packet-filter',
  'group-members',
  'container-update',
  'network-move',
  'container-replacement',
  'compose-file',
  'service-update',
  'removal',
] as const;
export type ActionKind = (typeof actionKinds)[number];

/** One change that is done, proven and undone as a whole. */
export interface Action {
  /** Unique in its plan, and the same whenever the same thing is planned: `daemon-json`, `container-update/web`. */
  readonly id: string;
  readonly kind: ActionKind;
  /** The ids of the controls that it makes pass, and of whom. */
  readonly answers: readonly Answered[];
  readonly summary: Text;
  /** A unified diff, or lines that begin with `-` and `+`. */
  readonly diff: string;
  readonly disruption: Disruption;
  /** Containers that notice it. */
  readonly affects: readonly Affected[];
  readonly steps: readonly Step[];
  /** What makes the steps take effect; done again after they are undone. */
  readonly effect?: Effect;
  /** It cannot be taken back: what it removes is gone. */
  readonly final?: boolean;
  /** What somebody else must do before its controls pass, which therefore are not judged again after it. */
  readonly pending?: Text;
}

export interface Answered {
  readonly control: string;
  readonly subject: string;
}

export interface Affected {
  readonly container: string;
  readonly effect: 'stops' | 'restarts' | 'may-break' | 'is-replaced' | 'is-removed';
  readonly why: Text;
}

/** A finding that no action answers. */
export interface Refusal {
  readonly control: string;
  readonly subject: string;
  /** `manual`: nobody but a person can do it; `refused`: it would do harm; `excluded`: it was not asked for. */
  readonly why: 'manual' | 'refused' | 'excluded';
  readonly reason: Text;
  /** The way round, if there is one. */
  readonly advice?: Text;
  readonly commands: readonly string[];
}

/**
 * What the changed files need before they count: systemd reads its units again, a daemon reloads (SIGHUP) or restarts.
 */
export type Effect =
  | { readonly kind: 'reload-daemon' }
  | { readonly kind: 'restart-daemon'; readonly reloadUnits: boolean }
  | { readonly kind: 'reload-units' };

/** A fact with two sides, as data: where it stands can be read, and it can be brought to either side. */
export type Step =
  | FileStep
  | AccessStep
  | ParameterStep
  | AuditStep
  | FilterRuleStep
  | LimitsStep
  | MembershipStep
  | ExistenceStep
  | RunningStep
  | NameStep
  | ServiceStep
  | RemovalStep;

/** The whole content of a file; `null`: there is none. */
export interface FileStep {
  readonly kind: 'file';
  readonly path: string;
  readonly before: FileContent | null;
  readonly after: FileContent | null;
  /**
   * On the way back, what the file holds while its reader is told of it once: a daemon that reloads its configuration keeps
   * what is no longer in it, so that it must first be told the default in so many words.
   */
  readonly passing?: FileContent;
  /** Folders on the way that are not there yet, outermost first; they go again with the file. */
  readonly folders?: readonly string[];
}

export interface FileContent {
  /** Base 64. */
  readonly bytes: string;
  readonly access: FileAccess;
}

export interface FileAccess {
  /** The permission bits, set-id bits and sticky bit included. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Who may do what with a file, folder or socket. */
export interface AccessStep {
  readonly kind: 'access';
  readonly path: string;
  readonly before: FileAccess;
  readonly after: FileAccess;
}

/** A kernel parameter that is in force: `kernel.kptr_restrict`. */
export interface ParameterStep {
  readonly kind: 'parameter';
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** A watch of the audit daemon that is in force; before, there is none. */
export interface AuditStep {
  readonly kind: 'audit';
  readonly path: string;
  readonly permissions: string;
}

/** A rule at the top of Docker's chain for the administrator, in force now; before, there is none. */
export interface FilterRuleStep extends ForwardDrop {
  readonly kind: 'filter-rule';
}

/** Limits and restart policy of a container, in the words of `POST /containers/{id}/update`. */
export interface LimitsStep {
  readonly kind: 'limits';
  readonly container: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** A container's place in a network: its end's settings (`POST /networks/{id}/connect`); `null`: it is not in it. */
export interface MembershipStep {
  readonly kind: 'membership';
  readonly network: string;
  readonly container: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** A container or network that the fix makes: before, there is none. */
export interface ExistenceStep {
  readonly kind: 'existence';
  readonly what: 'container' | 'network';
  readonly name: string;
  /** What it is created with. */
  readonly body: JsonObject;
}

export interface RunningStep {
  readonly kind: 'running';
  /** Id or name. */
  readonly container: string;
  readonly before: boolean;
  readonly after: boolean;
  /** Seconds that it may take to become healthy once it runs. */
  readonly patience: number;
}

export interface NameStep {
  readonly kind: 'name';
  readonly before: string;
  readonly after: string;
}

/** A service of a swarm, by the whole specification. */
export interface ServiceStep {
  readonly kind: 'service';
  readonly service: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** What is taken away for good. */
export interface RemovalStep {
  readonly kind: 'removal';
  readonly what: 'container' | 'image';
  readonly id: string;
}
