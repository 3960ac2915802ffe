import { isDeepStrictEqual } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { isObject, type JsonObject, type JsonValue, objectIn, textIn, valueAt } from '../../model/json.ts';
import type { ServiceStep } from '../../model/plan.ts';
import { ActionError } from '../action-error.ts';
import type { EngineControl } from '../engine-control.ts';
import type { Side, StepKind } from '../step-kind.ts';

export interface ServicePatience {
  /** Between two looks at how far an update has come, milliseconds. */
  readonly interval: number;
  /** How often to look before an update that has not begun is taken for one that changes no task. */
  readonly beginning: number;
  /** How often to look for each task. */
  readonly task: number;
}

/** A minute for each task: ten seconds to stop, five that swarm watches the new one, and the rest to fetch its image. */
const usual: ServicePatience = { interval: 500, beginning: 20, task: 120 };

/** Tasks of a service that has one on every node, of which the engine does not say how many there are. */
const globalTasks = 20;

/**
 * Services of a swarm by their whole specification. An update to the new side is waited for: one that swarm pauses or rolls
 * back, because a task does not start, is an error.
 */
export function serviceSteps(engine: EngineControl, patience: ServicePatience = usual): StepKind<ServiceStep> {
  return {
    async side(step) {
      const { spec } = await serviceOf(engine, step);
      return sideOf(spec, step);
    },
    async bring(step, side) {
      const isChanged = await update(engine, step, side);
      if (isChanged && side === 'after') await settle(engine, step, patience);
    },
  };
}

interface Service {
  readonly spec: JsonObject;
  /** Grows with every change; an update names the one that it was made from. */
  readonly version: number;
  /** `updating`, `completed`, `paused`, `rollback_completed` …; absent before the first update, and until one begins. */
  readonly state?: string | undefined;
  readonly message?: string | undefined;
}

async function serviceOf(engine: EngineControl, { service }: ServiceStep): Promise<Service> {
  const answer = await engine.get(`/services/${encodeURIComponent(service)}`);
  const version = valueAt(answer, ['Version', 'Index']);
  if (typeof version !== 'number') throw new ActionError(gone(service));
  const status = objectIn(answer, 'UpdateStatus');
  return {
    spec: objectIn(answer, 'Spec'),
    version,
    state: textIn(status, 'State'),
    message: textIn(status, 'Message'),
  };
}

/** Whether anything was to be done. Somebody else's change is not written over. */
async function update(engine: EngineControl, step: ServiceStep, side: Side): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const { spec, version } = await serviceOf(engine, step);
    const now = sideOf(spec, step);
    if (now === side) return false;
    if (now === 'other') throw new ActionError(changed(step.service));
    try {
      await engine.post(`/services/${encodeURIComponent(step.service)}/update?version=${version}`, step[side]);
      return true;
    } catch (error) {
      // The swarm itself changes services too, so that the version may have moved between the two calls.
      if (attempt > 1 || !(error instanceof Error) || !error.message.includes('out of sequence')) throw error;
    }
  }
}

async function settle(engine: EngineControl, step: ServiceStep, patience: ServicePatience): Promise<void> {
  const replicas = valueAt(step.after, ['Mode', 'Replicated', 'Replicas']);
  const tasks = isObject(objectIn(step.after, 'Mode')['Global']) ? globalTasks : Number(replicas ?? 1);
  const longest = patience.beginning + patience.task * Math.max(tasks, 1);
  for (let looks = 1; looks <= longest; looks += 1) {
    const { state, message = '' } = await serviceOf(engine, step);
    if (state === 'completed') return;
    if (state === undefined && looks >= patience.beginning) return;
    if (state !== undefined && state !== 'updating') throw new ActionError(failed(step.service, state, message));
    await pause(patience.interval);
  }
  throw new ActionError(slow(step.service));
}

function sideOf(spec: JsonObject, { before, after }: ServiceStep): Side | 'other' {
  const now = meaningOf(spec);
  if (isDeepStrictEqual(now, meaningOf(after))) return 'after';
  return isDeepStrictEqual(now, meaningOf(before)) ? 'before' : 'other';
}

/** Lists in which the order says nothing. */
const sets = new Set(['CapabilityAdd', 'CapabilityDrop', 'Groups', 'Ulimits', 'Mounts', 'Secrets', 'Configs', 'Ports']);

/** The engine leaves out what is empty, and need not keep the order of what has none. */
function meaningOf(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((each) => meaningOf(each) ?? null);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, each]) => {
    const inner = meaningOf(each);
    if (isEmpty(inner) && !isChoice(key)) return [];
    return [[key, sets.has(key) && Array.isArray(inner) ? sorted(inner as readonly JsonValue[]) : inner] as const];
  });
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Where that it is there says something, empty as it is. */
function isChoice(key: string): boolean {
  return ['Global', 'GlobalJob', 'Init'].includes(key);
}

function sorted(list: readonly JsonValue[]): readonly JsonValue[] {
  return list.toSorted((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}

function gone(service: string) {
  return { en: `the service ${service} is not there any more`, zh: `服务 ${service} 已不存在` };
}

function changed(service: string) {
  return {
    en: `the service ${service} was changed by somebody else meanwhile`,
    zh: `服务 ${service} 在此期间被他人更改`,
  };
}

function failed(service: string, state: string, message: string) {
  return {
    en: `swarm did not finish the update of the service ${service} (${state}): ${message}`,
    zh: `swarm 未能完成服务 ${service} 的更新（${state}）：${message}`,
  };
}

function slow(service: string) {
  return {
    en: `the update of the service ${service} took longer than a minute for each task`,
    zh: `服务 ${service} 的更新超过了每个任务一分钟的时限`,
  };
}
