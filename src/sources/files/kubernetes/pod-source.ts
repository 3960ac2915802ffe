import { isObject, type JsonObject, type JsonValue, type KeyPath, valueAt } from '../../../model/json.ts';
import type { KubernetesObject, PodContainerEntry, PodTemplate } from '../../../model/kubernetes.ts';

/** A container as written, and all that is around it. Paths are from the object's root. */
export interface PodSource {
  readonly object: KubernetesObject;
  readonly pod: PodTemplate;
  readonly entry: PodContainerEntry;
}

/** What stands at a path; a field that is null is not set. */
export function valueOn({ object }: PodSource, path: KeyPath): JsonValue | undefined {
  return valueAt(object.value, path) ?? undefined;
}

/** A field of an object where there is one; a field that is null is not set. */
function fieldOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? undefined) : undefined;
}

/** A field of the container. */
export function ownPath({ entry }: PodSource, ...keys: KeyPath): KeyPath {
  return [...entry.path, ...keys];
}

/** A field of the pod's `spec`. */
export function podPath({ pod }: PodSource, ...keys: KeyPath): KeyPath {
  return [...pod.path, 'spec', ...keys];
}

/** A setting that only a container has. */
export function ownSetting(source: PodSource, name: string): JsonValue | undefined {
  return fieldOf(source.entry.value.securityContext, name);
}

/** A setting that the pod itself has. */
export function podSetting({ pod }: PodSource, name: string): JsonValue | undefined {
  return fieldOf(pod.spec.securityContext, name);
}

/**
 * Where a setting stands that the pod gives to those of its containers that do not have their own: all of it comes
 * from one place, never a part from each. Where nobody sets it, the container's own place.
 */
export function sharedSettingPath(source: PodSource, name: string): KeyPath {
  const isShared = ownSetting(source, name) === undefined && podSetting(source, name) !== undefined;
  return isShared ? podPath(source, 'securityContext', name) : ownPath(source, 'securityContext', name);
}

/** The setting in force, the container's or the pod's. */
export function sharedSetting(source: PodSource, name: string): JsonValue | undefined {
  return ownSetting(source, name) ?? podSetting(source, name);
}

/** The objects of a list, each with its place in it. What is no object is left out. */
export function entriesOf(
  list: JsonValue | undefined,
): readonly { readonly value: JsonObject; readonly index: number }[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly JsonValue[]).flatMap((value, index) => (isObject(value) ? [{ value, index }] : []));
}

/** The texts of a list; what is no text is left out. */
export function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter((each) => typeof each === 'string') : [];
}
