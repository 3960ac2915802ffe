import { isObject, type JsonObject, type JsonValue, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject, PodContainerEntry } from '../../model/kubernetes.ts';
import { wholeContainers } from './workload-pod.ts';

/** Kinds whose pods are to run until somebody stops them. */
const lasting = new Set([
  'DaemonSet',
  'Deployment',
  'DeploymentConfig',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'Rollout',
  'StatefulSet',
]);

/** Whether its containers are there to serve: a pod that ends by itself is a job, whatever made it. */
export function servesOn({ kind, pod }: KubernetesObject): boolean {
  return pod !== undefined && lasting.has(kind) && (textIn(pod.spec, 'restartPolicy') ?? 'Always') === 'Always';
}

/** The containers that a kubelet should ask how they are: the pod's own, neither helpers nor ephemeral ones. */
export function probedContainers({ pod }: KubernetesObject): PodContainerEntry[] {
  return wholeContainers(pod).filter(({ list }) => list === 'containers');
}

const handlers = ['exec', 'grpc', 'httpGet', 'tcpSocket'] as const;

/** A probe that asks something; one without a question is none. */
export function probeOf(
  { value }: PodContainerEntry,
  name: 'livenessProbe' | 'readinessProbe',
): JsonObject | undefined {
  const probe = value[name];
  return isObject(probe) && handlers.some((handler) => isObject(probe[handler])) ? probe : undefined;
}

/** What a probe asks: the same text for the same question, however much of it is left to defaults. */
export function questionOf(probe: JsonObject): string {
  const { exec, grpc, httpGet, tcpSocket } = probe;
  if (isObject(exec)) return JSON.stringify(['exec', exec.command ?? []]);
  if (isObject(grpc)) return JSON.stringify(['grpc', grpc.port ?? 0, grpc.service ?? '']);
  if (isObject(tcpSocket)) return JSON.stringify(['tcp', tcpSocket.port ?? 0, tcpSocket.host ?? '']);
  const { host = '', path = '/', port = 0, scheme = 'HTTP', httpHeaders = [] } = objectIn({ httpGet }, 'httpGet');
  return JSON.stringify(['http', scheme, host, port, path, httpHeaders]);
}

/** Seconds of wrong answers after which a probe has its effect. */
export function patienceOf(probe: JsonObject): number {
  return numberOr(probe.periodSeconds, 10) * numberOr(probe.failureThreshold, 3);
}

function numberOr(value: JsonValue | undefined, otherwise: number): number {
  return typeof value === 'number' && value > 0 ? value : otherwise;
}
