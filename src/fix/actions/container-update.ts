import type { ContainerSpec } from '../../model/container-spec.ts';
import { type JsonObject, type JsonValue, objectIn } from '../../model/json.ts';
import type { Action, LimitsStep } from '../../model/plan.ts';
import { isLiveChange, type SpecChange } from '../../model/spec-change.ts';
import type { Text } from '../../model/text.ts';
import { readableBytes } from '../../model/readable-bytes.ts';
import { answeredBy, type Failure, type PlanContext, type Planned, refusedAll, refusedOnError } from '../planning.ts';
import { tightness, usageOf } from './container-usage.ts';
import { defaultPeriod, unlimitedMemory } from '../steps/limits.ts';

/** Whether a failure is answered by limits that a container takes on while it runs. */
export function isLimitFailure({ subject, remedy }: Failure): boolean {
  return (
    subject.kind === 'container' &&
    subject.value.owner.kind === 'none' &&
    remedy?.kind === 'spec' &&
    isLiveChange(remedy.change)
  );
}

/** Limits and restart policies of containers that nobody else owns, one action a container (`docker update`). */
export async function planContainerUpdates(failures: readonly Failure[], context: PlanContext): Promise<Planned> {
  const byContainer = Map.groupBy(failures, ({ subject }) => subject.id);
  // An engine takes up to a second to count what a container uses, and counts for all at once.
  const planned = await Promise.all(
    [...byContainer.values()].map((group) => refusedOnError(group, () => planOne(group, context))),
  );
  return {
    actions: planned.flatMap(({ actions }) => actions),
    refused: planned.flatMap(({ refused }) => refused),
  };
}

/** The failures of one container. */
async function planOne(failures: readonly Failure[], context: PlanContext): Promise<Planned> {
  const container = failures[0]?.subject.value as ContainerSpec;
  const usage = await usageOf(container, context);
  const possible = failures.filter((failure) => tightness(failure, usage) === undefined);
  return {
    actions: possible.length > 0 ? [await updateOf(container, possible, context)] : [],
    refused: failures.flatMap((failure) => {
      const tight = tightness(failure, usage);
      return tight ? refusedAll([failure], tight.reason, tight) : [];
    }),
  };
}

async function updateOf(
  container: ContainerSpec,
  failures: readonly Failure[],
  { engine, machine }: PlanContext,
): Promise<Action> {
  const id = container.id ?? container.name;
  const now = objectIn(await engine(`/containers/${encodeURIComponent(id)}/json`), 'HostConfig');
  const changes = failures.flatMap(({ remedy }) => (remedy?.kind === 'spec' ? [remedy.change] : []));
  const after = Object.assign({}, ...changes.map((change) => wanted(change, now))) as JsonObject;
  const { info } = machine.engine;
  const before = restoring(after, now, info.known && info.value.cgroupVersion === '2');
  const step: LimitsStep = { kind: 'limits', container: id, before, after };
  return {
    id: `container-update/${container.name}`,
    kind: 'container-update',
    answers: answeredBy(failures),
    summary: summaryOf(container.name, after),
    diff: limitsDiff(step, now),
    disruption: 'none',
    affects: [],
    steps: [step],
  };
}

function summaryOf(name: string, after: JsonObject): Text {
  const {
    Memory: memory,
    CpuQuota: quota,
    CpuPeriod: period,
    NanoCpus: nano,
    PidsLimit: pids,
    RestartPolicy: policy,
  } = after;
  const count = typeof nano === 'number' ? nano / 1e9 : Number(quota) / Number(period);
  const parts: Text[] = [
    ...(typeof memory === 'number'
      ? [{ en: `memory ${readableBytes(memory)}`, zh: `内存 ${readableBytes(memory)}` }]
      : []),
    ...(Number.isFinite(count) ? [{ en: `processors ${count}`, zh: `处理器 ${count}` }] : []),
    ...(typeof pids === 'number' ? [{ en: `processes ${pids}`, zh: `进程数 ${pids}` }] : []),
    ...(policy === undefined ? [] : [{ en: 'restart policy', zh: '重启策略' }]),
  ];
  const rest = parts.length === 0 ? [{ en: 'see below', zh: '见下文' }] : parts;
  return {
    en: `Limit ${name} while it runs: ${rest.map(({ en }) => en).join(', ')}. See that it never needs more.`,
    zh: `在 ${name} 运行中为其设限：${rest.map(({ zh }) => zh).join('，')}。请确认其所需从不超过这些值。`,
  };
}

/** The change in the words of `POST /containers/{id}/update`. */
function wanted({ resources, restart }: SpecChange, now: JsonObject): JsonObject {
  const { memory, memorySwap, memoryReservation, cpus, cpuShares, cpuset, memoryNodes, pids, blockIoWeight } =
    resources ?? {};
  // An engine refuses memory above what memory and swap together may take.
  const swap = memorySwap ?? (typeof memory === 'number' ? 2 * memory : undefined);
  return {
    ...given('Memory', memory),
    ...given('MemorySwap', swap),
    ...given('MemoryReservation', memoryReservation),
    ...(typeof cpus === 'number' ? processors(cpus, now) : {}),
    ...given('CpuShares', cpuShares),
    ...given('CpusetCpus', cpuset),
    ...given('CpusetMems', memoryNodes),
    ...given('PidsLimit', pids),
    ...given('BlkioWeight', blockIoWeight),
    ...(restart
      ? { RestartPolicy: { Name: restart.name ?? 'no', MaximumRetryCount: restart.maximumRetries ?? 0 } }
      : {}),
  };
}

/** In the words that the container was made with: the engine takes no others later. Quotas can be taken back, `NanoCpus` cannot. */
function processors(cpus: number, now: JsonObject): JsonObject {
  if (typeof now['NanoCpus'] === 'number' && now['NanoCpus'] !== 0) return { NanoCpus: Math.round(cpus * 1e9) };
  const period = typeof now['CpuPeriod'] === 'number' && now['CpuPeriod'] > 0 ? now['CpuPeriod'] : defaultPeriod;
  return { CpuPeriod: period, CpuQuota: Math.round(cpus * period) };
}

function given(key: string, value: string | number | null | undefined): JsonObject {
  return value === undefined || value === null ? {} : { [key]: value };
}

/**
 * What has to be sent to have it as it is now. The engine takes 0 for "leave it", so that no limit has to be said in
 * numbers: for memory the kernel's own largest, where the kernel shows it as such. With control groups of version 2 memory
 * and swap are told apart by their difference, so that both must not be the same.
 */
function restoring(after: JsonObject, now: JsonObject, cgroup2: boolean): JsonObject {
  const entries = Object.keys(after).map((key) => {
    const value = now[key] ?? null;
    if (key === 'RestartPolicy') return [key, { ...objectIn(now, key) }];
    if (typeof value === 'string') return [key, value];
    const amount = typeof value === 'number' && value > 0 ? value : 0;
    return [key, amount > 0 ? amount : unlimited(key, cgroup2)];
  });
  return Object.fromEntries(entries) as JsonObject;
}

function unlimited(key: string, cgroup2: boolean): number {
  switch (key) {
    case 'Memory':
    case 'MemoryReservation':
      return cgroup2 ? unlimitedMemory / 2 : unlimitedMemory;
    case 'MemorySwap':
      return unlimitedMemory;
    case 'CpuShares':
      return 1024;
    case 'CpuPeriod':
      return defaultPeriod;
    case 'BlkioWeight':
      return 500;
    default:
      return -1;
  }
}

function limitsDiff({ after }: LimitsStep, now: JsonObject): string {
  return Object.entries(after)
    .flatMap(([key, value]) => [`- ${key}: ${limitText(key, now[key])}`, `+ ${key}: ${limitText(key, value)}`])
    .join('\n');
}

/** The engine's word for a limit's value, and beside a number of bytes what it comes to. */
function limitText(key: string, value: JsonValue | undefined): string {
  if (key === 'RestartPolicy') return JSON.stringify(value ?? null);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value !== 'number' || value <= 0) return 'not set';
  return key.startsWith('Memory') ? `${value} (${readableBytes(value)})` : String(value);
}
