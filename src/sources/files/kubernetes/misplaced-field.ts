import { distance } from 'fastest-levenshtein';
import type { Text } from '../../../model/text.ts';
import { fieldsOf } from './fields.ts';

/** The field of a type that a word was most likely meant to be; `sure` where hardly anything else can be meant. */
export function nearestField(
  word: string,
  type: string,
): { readonly name: string; readonly sure: boolean } | undefined {
  const wanted = word.toLowerCase();
  const [best] = [...(fieldsOf(type)?.keys() ?? [])]
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .toSorted((left, right) => left.edits - right.edits);
  if (!best || best.edits > Math.min(3, Math.max(1, Math.floor(word.length / 3)))) return undefined;
  return { name: best.name, sure: best.edits <= 1 };
}

/** Places of a pod that fields are often put beside of. */
const homes: readonly (readonly [type: string, place: Text])[] = [
  ['SecurityContext', { en: 'securityContext of a container', zh: '容器的 securityContext 中' }],
  ['PodSecurityContext', { en: 'securityContext of the pod', zh: 'pod 的 securityContext 中' }],
  ['Container', { en: 'the container', zh: '容器中' }],
  ['PodSpec', { en: 'spec of the pod', zh: 'pod 的 spec 中' }],
  ['Capabilities', { en: 'securityContext.capabilities of a container', zh: '容器的 securityContext.capabilities 中' }],
  ['ResourceRequirements', { en: 'resources of the container', zh: '容器的 resources 中' }],
  ['DeploymentSpec', { en: 'spec of the workload', zh: '工作负载的 spec 中' }],
  ['StatefulSetSpec', { en: 'spec of the workload', zh: '工作负载的 spec 中' }],
  ['JobSpec', { en: 'spec of the job', zh: 'Job 的 spec 中' }],
];

/** In and around these a field of another place is a mistake of the place. */
const podTypes = new Set([
  'Capabilities',
  'Container',
  'DaemonSetSpec',
  'DeploymentSpec',
  'EphemeralContainer',
  'JobSpec',
  'Pod',
  'PodSecurityContext',
  'PodSpec',
  'PodTemplateSpec',
  'ReplicaSetSpec',
  'ResourceRequirements',
  'SecurityContext',
  'StatefulSetSpec',
]);

/** Where a field belongs that its author put into this type. */
export function homeOf(word: string, type: string): Text | undefined {
  if (!podTypes.has(type)) return undefined;
  const order = type === 'PodSpec' ? [...homes.filter(([name]) => name === 'PodSecurityContext'), ...homes] : homes;
  return order.find(([name]) => name !== type && fieldsOf(name)?.has(word))?.[1];
}
