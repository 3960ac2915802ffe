import type { KubernetesObject, ObjectSet } from '../../model/kubernetes.ts';

const indexes = new WeakMap<ObjectSet, ReadonlyMap<string, readonly KubernetesObject[]>>();

/** The objects of a kind that were read together with others. The set is sorted once. */
export function objectsOfKind(set: ObjectSet, kind: string): readonly KubernetesObject[] {
  const index = indexes.get(set) ?? Map.groupBy(set.objects, (object) => object.kind);
  indexes.set(set, index);
  return index.get(kind) ?? [];
}

const named = new WeakMap<ObjectSet, ReadonlyMap<string, readonly KubernetesObject[]>>();

/** Those of them that have a name, in every namespace. */
export function objectsNamed(set: ObjectSet, kind: string, name: string): readonly KubernetesObject[] {
  const index = named.get(set) ?? Map.groupBy(set.objects, (object) => `${object.kind}/${object.name}`);
  named.set(set, index);
  return index.get(`${kind}/${name}`) ?? [];
}

/** Whether two objects may be in one namespace: where one leaves it open, whoever applies it decides. */
export function mayShareNamespace(
  left: Pick<KubernetesObject, 'namespace'>,
  right: Pick<KubernetesObject, 'namespace'>,
): boolean {
  return left.namespace === undefined || right.namespace === undefined || left.namespace === right.namespace;
}
