import type { JsonValue, KeyPath } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import type { Text } from '../../model/text.ts';
import { failAt, pass, type Verdict } from '../../model/verdict.ts';

/** A place at which a pod breaks a rule. */
export interface Breach {
  /** From the object's root; of a field that is missing, where it belongs. */
  readonly path: KeyPath;
  /** What stands there. */
  readonly value: JsonValue | undefined;
  readonly message: Text;
}

/** One failure for each breach; where there is none, a pass that says `good`. */
export function verdictsOn(
  breaches: readonly Breach[],
  object: KubernetesObject,
  good: Text,
): Verdict | readonly Verdict[] {
  if (breaches.length === 0) return pass(good);
  return breaches.map(({ path, value, message }) => failAt(message, object.locate(path), value ?? null));
}
