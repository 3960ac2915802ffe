import { readableBytes } from '../../model/readable-bytes.ts';
import type { ContainerSpec } from '../../model/container-spec.ts';
import { type JsonObject, objectIn } from '../../model/json.ts';
import { type Text, verbatim } from '../../model/text.ts';
import type { CgroupUsage } from '../../sources/host/cgroup.ts';
import type { Failure, PlanContext } from '../planning.ts';

/** What a container takes now; nothing where it does not run. The engine takes up to a second to say what the kernel knows. */
export async function usageOf(container: ContainerSpec, { engine, usage }: PlanContext): Promise<CgroupUsage> {
  const { id, name, state, effective } = container;
  if (state !== 'running') return { memory: 0, pids: 0 };
  const known = effective ? usage?.(effective.pid) : undefined;
  if (known) return known;
  const stats = await engine(`/containers/${encodeURIComponent(id ?? name)}/stats?stream=false&one-shot=true`);
  const memory = objectIn(stats, 'memory_stats');
  // Pages of files that can be dropped at once count as used.
  const details = objectIn(memory, 'stats');
  const files = numberIn(details, 'total_inactive_file') || numberIn(details, 'inactive_file');
  return { memory: numberIn(memory, 'usage') - files, pids: numberIn(objectIn(stats, 'pids_stats'), 'current') };
}

/** How much of what it takes more than three quarters of its new limit: the kernel would kill, or refuse, soon. */
function excessOf({ remedy }: Failure, { memory, pids }: CgroupUsage): Text | undefined {
  const limits = remedy?.kind === 'spec' ? (remedy.change.resources ?? {}) : {};
  if (isTight(memory, limits.memory)) return verbatim(readableBytes(memory));
  return isTight(pids, limits.pids) ? { en: `${pids} processes`, zh: `${pids} 个进程` } : undefined;
}

function isTight(used: number, limit: number | null | undefined): boolean {
  return (limit ?? 0) > 0 && used > (limit ?? 0) * 0.75;
}

/** Why a limit of the change must not hold, where it would soon be reached; undefined where there is room. */
export function tightness(failure: Failure, usage: CgroupUsage): { reason: Text; advice: Text } | undefined {
  const used = excessOf(failure, usage);
  return used && { reason: tooTight(used), ...raise };
}

function tooTight(used: Text): Text {
  return {
    en: `it uses ${used.en} now, more than three quarters of the limit`,
    zh: `当前已使用 ${used.zh}，超过该上限的四分之三`,
  };
}

const raise = {
  advice: {
    en: "Give it more room: set the control's parameter in plimsoll.yaml, or a limit of its own with docker update.",
    zh: '请提高上限：在 plimsoll.yaml 中设置该检查项的参数，或用 docker update 单独设置。',
  },
};

function numberIn(object: JsonObject, key: string): number {
  const value = object[key];
  return typeof value === 'number' ? value : 0;
}
