import type { KubernetesObject } from '../../model/kubernetes.ts';
import { wholeContainers } from './workload-pod.ts';

/** Whether the pod of an object is written out. Of one that is laid over another manifest nothing is missing. */
export function holdsWholePod({ pod }: KubernetesObject): boolean {
  return wholeContainers(pod).length > 0;
}
