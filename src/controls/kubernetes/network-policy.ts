import { isObject, type JsonObject, type KeyPath, listIn, objectIn } from '../../model/json.ts';
import type { KubernetesObject, ObjectSet } from '../../model/kubernetes.ts';
import { isEmptySelector, selectorFits } from './label-selector.ts';
import { mayShareNamespace, objectsOfKind } from './set-index.ts';

export const directions = ['Ingress', 'Egress'] as const;
export type Direction = (typeof directions)[number];

export function isNetworkPolicy({ kind, group }: KubernetesObject): boolean {
  return kind === 'NetworkPolicy' && (group === 'networking.k8s.io' || group === 'extensions');
}

/** The policies of Kubernetes itself that were read together. */
export function networkPoliciesIn(set: ObjectSet): readonly KubernetesObject[] {
  return objectsOfKind(set, 'NetworkPolicy').filter(isNetworkPolicy);
}

const otherKinds = [
  'NetworkPolicy',
  'GlobalNetworkPolicy',
  'StagedNetworkPolicy',
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'ClusterNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
];

/** Policies in the words of a network plugin, which select pods by rules of their own. */
export function otherPoliciesIn(set: ObjectSet): readonly KubernetesObject[] {
  return otherKinds.flatMap((kind) => objectsOfKind(set, kind).filter((object) => !isNetworkPolicy(object)));
}

/** Whether a policy governs a direction. Unsaid, it governs ingress, and egress only where it has a rule for it. */
export function governs(policy: KubernetesObject, direction: Direction): boolean {
  const spec = objectIn(policy.value, 'spec');
  const types = listIn(spec, 'policyTypes');
  if (types.length > 0) return types.includes(direction);
  return direction === 'Ingress' || listIn(spec, 'egress').length > 0;
}

/** A rule of a policy, with its peers. */
export interface PolicyRule {
  readonly direction: Direction;
  readonly value: JsonObject;
  /** From the object's root. */
  readonly path: KeyPath;
  /** `from` or `to`. */
  readonly peersKey: 'from' | 'to';
}

/** Every rule that has an effect. An entry that is empty in YAML allows everything, as `{}` does. */
export function policyRulesOf(policy: KubernetesObject): PolicyRule[] {
  const spec = objectIn(policy.value, 'spec');
  return directions
    .filter((direction) => governs(policy, direction))
    .flatMap((direction) => {
      const key = direction === 'Ingress' ? 'ingress' : 'egress';
      return listIn(spec, key).map((rule, index): PolicyRule => ({
        direction,
        value: isObject(rule) ? rule : {},
        path: ['spec', key, index],
        peersKey: direction === 'Ingress' ? 'from' : 'to',
      }));
    });
}

/** Whether a policy of every pod of its namespace allows nothing in a direction. */
export function deniesAll(policy: KubernetesObject, direction: Direction): boolean {
  return (
    governs(policy, direction) &&
    isEmptySelector(objectIn(policy.value, 'spec').podSelector) &&
    policyRulesOf(policy).every((rule) => rule.direction !== direction)
  );
}

/** Whether a policy may select a pod: the namespaces can be one, and the labels fit. */
export function maySelect(policy: KubernetesObject, object: KubernetesObject): boolean {
  return (
    mayShareNamespace(policy, object) &&
    selectorFits(objectIn(policy.value, 'spec').podSelector, objectIn(object.pod?.metadata, 'labels'))
  );
}
