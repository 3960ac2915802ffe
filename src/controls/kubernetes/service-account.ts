import { isObject, type JsonObject, type KeyPath, listIn, textIn } from '../../model/json.ts';
import type { KubernetesObject, ObjectSet, PodTemplate } from '../../model/kubernetes.ts';
import { mayShareNamespace, objectsOfKind } from './set-index.ts';
import { remembered } from '../../model/remembered.ts';

/** The account that a pod runs under. The older of the two fields only counts where the newer one says nothing. */
export function accountNameOf({ spec }: PodTemplate): string {
  return namedIn(spec, 'serviceAccountName') ?? namedIn(spec, 'serviceAccount') ?? 'default';
}

function namedIn(spec: JsonObject, field: string): string | undefined {
  const name = textIn(spec, field);
  return name === '' ? undefined : name;
}

/** The accounts that were read together with an object and may stand in its namespace. */
export function accountsBeside(object: KubernetesObject): readonly KubernetesObject[] {
  return objectsOfKind(object.set, 'ServiceAccount').filter(
    (account) => account.group === '' && mayShareNamespace(account, object),
  );
}

/** An account to which a binding gives rights. */
export interface BoundAccount {
  readonly binding: KubernetesObject;
  readonly name: string;
  /** Absent where the binding leaves it to its own namespace, and that to whoever applies it. */
  readonly namespace?: string;
  /** Where the subject stands in the binding. */
  readonly path: KeyPath;
}

export function isRoleBinding({ group, kind }: KubernetesObject): boolean {
  return group === 'rbac.authorization.k8s.io' && (kind === 'RoleBinding' || kind === 'ClusterRoleBinding');
}

/** The accounts that a binding names, those that are in it through a group left out. */
export function accountsBoundBy(binding: KubernetesObject): BoundAccount[] {
  return listIn(binding.value, 'subjects').flatMap((subject, index): BoundAccount[] => {
    if (!isObject(subject) || subject.kind !== 'ServiceAccount') return [];
    const namespace = textIn(subject, 'namespace') ?? binding.namespace;
    const name = textIn(subject, 'name') ?? '';
    return [{ binding, name, path: ['subjects', index], ...(namespace === undefined ? {} : { namespace }) }];
  });
}

/** The bindings read together with an object that give rights to an account of its namespace. */
export function bindingsOf(object: KubernetesObject, account: string): BoundAccount[] {
  return (boundAccountsIn(object.set).get(account) ?? []).filter((bound) => mayShareNamespace(bound, object));
}

/** By the name of the account; every pod asks for its own. */
const boundAccountsIn = remembered((set: ObjectSet): ReadonlyMap<string, readonly BoundAccount[]> => {
  const all = ['RoleBinding', 'ClusterRoleBinding']
    .flatMap((kind) => objectsOfKind(set, kind))
    .filter(isRoleBinding)
    .flatMap(accountsBoundBy);
  return Map.groupBy(all, ({ name }) => name);
});
