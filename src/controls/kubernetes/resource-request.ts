import { isObject, type JsonValue, listIn, objectIn } from '../../model/json.ts';
import type { KubernetesObject, PodContainerEntry } from '../../model/kubernetes.ts';
import type { FieldChange } from '../../model/remedy.ts';
import type { Breach } from './pod-security-breach.ts';
import { containerWords } from './security-context.ts';
import { mayShareNamespace, objectsOfKind } from './set-index.ts';
import { lastingContainers } from './workload-pod.ts';

type Amount = 'requests' | 'limits';

/** The containers that ask for nothing of a resource: nor does their limit, their pod or their namespace for them. */
export function withoutRequest(object: KubernetesObject, resource: 'cpu' | 'memory'): PodContainerEntry[] {
  const { pod } = object;
  if (!pod || isGiven(pod.spec, 'requests', resource) || isGiven(pod.spec, 'limits', resource)) return [];
  const without = lastingContainers(pod).filter(
    ({ value }) => !isGiven(value, 'requests', resource) && !isGiven(value, 'limits', resource),
  );
  return without.length > 0 && hasDefault(object, resource) ? [] : without;
}

/** Whether a container or a pod sets an amount; nothing at all is none. */
export function isGiven(holder: JsonValue, kind: Amount, resource: string): boolean {
  return isAmount(objectIn(objectIn(holder, 'resources'), kind)[resource]);
}

function isAmount(value: JsonValue | undefined): boolean {
  return typeof value === 'number' ? value > 0 : typeof value === 'string' && !/^0*(?:\.0*)?[A-Za-z]{0,2}$/.test(value);
}

/** A LimitRange gives every container of its namespace a request, if only that of its smallest or largest amount. */
function hasDefault(object: KubernetesObject, resource: string): boolean {
  return objectsOfKind(object.set, 'LimitRange')
    .filter((range) => mayShareNamespace(range, object))
    .flatMap(({ value }) => listIn(objectIn(value, 'spec'), 'limits'))
    .some(
      (limit) =>
        isObject(limit) &&
        limit.type === 'Container' &&
        ['defaultRequest', 'default', 'min', 'max'].some((key) => isAmount(objectIn(limit, key)[resource])),
    );
}

/** One breach for each of these containers. */
export function missingRequests(object: KubernetesObject, resource: 'cpu' | 'memory'): Breach[] {
  const name = { cpu: { en: 'processor time', zh: ' CPU' }, memory: { en: 'memory', zh: '内存' } }[resource];
  return withoutRequest(object, resource).map((entry) => {
    const words = containerWords(entry);
    return {
      path: [...entry.path, 'resources', 'requests', resource],
      value: undefined,
      message: { en: `${words.en} asks for no ${name.en}.`, zh: `${words.zh} 未申请${name.zh}。` },
    };
  });
}

/** Gives each of these containers a request. */
export function requestFields(object: KubernetesObject, resource: 'cpu' | 'memory', amount: string): FieldChange[] {
  return withoutRequest(object, resource).map(({ path }) => ({
    path: [...path, 'resources', 'requests', resource],
    value: amount,
  }));
}
