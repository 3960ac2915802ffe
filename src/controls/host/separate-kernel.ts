import type { ContainerSpec } from '../../model/container-spec.ts';
import type { Machine, ParameterDefinition } from '../../model/control.ts';
import { matchesGlob } from '../../model/glob.ts';

/** Runtimes that put a kernel of its own, in a virtual machine or in a process, between a container and the host's. */
export const separatingRuntimes: ParameterDefinition<string[]> = {
  default: ['kata*', 'io.containerd.kata*', 'runsc*', 'io.containerd.runsc*', 'gvisor*'],
  description: {
    en: 'Names of runtimes that give a container a kernel of its own; * stands for anything.',
    zh: '为容器提供独立内核的运行时名称；* 代表任意字符。',
  },
};

/** The runtime that a container gets: its own, else the default of the engine. Absent where nothing says so. */
export function runtimeOf({ runtime = '' }: ContainerSpec, machine: Machine | undefined): string | undefined {
  if (runtime !== '') return runtime;
  const { info } = machine?.engine ?? {};
  return info?.known ? info.value.defaultRuntime : undefined;
}

export function isSeparating(runtime: string | undefined, patterns: readonly string[]): boolean {
  return runtime !== undefined && patterns.some((pattern) => matchesGlob(pattern, runtime));
}

/** The value of a label, whatever its prefix: `tenant` is also `shop.example/tenant` and `example.shop.tenant`. Empty is absent. */
export function labelOf({ labels }: Pick<ContainerSpec, 'labels'>, name: string): string | undefined {
  const key = Object.keys(labels).find(
    (each) => each === name || each.endsWith(`/${name}`) || each.endsWith(`.${name}`),
  );
  return (key === undefined ? undefined : labels[key]) || undefined;
}
