import { dashed } from '../../controls/daemon/setting-change.ts';
import type { DaemonProcess } from '../../model/engine.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import type { FileStep, Refusal } from '../../model/plan.ts';
import { concealText } from '../../remedy/redaction.ts';
import { type FlagChange, flagChange, isOf, type PlacedFlag, placedFlags } from '../daemon-flags.ts';
import { type Failure, type PlanContext, refusedAll } from '../planning.ts';
import { rewriteCommand } from './rewrite-command.ts';
import { type ServiceStart, serviceStart, type UnchangeableStart } from './service-start.ts';
import * as obstacles from './unit-drop-in-obstacles.ts';
import type { Obstacle } from './unit-drop-in-obstacles.ts';

/** The settings to reach, by their keys in daemon.json (`null` removes one), and the failures that want them. */
export interface WantedSettings {
  readonly keys: JsonObject;
  readonly failures: readonly Failure[];
}

export interface DropInContext extends PlanContext {
  /** What is in a file, links followed; `undefined` where it cannot be read. */
  text(path: string): string | undefined;
}

export interface DropInPlan {
  /** The drop-in, and environment files that lose options. They need `{ kind: 'restart-daemon', reloadUnits: true }`. */
  readonly steps: readonly FileStep[];
  /** Options that are on the command line no more, without secrets. */
  readonly takenOut: readonly string[];
  /** What daemon.json must say, once the steps are done. */
  readonly settings: JsonObject;
  readonly refused: readonly Refusal[];
}

/**
 * Takes options that are wanted otherwise out of the command line of dockerd, so that daemon.json can set them: the
 * steps and the settings belong together, as dockerd does not start with an option that is in both. Settings that are
 * not on the command line go through as they are; failures whose settings cannot be freed are refused.
 */
export function planUnitDropIn(wanted: WantedSettings, context: DropInContext): DropInPlan {
  const { process } = context.machine.engine;
  if (!process.known) {
    const unseen = obstacles.unseenProcess(process.reason, process.need);
    return { ...nothing, refused: refusedFor(wanted.failures, unseen) };
  }
  const start = serviceStart(context.machine, process.value, (path) => context.text(path));
  const freed = new Map<string, FlagChange>();
  const blocked = new Map<string, Obstacle>();
  for (const [key, value] of Object.entries(wanted.keys)) {
    const answer = freeKey(key, value, process.value, start, context);
    if ('reason' in answer) blocked.set(key, answer);
    else freed.set(key, answer);
  }
  if (blocked.size > 0) return planWithout(blocked, wanted, context);
  const leaving = [...freed.values()].flatMap(({ takenOut }) => takenOut);
  const settings = Object.fromEntries(
    [...freed].flatMap(([key, { setting }]) => (setting ? [[key, setting.value] as const] : [])),
  );
  if (leaving.length === 0 || start.kind !== 'service') return { ...nothing, settings };
  const steps = rewriteCommand(start, positionsOf(leaving), namesOf(leaving), context);
  if ('reason' in steps) {
    const flagged = [...freed].filter(([, { takenOut }]) => takenOut.length > 0).map(([key]) => [key, steps] as const);
    return planWithout(new Map(flagged), wanted, context);
  }
  return { steps, takenOut: leaving.map((flag) => shown(flag, process.value)), settings, refused: [] };
}

const nothing: DropInPlan = { steps: [], takenOut: [], settings: {}, refused: [] };

/** What must happen to the flags of one key, or why that cannot be. */
function freeKey(
  key: string,
  value: JsonValue | undefined,
  process: DaemonProcess,
  start: ServiceStart | UnchangeableStart,
  { machine }: DropInContext,
): FlagChange | Obstacle {
  const flags = placedFlags(process.arguments);
  const own = flags.filter((flag) => isOf(flag, key));
  if (start.kind === 'unchangeable') {
    const later = placedFlags(start.next ?? []).filter((flag) => isOf(flag, key));
    if (own.length + later.length === 0) return { takenOut: [], setting: { value } };
    return start.obstacle(namesOf([...own, ...later]), own[0]);
  }
  const change = flagChange(key, value, flags);
  if (!change) return obstacles.hostsInTwoPlaces(start.name, start.systemctl);
  const { configuration } = machine.engine;
  const isWritten = configuration.known && Object.hasOwn(configuration.value?.values ?? {}, key);
  // The file has been changed since the start: flags that stay would meet it there.
  if (!change.setting && isWritten) return obstacles.hostsInTwoPlaces(start.name, start.systemctl);
  const shared = change.takenOut.find((flag) => flag.shared);
  return shared ? obstacles.sharedArgument(process.arguments[shared.from] ?? '', start.name, start.systemctl) : change;
}

/** Refuses the failures that want one of these keys, and plans for the others: none is half answered. */
function planWithout(
  blocked: ReadonlyMap<string, Obstacle>,
  { keys, failures }: WantedSettings,
  context: DropInContext,
): DropInPlan {
  const refused: Refusal[] = [];
  const others: Failure[] = [];
  for (const failure of failures) {
    const obstacle = keysOf(failure, keys).flatMap((key) => blocked.get(key) ?? [])[0];
    if (obstacle) refused.push(...refusedFor([failure], obstacle));
    else others.push(failure);
  }
  const still = new Set(others.flatMap((failure) => keysOf(failure, keys)));
  const left = Object.fromEntries(Object.entries(keys).filter(([key]) => still.has(key)));
  const plan = others.length > 0 ? planUnitDropIn({ keys: left, failures: others }, context) : nothing;
  return { ...plan, refused: [...refused, ...plan.refused] };
}

/** Keys that a failure wants to be set; all of them where it does not say. */
function keysOf({ remedy }: Failure, keys: JsonObject): string[] {
  const own = remedy?.kind === 'daemon' ? remedy.set : remedy?.kind === 'manual' ? remedy.settings : undefined;
  return Object.keys(own ?? keys);
}

function refusedFor(failures: readonly Failure[], { reason, advice, commands = [] }: Obstacle): Refusal[] {
  return refusedAll(failures, reason, { ...(advice ? { advice } : {}), commands });
}

function positionsOf(flags: readonly PlacedFlag[]): Set<number> {
  return new Set(flags.flatMap(({ from, length }) => Array.from({ length }, (_, index) => from + index)));
}

function namesOf(flags: readonly PlacedFlag[]): string {
  return [...new Set(flags.map(({ name }) => dashed(name)))].join(', ');
}

function shown({ from, length }: PlacedFlag, process: DaemonProcess): string {
  return concealText(process.arguments.slice(from, from + length).join(' '));
}
