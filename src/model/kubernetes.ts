import type { Origin } from './container-spec.ts';
import { isObject, type JsonObject, type KeyPath, listIn, textIn } from './json.ts';
import type { Location } from './location.ts';
import { remembered } from './remembered.ts';

/** A minor version of the Kubernetes API: 1.31 is `{ major: 1, minor: 31 }`. */
export interface KubernetesVersion {
  readonly major: number;
  readonly minor: number;
}

/** One object as it was written, list entries each by themselves. */
export interface KubernetesObject {
  readonly apiVersion: string;
  /** The API group: empty for the core one. */
  readonly group: string;
  readonly kind: string;
  /** Empty where only `generateName` or nothing is given. */
  readonly name: string;
  /** As written; absent where the object leaves it to whoever applies it. */
  readonly namespace?: string;
  readonly value: JsonObject;
  /** The pod that it is or makes; absent for kinds that hold none. */
  readonly pod?: PodTemplate;
  /** Everything that was read together with it, itself included. */
  readonly set: ObjectSet;
  /** The document and the place in it, so that it can be changed there; absent where it comes from a cluster. */
  readonly origin?: Origin;
  /** Where a field was written; of a field that is absent, where the nearest one around it begins. */
  readonly locate: (path: KeyPath) => Location;
}

/** Objects that were read together. */
export interface ObjectSet {
  readonly objects: readonly KubernetesObject[];
  /** It is a whole cluster: what is not in it does not exist. */
  readonly complete: boolean;
}

/** The pod inside of an object. */
export interface PodTemplate {
  /** Where it stands in the object: empty for a Pod, `['spec', 'template']` for a Deployment. */
  readonly path: KeyPath;
  readonly metadata: JsonObject;
  readonly spec: JsonObject;
}

export const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** One container of a pod, as written. */
export interface PodContainerEntry {
  readonly list: (typeof containerLists)[number];
  readonly name: string;
  readonly value: JsonObject;
  /** From the object's root. */
  readonly path: KeyPath;
}

/** Every container of a pod: init, sidecar and ephemeral ones too. */
export const podContainers = remembered(({ path, spec }: PodTemplate): readonly PodContainerEntry[] =>
  containerLists.flatMap((list) =>
    listIn(spec, list).flatMap((value, index): PodContainerEntry[] =>
      isObject(value) ? [{ list, name: textIn(value, 'name') ?? '', value, path: [...path, 'spec', list, index] }] : [],
    ),
  ),
);
