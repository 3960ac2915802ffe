import { type JsonObject, objectIn } from '../../model/json.ts';
import type { KubernetesObject, ObjectSet } from '../../model/kubernetes.ts';
import { selectorFits } from './label-selector.ts';
import { mayShareNamespace } from './set-index.ts';
import { holdsWholePod } from './whole-pod.ts';
import { remembered } from '../../model/remembered.ts';

/** What makes pods among objects that were read together, sorted once for the many that select them. */
interface PodIndex {
  readonly all: readonly KubernetesObject[];
  /** By every label of the pods, as `name=value`. */
  readonly byLabel: ReadonlyMap<string, readonly KubernetesObject[]>;
  /** Namespaces of those that are written out and have labels; undefined where they leave it open. */
  readonly namespaces: ReadonlySet<string | undefined>;
}

const indexOf = remembered(({ objects }: ObjectSet): PodIndex => {
  const all = objects.filter(({ pod }) => pod !== undefined);
  const byLabel = new Map<string, KubernetesObject[]>();
  for (const object of all) {
    for (const label of Object.entries(podLabels(object)).map(labelKey)) {
      const others = byLabel.get(label);
      if (others) others.push(object);
      else byLabel.set(label, [object]);
    }
  }
  const whole = all.filter((each) => holdsWholePod(each) && Object.keys(podLabels(each)).length > 0);
  return { all, byLabel, namespaces: new Set(whole.map(({ namespace }) => namespace)) };
});

/** What makes pods in the namespace of an object, or may. */
export function podsBeside(object: KubernetesObject): KubernetesObject[] {
  return indexOf(object.set).all.filter((each) => mayShareNamespace(each, object));
}

/** Those of them whose pods fit a selector. */
export function podsFitting(object: KubernetesObject, selector: JsonObject): KubernetesObject[] {
  const { all, byLabel } = indexOf(object.set);
  const [label] = Object.entries(objectIn(selector, 'matchLabels'));
  const candidates = label ? (byLabel.get(labelKey(label)) ?? []) : all;
  return candidates.filter((each) => mayShareNamespace(each, object) && selectorFits(selector, podLabels(each)));
}

/** Whether something was read that makes pods with labels in just the namespace of an object. */
export function hasPodsBeside({ set, namespace }: KubernetesObject): boolean {
  return indexOf(set).namespaces.has(namespace);
}

/** The labels that an object gives to its pods. */
export function podLabels({ pod }: KubernetesObject): JsonObject {
  return objectIn(pod?.metadata, 'labels');
}

function labelKey([name, value]: readonly [string, unknown]): string {
  return `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
}
