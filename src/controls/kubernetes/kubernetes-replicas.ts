import { defineControl } from '../../model/control.ts';
import type { JsonValue, KeyPath } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, notApplicable, pass } from '../../model/verdict.ts';
import { holdsWholePod } from './whole-pod.ts';
import { autoscalerOf, hasReplicas } from './workload-replicas.ts';

export const kubernetesReplicas = defineControl({
  id: 'kubernetes-replicas',
  subject: 'kubernetes-object',
  severity: 'info',
  title: { en: 'Services run in more than one pod', zh: '服务运行在多个 Pod 中' },
  why: {
    en: 'With a single pod every drained node and every update is an outage, so that updates are put off.',
    zh: '只有一个 Pod 时，每次排空节点和更新都意味着中断，更新因此一拖再拖。',
  },
  how: {
    en: 'spec.replicas of a Deployment or StatefulSet reaches the minimum; absent it is 1, and 0 is switched off. Where a HorizontalPodAutoscaler was read together with it, that is judged instead, by minReplicas.',
    zh: 'Deployment 或 StatefulSet 的 spec.replicas 须达到下限；未设置时为 1，0 表示停用。若一并读取了相应的 HorizontalPodAutoscaler，则改为依据其 minReplicas 判断。',
  },
  references: {
    aliases: ['k8s-replicas', 'kube-linter:minimum-three-replicas', 'kube-linter:hpa-minimum-three-replicas'],
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/'],
  },
  parameters: {
    minimum: {
      default: 2,
      description: { en: 'How many pods a service needs at least.', zh: '服务至少需要的 Pod 数量。' },
    },
  },
  counterexample: {
    bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  minReplicas: 1
  maxReplicas: 5
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
`,
    good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  minReplicas: 2
  maxReplicas: 5
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
`,
  },
  appliesTo: (object) => isAutoscaler(object) || (hasReplicas(object) && holdsWholePod(object)),

  judge(object, { parameters: { minimum } }) {
    if (!isAutoscaler(object) && autoscalerOf(object)) {
      return notApplicable({ en: 'An autoscaler sets the number of its pods.', zh: '其 Pod 数量由自动扩缩器设置。' });
    }
    const { path, value } = settingIn(object);
    const count = value ?? 1;
    if (typeof count !== 'number' || count === 0 || count >= minimum) {
      return pass({ en: 'The number of its pods suffices.', zh: '其 Pod 数量足够。' });
    }
    const message = {
      en: `It runs in ${count === 1 ? 'one pod' : `${count} pods`}, and needs ${minimum}.`,
      zh: `它运行在 ${count} 个 Pod 中，需要 ${minimum} 个。`,
    };
    return [failAt(message, object.locate(path), value ?? null)];
  },

  remedy(object, { parameters: { minimum } }) {
    const { path } = settingIn(object);
    return byHand({
      en: `Set ${path.join('.')} to ${minimum}, once the program can run more than once at a time.`,
      zh: `在程序支持多副本运行之后，将 ${path.join('.')} 设为 ${minimum}。`,
    });
  },
});

function isAutoscaler({ group, kind }: KubernetesObject): boolean {
  return group === 'autoscaling' && kind === 'HorizontalPodAutoscaler';
}

function settingIn(object: KubernetesObject): { path: KeyPath; value: JsonValue | undefined } {
  const field = isAutoscaler(object) ? 'minReplicas' : 'replicas';
  const spec = object.value.spec as Readonly<Record<string, JsonValue>> | null | undefined;
  return { path: ['spec', field], value: spec?.[field] ?? undefined };
}
