import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { type Evidence, evidenceOf } from '../../model/fact.ts';

export interface ResourceLimit {
  /** Bytes of memory, processors, or a number of processes; `undefined` is no limit. */
  readonly value: number | undefined;
  readonly evidence: Evidence;
}

/** The limit in force: what the cgroup says of a running container, otherwise what is configured. */
export function resourceLimit(container: ContainerSpec, resource: 'memory' | 'cpus' | 'pids'): ResourceLimit {
  const limits = container.effective?.limits;
  if (limits?.known) {
    const value = limits.value[resource];
    return { value, evidence: evidenceOf(limits, value ?? null, `${limits.path} ${resource}`) };
  }
  const written = container.resources[resource];
  const value = written !== undefined && written > 0 ? written : undefined;
  return { value, evidence: configured(container, `resources.${resource}`, written ?? null) };
}

/**
 * Memory and swap together, bytes; -1 is unlimited swap. `undefined` where neither the cgroup nor the configuration
 * says anything: the engine then allows as much swap again as memory.
 */
export function swapLimit(container: ContainerSpec): ResourceLimit {
  const limits = container.effective?.limits;
  if (limits?.known && limits.value.memorySwap !== undefined) {
    const value = limits.value.memorySwap;
    return { value, evidence: evidenceOf(limits, value, `${limits.path} memorySwap`) };
  }
  const written = container.resources.memorySwap;
  return {
    value: written === 0 ? undefined : written,
    evidence: configured(container, 'resources.memorySwap', written ?? null),
  };
}
