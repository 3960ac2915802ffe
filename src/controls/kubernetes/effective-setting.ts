import { type JsonValue, type KeyPath, objectIn, pathText } from '../../model/json.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import type { Text } from '../../model/text.ts';
import { containerWords } from './security-context.ts';
import { wholeContainers } from './workload-pod.ts';

/** A field of a `securityContext` as it is in force for a container. */
export interface EffectiveSetting {
  /** Absent: neither the container nor its pod sets it. */
  readonly value: JsonValue | undefined;
  /** Where it stands, or where the container's own would. */
  readonly path: KeyPath;
  /** Who sets it, or should, as a sentence begins. */
  readonly words: Text;
}

/** What is in force for every container: its own setting, else that of the pod. What the pod gives to several is listed once. */
export function effectiveSettings(pod: PodTemplate | undefined, name: 'runAsUser' | 'runAsGroup'): EffectiveSetting[] {
  if (!pod) return [];
  const shared = objectIn(pod.spec, 'securityContext')[name] ?? undefined;
  const ofPod: EffectiveSetting = {
    value: shared,
    path: [...pod.path, 'spec', 'securityContext', name],
    words: { en: 'The pod', zh: 'Pod' },
  };
  const all = wholeContainers(pod).map((entry): EffectiveSetting => {
    const own = objectIn(entry.value, 'securityContext')[name] ?? undefined;
    if (own === undefined && shared !== undefined) return ofPod;
    return { value: own, path: [...entry.path, 'securityContext', name], words: containerWords(entry) };
  });
  return [...new Map(all.map((setting) => [pathText(setting.path), setting])).values()];
}
