import type { ContainerSpec } from '../../model/container-spec.ts';
import { containerLists } from '../../model/kubernetes.ts';

/** Which list of its pod a container on paper stands in, and where in it; undefined for any other container. */
function placeOf({ dialect, origin }: ContainerSpec): { readonly list: string; readonly index: number } | undefined {
  if (dialect !== 'pod') return undefined;
  const [list, index] = origin?.path?.slice(-2) ?? [];
  const isKnown = typeof index === 'number' && containerLists.some((each) => each === list);
  return isKnown ? { list: String(list), index } : undefined;
}

/** An ephemeral container is put into a pod that runs: the API takes no resources, ports or probes for it. */
export function isEphemeral(container: ContainerSpec): boolean {
  return placeOf(container)?.list === 'ephemeralContainers';
}

/** What a whole pod has is said once, of its first container. True of what is no part of a pod on paper. */
export function speaksForPod(container: ContainerSpec): boolean {
  const place = placeOf(container);
  return place === undefined || (place.list === 'containers' && place.index === 0);
}
