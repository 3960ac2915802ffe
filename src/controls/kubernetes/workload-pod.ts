import { objectIn, textIn } from '../../model/json.ts';
import {
  type KubernetesObject,
  type PodContainerEntry,
  podContainers,
  type PodTemplate,
} from '../../model/kubernetes.ts';

export function holdsPod({ pod }: KubernetesObject): boolean {
  return pod !== undefined;
}

/** Most fields of a `securityContext` mean nothing on Windows. */
export function holdsLinuxPod({ pod }: KubernetesObject): boolean {
  return pod !== undefined && !isForWindows(pod);
}

function isForWindows({ spec }: PodTemplate): boolean {
  const named = textIn(objectIn(spec, 'os'), 'name');
  if (named !== undefined) return named === 'windows';
  const selected = objectIn(spec, 'nodeSelector');
  return ['kubernetes.io/os', 'beta.kubernetes.io/os'].some((label) => textIn(selected, label) === 'windows');
}

/**
 * The containers that are written out. The API demands an image of each: what has none is laid over another manifest,
 * where the fields that seem to be missing may stand.
 */
export function wholeContainers(pod: PodTemplate | undefined): PodContainerEntry[] {
  return pod ? podContainers(pod).filter(({ value }) => Object.hasOwn(value, 'image')) : [];
}

/** Those that keep running and take up the node: neither init containers, sidecars aside, nor ephemeral ones. */
export function lastingContainers(pod: PodTemplate | undefined): PodContainerEntry[] {
  return wholeContainers(pod).filter((entry) => entry.list === 'containers' || isSidecar(entry));
}

function isSidecar({ list, value }: PodContainerEntry): boolean {
  return list === 'initContainers' && textIn(value, 'restartPolicy') === 'Always';
}
