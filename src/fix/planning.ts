import type { Control, Machine, Subject } from '../model/control.ts';
import type { JsonValue } from '../model/json.ts';
import type { Action, Answered, FileContent, Refusal } from '../model/plan.ts';
import type { Remedy } from '../model/remedy.ts';
import { PlimsollError } from '../model/error.ts';
import type { Text } from '../model/text.ts';
import type { CgroupUsage } from '../sources/host/cgroup.ts';

/** A failure that is to be answered. */
export interface Failure {
  readonly control: Control;
  readonly subject: Subject;
  readonly remedy?: Remedy;
}

/** What planning may look at: it changes nothing. */
export interface PlanContext {
  readonly machine: Machine;
  /** What is at a path: `null` where nothing is, `undefined` where it is no regular file (a link, a folder). */
  readonly file: (path: string) => FileContent | null | undefined;
  /** The path behind all links; undefined where something on the way is missing. */
  readonly realPath: (path: string) => string | undefined;
  /** `GET` of the engine's API; `null` for what is not there. */
  readonly engine: (path: string) => Promise<JsonValue>;
  /** What the kernel says that the cgroup of a process takes now; undefined where it does not say. */
  readonly usage?: (pid: number) => CgroupUsage | undefined;
  /** What dockerd itself has against a daemon.json; undefined where it has nothing, or cannot say. */
  readonly validate?: (text: string) => Promise<string | undefined>;
  /** What may be removed for good. */
  readonly allowRemoval: boolean;
  /** Ids of the containers that this process runs in: to stop one of them would end the fix half way. */
  readonly ownContainers?: ReadonlySet<string>;
  readonly now: Date;
}

export interface Planned {
  readonly actions: readonly Action[];
  readonly refused: readonly Refusal[];
}

/** Turns the failures that are its own into actions. */
export type Planner = (failures: readonly Failure[], context: PlanContext) => Planned | Promise<Planned>;

export function answeredBy(failures: readonly Failure[]): Answered[] {
  return failures.map(({ control, subject }) => ({ control: control.id, subject: subject.id }));
}

export function refusedAll(
  failures: readonly Failure[],
  reason: Text,
  { advice, commands = [] }: { advice?: Text; commands?: readonly string[] } = {},
): Refusal[] {
  return failures.map(({ control, subject }) => ({
    control: control.id,
    subject: subject.id,
    why: 'refused',
    reason,
    ...(advice ? { advice } : {}),
    commands,
  }));
}

/**
 * Plans, and where the engine does not answer (a storage driver that cannot tell, a container that hangs) refuses these
 * failures, so that all others are planned all the same.
 */
export async function refusedOnError(
  failures: readonly Failure[],
  plan: () => Planned | Promise<Planned>,
): Promise<Planned> {
  try {
    return await plan();
  } catch (error) {
    if (!(error instanceof PlimsollError)) throw error;
    const reason = {
      en: `the engine does not answer what has to be known first: ${error.text.en}`,
      zh: `引擎未能提供规划所需的信息：${error.text.zh}`,
    };
    return { actions: [], refused: refusedAll(failures, reason, error.advice ? { advice: error.advice } : {}) };
  }
}

/** Whole sentences one behind the other, each once. */
export function sentences(texts: readonly Text[]): Text {
  const distinct = [...new Map(texts.map((each) => [each.en, each])).values()];
  return { en: distinct.map(({ en }) => en).join(' '), zh: distinct.map(({ zh }) => zh).join('') };
}
