import { isObject, type JsonObject, type KeyPath, listIn, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject, ObjectSet } from '../../model/kubernetes.ts';
import { isBuiltIn, isOfRbac } from './rbac-role.ts';
import { mayShareNamespace, objectsOfKind } from './set-index.ts';

function isBinding(object: KubernetesObject): boolean {
  return (object.kind === 'RoleBinding' || object.kind === 'ClusterRoleBinding') && isOfRbac(object);
}

/** Whether it is a binding, and not one that comes with the cluster. */
export function isOwnBinding(object: KubernetesObject): boolean {
  return isBinding(object) && !isBuiltIn(object);
}

/** Every binding that was read together. */
export function bindingsIn(set: ObjectSet): KubernetesObject[] {
  return [...objectsOfKind(set, 'RoleBinding'), ...objectsOfKind(set, 'ClusterRoleBinding')].filter(isBinding);
}

/** Who is given a role. */
export interface BoundSubject {
  readonly kind: string;
  readonly name: string;
  /** Only of a ServiceAccount; undefined where it is left to whoever applies the binding. */
  readonly namespace: string | undefined;
  /** From the object's root. */
  readonly path: KeyPath;
}

/** The subjects of a binding. A ServiceAccount without a namespace is of that of the binding. */
export function subjectsOf(binding: KubernetesObject): BoundSubject[] {
  return listIn(binding.value, 'subjects').flatMap((subject, index): BoundSubject[] => {
    if (!isObject(subject)) return [];
    const kind = textIn(subject, 'kind') ?? '';
    return [
      {
        kind,
        name: textIn(subject, 'name') ?? '',
        namespace: namespaceIn(subject, kind, binding),
        path: ['subjects', index],
      },
    ];
  });
}

function namespaceIn(subject: JsonObject, kind: string, binding: KubernetesObject): string | undefined {
  if (kind !== 'ServiceAccount') return undefined;
  const own = textIn(subject, 'namespace');
  return own === undefined || own === '' ? binding.namespace : own;
}

/** A subject as people write it: `ServiceAccount shop/web`, `Group system:masters`. */
export function subjectText({ kind, name, namespace }: BoundSubject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The role that a binding gives. */
interface RoleReference {
  readonly kind: string;
  readonly name: string;
}

export function roleOf({ value }: KubernetesObject): RoleReference {
  const reference = objectIn(value, 'roleRef');
  return { kind: textIn(reference, 'kind') ?? '', name: textIn(reference, 'name') ?? '' };
}

/** Whether a binding gives this very role. */
export function gives(binding: KubernetesObject, role: KubernetesObject): boolean {
  const { kind, name } = roleOf(binding);
  return kind === role.kind && name === role.name && (kind === 'ClusterRole' || mayShareNamespace(binding, role));
}

/** The role of a binding, where it was read together with it. */
export function roleIn(binding: KubernetesObject): KubernetesObject | undefined {
  return objectsOfKind(binding.set, roleOf(binding).kind).find((role) => isOfRbac(role) && gives(binding, role));
}

/** How far a role reaches. A ClusterRole that the set only gives within namespaces reaches as far as a Role. */
export function reachOf(role: KubernetesObject): 'cluster' | 'namespace' {
  if (role.kind !== 'ClusterRole') return 'namespace';
  const bindings = bindingsIn(role.set).filter((binding) => gives(binding, role));
  return bindings.length > 0 && bindings.every(({ kind }) => kind === 'RoleBinding') ? 'namespace' : 'cluster';
}
