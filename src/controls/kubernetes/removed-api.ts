import type { KubernetesVersion } from '../../model/kubernetes.ts';
import { since } from './pod-security-version.ts';

/** A version of the API in which a kind was served once. */
export interface RemovedApi {
  readonly apiVersion: string;
  /** The minor version of Kubernetes 1 from which on it is no longer served. */
  readonly removedIn: number;
  /** Where the kind is served instead; absent where it is gone. */
  readonly replacement?: string;
  /** The minor version from which on the replacement is served. */
  readonly replacedIn?: number;
}

/**
 * Kinds, the API version, when it went, what took its place, and since when. From the guide to deprecated APIs of the
 * Kubernetes documentation, which lists nothing newer than 1.32; last compared in 2026.
 */
const table: readonly (readonly [string, string, number, string?, number?])[] = [
  ['DaemonSet Deployment ReplicaSet', 'extensions/v1beta1', 16, 'apps/v1', 9],
  ['Deployment StatefulSet ReplicaSet', 'apps/v1beta1', 16, 'apps/v1', 9],
  ['DaemonSet Deployment ReplicaSet StatefulSet', 'apps/v1beta2', 16, 'apps/v1', 9],
  ['NetworkPolicy', 'extensions/v1beta1', 16, 'networking.k8s.io/v1', 8],
  ['PodSecurityPolicy', 'extensions/v1beta1', 16],
  ['PodPreset', 'settings.k8s.io/v1alpha1', 20],
  ['CronJob', 'batch/v2alpha1', 21, 'batch/v1', 21],
  [
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/v1beta1',
    22,
    'admissionregistration.k8s.io/v1',
    16,
  ],
  ['CustomResourceDefinition', 'apiextensions.k8s.io/v1beta1', 22, 'apiextensions.k8s.io/v1', 16],
  ['APIService', 'apiregistration.k8s.io/v1beta1', 22, 'apiregistration.k8s.io/v1', 10],
  ['TokenReview', 'authentication.k8s.io/v1beta1', 22, 'authentication.k8s.io/v1', 6],
  [
    'LocalSubjectAccessReview SelfSubjectAccessReview SubjectAccessReview SelfSubjectRulesReview',
    'authorization.k8s.io/v1beta1',
    22,
    'authorization.k8s.io/v1',
    6,
  ],
  ['CertificateSigningRequest', 'certificates.k8s.io/v1beta1', 22, 'certificates.k8s.io/v1', 19],
  ['Lease', 'coordination.k8s.io/v1beta1', 22, 'coordination.k8s.io/v1', 14],
  ['Ingress', 'extensions/v1beta1', 22, 'networking.k8s.io/v1', 19],
  ['Ingress IngressClass', 'networking.k8s.io/v1beta1', 22, 'networking.k8s.io/v1', 19],
  [
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    'rbac.authorization.k8s.io/v1alpha1',
    22,
    'rbac.authorization.k8s.io/v1',
    8,
  ],
  [
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    'rbac.authorization.k8s.io/v1beta1',
    22,
    'rbac.authorization.k8s.io/v1',
    8,
  ],
  ['PriorityClass', 'scheduling.k8s.io/v1beta1', 22, 'scheduling.k8s.io/v1', 14],
  ['CSIDriver', 'storage.k8s.io/v1beta1', 22, 'storage.k8s.io/v1', 19],
  ['CSINode', 'storage.k8s.io/v1beta1', 22, 'storage.k8s.io/v1', 17],
  ['StorageClass', 'storage.k8s.io/v1beta1', 22, 'storage.k8s.io/v1', 6],
  ['VolumeAttachment', 'storage.k8s.io/v1beta1', 22, 'storage.k8s.io/v1', 13],
  ['CronJob', 'batch/v1beta1', 25, 'batch/v1', 21],
  ['EndpointSlice', 'discovery.k8s.io/v1beta1', 25, 'discovery.k8s.io/v1', 21],
  ['Event', 'events.k8s.io/v1beta1', 25, 'events.k8s.io/v1', 19],
  ['HorizontalPodAutoscaler', 'autoscaling/v2beta1', 25, 'autoscaling/v2', 23],
  ['PodDisruptionBudget', 'policy/v1beta1', 25, 'policy/v1', 21],
  ['PodSecurityPolicy', 'policy/v1beta1', 25],
  ['RuntimeClass', 'node.k8s.io/v1beta1', 25, 'node.k8s.io/v1', 20],
  ['HorizontalPodAutoscaler', 'autoscaling/v2beta2', 26, 'autoscaling/v2', 23],
  [
    'FlowSchema PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io/v1beta1',
    26,
    'flowcontrol.apiserver.k8s.io/v1',
    29,
  ],
  ['CSIStorageCapacity', 'storage.k8s.io/v1beta1', 27, 'storage.k8s.io/v1', 24],
  [
    'FlowSchema PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io/v1beta2',
    29,
    'flowcontrol.apiserver.k8s.io/v1',
    29,
  ],
  [
    'FlowSchema PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io/v1beta3',
    32,
    'flowcontrol.apiserver.k8s.io/v1',
    29,
  ],
];

const byKind: ReadonlyMap<string, RemovedApi> = new Map(
  table.flatMap(([kinds, apiVersion, removedIn, replacement, replacedIn]) =>
    kinds.split(' ').map((kind): [string, RemovedApi] => [
      `${apiVersion} ${kind}`,
      {
        apiVersion,
        removedIn,
        ...(replacement === undefined ? {} : { replacement }),
        ...(replacedIn === undefined ? {} : { replacedIn }),
      },
    ]),
  ),
);

const firstServed: ReadonlyMap<string, number> = new Map(
  table.flatMap(([kinds, , , replacement, replacedIn]) =>
    replacement === undefined || replacedIn === undefined
      ? []
      : kinds.split(' ').map((kind): [string, number] => [`${replacement} ${kind}`, replacedIn]),
  ),
);

/** What is known of an API version of a kind that went away, whether or not it is gone yet. */
export function removedApi(apiVersion: string, kind: string): RemovedApi | undefined {
  return byKind.get(`${apiVersion} ${kind}`);
}

/** The minor version of Kubernetes that a kind needs in this API version, where it is not there yet. */
export function missingUntil(
  apiVersion: string,
  kind: string,
  version: KubernetesVersion | undefined,
): number | undefined {
  const minor = firstServed.get(`${apiVersion} ${kind}`);
  return minor === undefined || since(version, minor) ? undefined : minor;
}
