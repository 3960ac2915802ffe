import { isObject, type JsonObject, listIn, textIn } from '../../model/json.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import type { KeyPath } from '../../model/json.ts';

/** One volume of a pod. */
export interface PodVolume {
  readonly name: string;
  readonly value: JsonObject;
  /** What it says it is: `configMap`, `hostPath`. None: the API makes it an `emptyDir`. */
  readonly sources: readonly string[];
  /** From the object's root. */
  readonly path: KeyPath;
}

export function volumesIn(pod: PodTemplate | undefined): PodVolume[] {
  if (!pod) return [];
  return listIn(pod.spec, 'volumes').flatMap((value, index): PodVolume[] => {
    if (!isObject(value)) return [];
    const sources = Object.keys(value).filter((key) => key !== 'name' && (value[key] ?? null) !== null);
    return [{ name: textIn(value, 'name') ?? '', value, sources, path: [...pod.path, 'spec', 'volumes', index] }];
  });
}
