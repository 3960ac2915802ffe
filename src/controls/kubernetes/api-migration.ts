import { isObject, type JsonObject, type JsonValue, type KeyPath, listIn, objectIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import type { FieldChange } from '../../model/remedy.ts';
import { isEmptySelector } from './label-selector.ts';

const workloads: ReadonlySet<string> = new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']);
/** Kinds whose fields mean the same in the old version and in the new one. */
const unchanged: ReadonlySet<string> = new Set([
  'APIService',
  'ClusterRole',
  'ClusterRoleBinding',
  'CronJob',
  'CSIDriver',
  'CSINode',
  'CSIStorageCapacity',
  'FlowSchema',
  'IngressClass',
  'Lease',
  'NetworkPolicy',
  'PriorityClass',
  'Role',
  'RoleBinding',
  'RuntimeClass',
  'StorageClass',
  'VolumeAttachment',
]);

/** The changes that take an object to a newer API version; undefined where a person has to look. */
export function migrationOf(object: KubernetesObject, replacement: string): FieldChange[] | undefined {
  const version: FieldChange = { path: ['apiVersion'], value: replacement };
  const others = otherChanges(object);
  return others && [version, ...others];
}

function otherChanges(object: KubernetesObject): FieldChange[] | undefined {
  const { kind, apiVersion } = object;
  const spec = objectIn(object.value, 'spec');
  if (unchanged.has(kind)) return [];
  if (workloads.has(kind)) return changesOfWorkload(object, spec);
  if (kind === 'Ingress') return changesOfIngress(spec);
  // An empty selector selected nothing in the old version, and selects everything in the new one.
  if (kind === 'PodDisruptionBudget') return spec.selector && isEmptySelector(spec.selector) ? undefined : [];
  if (kind === 'HorizontalPodAutoscaler' && apiVersion === 'autoscaling/v2beta2') return [];
  return undefined;
}

/** In `apps/v1` a selector must be there, and two fields are gone. */
function changesOfWorkload({ pod }: KubernetesObject, spec: JsonObject): FieldChange[] | undefined {
  const gone = ['rollbackTo', 'templateGeneration']
    .filter((name) => spec[name] !== undefined)
    .map((name): FieldChange => ({ path: ['spec', name] }));
  if (!isEmptySelector(spec.selector)) return gone;
  const labels = objectIn(pod?.metadata, 'labels');
  if (Object.keys(labels).length === 0) return undefined;
  return [{ path: ['spec', 'selector', 'matchLabels'], value: labels }, ...gone];
}

/** Backends are written in other words, and each path says how it is compared. */
function changesOfIngress(spec: JsonObject): FieldChange[] | undefined {
  const changes: (FieldChange | undefined)[] = [];
  if (spec.backend !== undefined) {
    changes.push({ path: ['spec', 'backend'] }, backendChange(spec.backend, ['spec', 'defaultBackend']));
  }
  for (const [ruleIndex, rule] of listIn(spec, 'rules').entries()) {
    for (const [index, entry] of listIn(objectIn(rule, 'http'), 'paths').entries()) {
      const path = ['spec', 'rules', ruleIndex, 'http', 'paths', index];
      if (!isObject(entry)) return undefined;
      if (entry.pathType === undefined) changes.push({ path: [...path, 'pathType'], value: 'ImplementationSpecific' });
      changes.push(backendChange(entry.backend, [...path, 'backend']));
    }
  }
  const known = changes.filter((change) => change !== undefined);
  return known.length === changes.length ? known : undefined;
}

function backendChange(backend: JsonValue | undefined, path: KeyPath): FieldChange | undefined {
  if (!isObject(backend)) return undefined;
  const { serviceName, servicePort } = backend;
  if (typeof serviceName !== 'string') return backend.resource === undefined ? undefined : { path, value: backend };
  const number = typeof servicePort === 'string' && /^\d{1,5}$/.test(servicePort) ? Number(servicePort) : servicePort;
  if (typeof number !== 'number' && typeof number !== 'string') return undefined;
  const port = typeof number === 'number' ? { number } : { name: number };
  return { path, value: { service: { name: serviceName, port } } };
}
