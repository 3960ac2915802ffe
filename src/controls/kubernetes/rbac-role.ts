import { isObject, type JsonObject, type JsonValue, type KeyPath, listIn, objectIn } from '../../model/json.ts';
import type { KubernetesObject, ObjectSet } from '../../model/kubernetes.ts';
import { selectorFits } from './label-selector.ts';
import { objectsOfKind } from './set-index.ts';

const groups: ReadonlySet<string> = new Set(['rbac.authorization.k8s.io', 'authorization.openshift.io']);

/** Whether it is an object of role-based access control. */
export function isOfRbac({ group }: KubernetesObject): boolean {
  return groups.has(group);
}

/** Whether it is a Role or a ClusterRole, and not one that comes with the cluster. */
export function isOwnRole(object: KubernetesObject): boolean {
  return isRole(object) && !isBuiltIn(object) && !isBuiltInRoleName(object.name);
}

export function isRole(object: KubernetesObject): boolean {
  return (object.kind === 'Role' || object.kind === 'ClusterRole') && isOfRbac(object);
}

/** Whether an object comes with the cluster: its name or its label says so. */
export function isBuiltIn({ name, value }: KubernetesObject): boolean {
  return name.startsWith('system:') || 'kubernetes.io/bootstrapping' in labelsOf(value);
}

function isBuiltInRoleName(name: string): boolean {
  return name === 'cluster-admin';
}

/** A rule of a role. What is no text in its lists grants nothing and is left out. */
export interface RoleRule {
  /** From the object's root. */
  readonly path: KeyPath;
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Empty: the rule is not narrowed to single objects. */
  readonly resourceNames: readonly string[];
  readonly nonResourceUrls: readonly string[];
}

/** The rules that are written in a role. An aggregated one has none: the cluster overwrites what is written there. */
export function rulesOf(role: KubernetesObject): RoleRule[] {
  if (isAggregated(role)) return [];
  return listIn(role.value, 'rules').flatMap((rule, index): RoleRule[] =>
    isObject(rule)
      ? [
          {
            path: ['rules', index],
            verbs: textsIn(rule, 'verbs'),
            apiGroups: textsIn(rule, 'apiGroups'),
            resources: textsIn(rule, 'resources'),
            resourceNames: textsIn(rule, 'resourceNames'),
            nonResourceUrls: textsIn(rule, 'nonResourceURLs'),
          },
        ]
      : [],
  );
}

/** The rules that a role has in force as far as the set tells: an aggregated one has those of the roles it collects. */
export function effectiveRulesOf(role: KubernetesObject): RoleRule[] {
  if (!isAggregated(role)) return rulesOf(role);
  return collectedBy(role, role.set).flatMap((each) => rulesOf(each));
}

/** Whether an aggregated ClusterRole of the set, or one that comes with the cluster, takes over the rules of this one. */
export function isCollected(role: KubernetesObject): boolean {
  if (role.kind !== 'ClusterRole') return false;
  const labels = labelsOf(role.value);
  return (
    Object.keys(labels).some((label) => label.startsWith('rbac.authorization.k8s.io/aggregate-to-')) ||
    objectsOfKind(role.set, 'ClusterRole').some((each) => each !== role && collects(each, labels))
  );
}

function collectedBy(role: KubernetesObject, set: ObjectSet): KubernetesObject[] {
  return objectsOfKind(set, 'ClusterRole').filter((each) => each !== role && collects(role, labelsOf(each.value)));
}

function collects(role: KubernetesObject, labels: JsonObject): boolean {
  return listIn(objectIn(role.value, 'aggregationRule'), 'clusterRoleSelectors').some((each) =>
    selectorFits(each, labels),
  );
}

export function isAggregated({ value }: KubernetesObject): boolean {
  return isObject(value.aggregationRule);
}

function labelsOf(value: JsonObject): JsonObject {
  return objectIn(objectIn(value, 'metadata'), 'labels');
}

/** The texts of a list; an entry of another type stays as an empty one, so that places keep their numbers. */
function textsIn(value: JsonValue, key: string): string[] {
  return listIn(value, key).map((each) => (typeof each === 'string' ? each : ''));
}
