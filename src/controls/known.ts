import type { Control } from '../model/control.ts';

/** What controls are asked of. Each group is loaded when it is needed: an audit need not know the rules of Dockerfiles. */
export const controlGroups = ['host', 'daemon', 'image', 'container', 'dockerfile', 'compose', 'kubernetes'] as const;
export type ControlGroup = (typeof controlGroups)[number];

const loaders: Readonly<Record<ControlGroup, () => Promise<readonly Control[]>>> = {
  host: async () => (await import('./groups/host.ts')).hostControls,
  daemon: async () => (await import('./groups/daemon.ts')).daemonControls,
  image: async () => (await import('./groups/image.ts')).imageControls,
  container: async () => (await import('./groups/container.ts')).containerControls,
  dockerfile: async () => (await import('./groups/dockerfile.ts')).dockerfileControls,
  compose: async () => (await import('./groups/compose.ts')).composeControls,
  kubernetes: async () => (await import('./groups/kubernetes.ts')).kubernetesControls,
};

const loaded = new Map<ControlGroup, readonly Control[]>();
let known: readonly Control[] = [];

/** Loads groups of controls. Selectors, policies and `plimsoll.yaml` then know their ids and aliases. */
export async function loadControls(groups: readonly ControlGroup[] = controlGroups): Promise<void> {
  for (const group of groups) if (!loaded.has(group)) loaded.set(group, await loaders[group]());
  known = [...loaded.values()].flat().toSorted((left, right) => (left.id < right.id ? -1 : 1));
}

/** Every control that has been loaded. */
export function knownControls(): readonly Control[] {
  return known;
}
