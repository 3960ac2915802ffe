import type { ActionKind, Affected, Refusal } from './plan.ts';
import type { Disruption } from './remedy.ts';
import type { Language } from './text.ts';

/** What `plimsoll fix --format json` prints before anything is done; published under this name, see `docs/plan.schema.json`. */
export const planSchema = 'plimsoll.plan/1';

/** A plan in one language, without the contents of files: those stay in the journal. */
export interface PlanDocument {
  readonly schema: typeof planSchema;
  readonly tool: { readonly name: string; readonly version: string };
  readonly language: Language;
  /** RFC 3339, UTC. */
  readonly created: string;
  readonly actions: readonly PlannedAction[];
  readonly refused: readonly RefusedFinding[];
}

export interface PlannedAction {
  readonly id: string;
  readonly kind: ActionKind;
  /** The first of the controls that it answers, and of the subjects; `null`: it only prepares another action. */
  readonly control: string | null;
  readonly subject: string | null;
  readonly controls: readonly string[];
  readonly subjects: readonly string[];
  readonly summary: string;
  readonly diff: string;
  readonly disruption: Disruption;
  readonly affects: readonly {
    readonly container: string;
    readonly effect: Affected['effect'];
    readonly why: string;
  }[];
  /** What somebody else must do afterwards before the controls pass. */
  readonly pending: string | null;
  /** It cannot be undone. */
  readonly final: boolean;
  /** From 1. */
  readonly order: number;
}

export interface RefusedFinding {
  readonly control: string;
  readonly subject: string;
  readonly why: Refusal['why'];
  readonly reason: string;
  readonly advice: string | null;
  readonly commands: readonly string[];
}

/** What a fix or an undo did: a part of the report on the machine afterwards. */
export interface FixRecord {
  /** What `--undo` takes. */
  readonly id: string;
  readonly kind: 'fix' | 'undo';
  readonly who: string;
  /** RFC 3339, UTC. */
  readonly started: string;
  readonly finished: string;
  readonly actions: readonly RecordedAction[];
}

export interface RecordedAction extends Omit<PlannedAction, 'order' | 'final'> {
  /** `planned`: an action before it failed, so that it was not begun. */
  readonly state: 'planned' | 'done' | 'failed' | 'undone';
  /** Why it failed, or could not be undone. */
  readonly reason: string | null;
}
