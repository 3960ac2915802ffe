import { type JsonObject, valueAt } from '../../model/json.ts';
import type { KubernetesObject, KubernetesVersion, PodTemplate } from '../../model/kubernetes.ts';
import { notApplicable, type Verdict } from '../../model/verdict.ts';
import { since } from './pod-security-version.ts';

/** The kinds in which the admission plugin looks for a pod, by API group. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  '': ['Pod', 'PodTemplate', 'ReplicationController'],
  apps: ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  batch: ['CronJob', 'Job'],
  // Where the kinds of `apps` were until 1.15: old manifests still say so.
  extensions: ['DaemonSet', 'Deployment', 'ReplicaSet'],
};

/** Whether the Pod Security Standards are asked of an object. */
export function holdsStandardPod({ group, kind, pod }: KubernetesObject): boolean {
  return pod !== undefined && Object.hasOwn(kinds, group) && (kinds[group]?.includes(kind) ?? false);
}

/** Whether the pod has a user namespace of its own, which the standards take into account from 1.35 on. */
export function hasUserNamespace(pod: PodTemplate | undefined, version: KubernetesVersion | undefined): boolean {
  return since(version, 35) && valueAt(pod?.spec, ['hostUsers']) === false;
}

/** The verdict on a pod that says it is for Windows, where the field does not exist: from 1.25 on it is let off. */
export function onWindows(pod: PodTemplate | undefined, version: KubernetesVersion | undefined): Verdict | undefined {
  if (!since(version, 25) || valueAt(pod?.spec, ['os', 'name']) !== 'windows') return undefined;
  return notApplicable({
    en: 'The pod runs on Windows, where this field does not exist.',
    zh: 'Pod 运行在 Windows 上，该字段在那里不存在。',
  });
}

/** The annotations of the pod itself, not those of the object that makes it. */
export function annotationsOf(pod: PodTemplate | undefined): JsonObject {
  const annotations = valueAt(pod?.metadata, ['annotations']);
  return typeof annotations === 'object' && annotations !== null && !Array.isArray(annotations)
    ? (annotations as JsonObject)
    : {};
}
