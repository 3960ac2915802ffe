import type { KubernetesObject, ObjectSet } from '../../model/kubernetes.ts';
import { remembered } from '../../model/remembered.ts';

const byKind = remembered(({ objects }: ObjectSet) => Map.groupBy(objects, ({ kind }) => kind));
const byName = remembered(({ objects }: ObjectSet) => Map.groupBy(objects, ({ kind, name }) => `${kind}/${name}`));

/** The objects of a kind that were read together with others. */
export function objectsOfKind(set: ObjectSet, kind: string): readonly KubernetesObject[] {
  return byKind(set).get(kind) ?? [];
}

/** Those of them that have a name, in every namespace. */
export function objectsNamed(set: ObjectSet, kind: string, name: string): readonly KubernetesObject[] {
  return byName(set).get(`${kind}/${name}`) ?? [];
}

/** Whether two objects may be in one namespace: where one leaves it open, whoever applies it decides. */
export function mayShareNamespace(
  left: Pick<KubernetesObject, 'namespace'>,
  right: Pick<KubernetesObject, 'namespace'>,
): boolean {
  return left.namespace === undefined || right.namespace === undefined || left.namespace === right.namespace;
}
