import { isObject, type JsonObject, type KeyPath, listIn, objectIn, valueAt } from '../../../model/json.ts';
import type { PodTemplate } from '../../../model/kubernetes.ts';

/** Where kinds hold their pod. */
const podPaths: Readonly<Record<string, KeyPath>> = {
  Pod: [],
  PodTemplate: ['template'],
  ReplicationController: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** The pod of an object; undefined where it holds none. */
export function podOf(kind: string, value: JsonObject): PodTemplate | undefined {
  // Kinds that others define (a Rollout, a Knative Service) mostly hold it where a Deployment does.
  const path = Object.hasOwn(podPaths, kind) ? podPaths[kind] : ['spec', 'template'];
  const template = path && valueAt(value, path);
  if (!path || !isObject(template)) return undefined;
  const spec = objectIn(template, 'spec');
  const isPod =
    Object.hasOwn(podPaths, kind) || listIn(spec, 'containers').some((each) => isObject(each) && 'image' in each);
  return isPod ? { path, metadata: objectIn(template, 'metadata'), spec } : undefined;
}
