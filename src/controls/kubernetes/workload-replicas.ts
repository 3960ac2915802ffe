import { objectIn, textIn, valueAt } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { mayShareNamespace, objectsOfKind } from './set-index.ts';

/** The autoscaler that was read together with a workload and sets the number of its pods. */
export function autoscalerOf(workload: KubernetesObject): KubernetesObject | undefined {
  return objectsOfKind(workload.set, 'HorizontalPodAutoscaler').find((autoscaler) => {
    const target = objectIn(autoscaler.value.spec, 'scaleTargetRef');
    return (
      target.kind === workload.kind &&
      textIn(target, 'name') === workload.name &&
      mayShareNamespace(autoscaler, workload)
    );
  });
}

/** How many pods a workload has at its quietest; undefined where it is not a number, or nobody says one. */
export function fewestPods(workload: KubernetesObject): number | undefined {
  if (workload.kind === 'Pod') return 1;
  const autoscaler = autoscalerOf(workload);
  const value = autoscaler
    ? (valueAt(autoscaler.value, ['spec', 'minReplicas']) ?? 1)
    : (valueAt(workload.value, ['spec', 'replicas']) ?? 1);
  return typeof value === 'number' ? value : undefined;
}

/** Kinds of Kubernetes itself that keep a number of equal pods running. */
export function hasReplicas({ group, kind }: KubernetesObject): boolean {
  return group === 'apps' && (kind === 'Deployment' || kind === 'StatefulSet');
}
