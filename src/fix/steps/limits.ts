import { type JsonObject, type JsonValue, isObject, objectIn } from '../../model/json.ts';
import type { LimitsStep } from '../../model/plan.ts';
import { ActionError } from '../action-error.ts';
import type { EngineControl } from '../engine-control.ts';
import type { StepKind } from '../step-kind.ts';

/** Limits of a container, in force and on record, which `POST /containers/{id}/update` changes together. */
export function limitSteps(engine: EngineControl): StepKind<LimitsStep> {
  return {
    async side({ container, before, after }) {
      const answer = await engine.get(`/containers/${encodeURIComponent(container)}/json`);
      if (answer === null) return 'gone';
      const now = objectIn(answer, 'HostConfig');
      if (holds(now, after)) return 'after';
      return holds(now, before) ? 'before' : 'other';
    },
    async bring(step, side) {
      const answer = await engine.post(`/containers/${encodeURIComponent(step.container)}/update`, step[side]);
      if (answer === null) throw new ActionError(gone(step.container));
    },
  };
}

function gone(container: string) {
  return { en: `there is no container ${container}`, zh: `容器 ${container} 不存在` };
}

function holds(now: JsonObject, wanted: JsonObject): boolean {
  return Object.entries(wanted).every(([key, value]) => meaningOf(key, now[key]) === meaningOf(key, value));
}

/** How the engine writes that there is no limit differs from how it is told so. */
function meaningOf(key: string, value: JsonValue | undefined): string {
  if (key === 'RestartPolicy' && isObject(value))
    return `${policyName(value['Name'])}:${number(value['MaximumRetryCount'])}`;
  if (typeof value === 'string') return value;
  const amount = number(value);
  if (key === 'CpuShares') return String(amount === 0 ? defaultShares : amount);
  if (key === 'CpuPeriod') return String(amount === 0 ? defaultPeriod : amount);
  return amount <= 0 || amount >= unlimitedMemory ? 'unlimited' : String(amount);
}

function policyName(name: JsonValue | undefined): string {
  return typeof name === 'string' && name !== '' ? name : 'no';
}

function number(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

const defaultShares = 1024;
/** Microseconds. */
export const defaultPeriod = 100_000;

/**
 * What the kernel takes for no limit of memory: the largest number of whole pages (PAGE_COUNTER_MAX). The engine's own
 * word for it, 0, means "as it is" in an update.
 */
export const unlimitedMemory = 9_223_372_036_854_771_712;
