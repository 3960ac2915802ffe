import { defineControl } from '../../model/control.ts';
import { type JsonValue, objectIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { isEmptySelector } from './label-selector.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { podsSelectedBy } from './selected-pods.ts';
import { objectsOfKind } from './set-index.ts';
import { holdsWholePod } from './whole-pod.ts';
import { fewestPods } from './workload-replicas.ts';

const counted: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']);

export const kubernetesPdb = defineControl({
  id: 'kubernetes-pdb',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'A disruption budget lets nodes be drained', zh: '中断预算允许排空节点' },
  why: {
    en: 'A budget that never lets a pod go stops every drain of its node. Nodes are then not updated, or are taken down by force.',
    zh: '从不放行任何 Pod 的预算会使其节点永远无法排空。节点要么得不到更新，要么只能强制下线。',
  },
  how: {
    en: 'maxUnavailable is more than 0 and minAvailable less than 100%. minAvailable is also less than the number of pods that it selects, where their workloads were read together with it: their replicas, or the minReplicas of their autoscaler. Where a Kustomization was read too, replicas may change, and are not counted.',
    zh: 'maxUnavailable 大于 0，minAvailable 小于 100%。若一并读取了所选的工作负载，minAvailable 还须小于其 Pod 数量：即其副本数，或自动扩缩器的 minReplicas。若一并读取了 Kustomization，副本数可能被改写，不作计算。',
  },
  references: {
    aliases: [
      'k8s-pdb',
      'kube-linter:pdb-max-unavailable',
      'kube-linter:pdb-min-available',
      'kube-linter:pdb-unhealthy-pod-eviction-policy',
    ],
    links: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
  },
  parameters: {
    unhealthyEviction: {
      default: false,
      description: {
        en: 'Whether unhealthyPodEvictionPolicy must be AlwaysAllow, so that pods that never became ready do not stop a drain.',
        zh: '是否要求 unhealthyPodEvictionPolicy 为 AlwaysAllow，使从未就绪的 Pod 不妨碍排空。',
      },
    },
  },
  counterexample: {
    bad: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 0
  selector:
    matchLabels:
      app: web
`,
    good: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: web
`,
  },
  appliesTo: ({ group, kind }) => group === 'policy' && kind === 'PodDisruptionBudget',

  judge(object, { parameters: { unhealthyEviction } }) {
    const breaches = [
      ...breachesOfMaximum(object),
      ...breachesOfMinimum(object),
      ...(unhealthyEviction ? breachesOfPolicy(object) : []),
    ];
    return verdictsOn(breaches, object, { en: 'It lets pods go.', zh: '它允许驱逐 Pod。' });
  },

  remedy() {
    return byHand({
      en: 'Say maxUnavailable: 1, and run at least two pods. What cannot run twice needs no budget: a drain then is a short outage.',
      zh: '设置 maxUnavailable: 1，并至少运行两个 Pod。不能多副本运行的程序无需预算：排空时会有短暂中断。',
    });
  },
});

function breachesOfMaximum({ value }: KubernetesObject): Breach[] {
  const { maxUnavailable } = objectIn(value, 'spec');
  const amount = amountOf(maxUnavailable);
  if (!amount || amount.number > 0) return [];
  const message = { en: 'It lets no pod go at any time.', zh: '它任何时候都不放行 Pod。' };
  return [{ path: ['spec', 'maxUnavailable'], value: maxUnavailable, message }];
}

function breachesOfMinimum(object: KubernetesObject): Breach[] {
  const { minAvailable } = objectIn(object.value, 'spec');
  const path = ['spec', 'minAvailable'];
  const amount = amountOf(minAvailable);
  if (!amount) return [];
  if (amount.isPercentage && amount.number >= 100) {
    const message = { en: 'It keeps every pod at any time.', zh: '它任何时候都要求保留全部 Pod。' };
    return [{ path, value: minAvailable, message }];
  }
  const count = selectedPods(object);
  if (count === undefined || count === 0) return [];
  // The API rounds percentages up.
  const needed = amount.isPercentage ? Math.ceil((amount.number * count) / 100) : amount.number;
  if (needed < count) return [];
  const message = {
    en: `It keeps ${needed} ${needed === 1 ? 'pod' : 'pods'}, and what it selects may run no more than ${count}.`,
    zh: `它要求保留 ${needed} 个 Pod，而所选工作负载最少时只有 ${count} 个。`,
  };
  return [{ path, value: minAvailable, message }];
}

function breachesOfPolicy({ value }: KubernetesObject): Breach[] {
  const { unhealthyPodEvictionPolicy: policy } = objectIn(value, 'spec');
  if (policy === 'AlwaysAllow') return [];
  const message = {
    en: 'Pods that are not ready can stop a drain.',
    zh: '未就绪的 Pod 可能妨碍排空。',
  };
  return [{ path: ['spec', 'unhealthyPodEvictionPolicy'], value: policy, message }];
}

interface Amount {
  readonly number: number;
  readonly isPercentage: boolean;
}

function amountOf(value: JsonValue | undefined): Amount | undefined {
  if (typeof value === 'number') return { number: value, isPercentage: false };
  const digits = typeof value === 'string' ? /^(\d{1,9})%$/.exec(value)?.[1] : undefined;
  return digits === undefined ? undefined : { number: Number(digits), isPercentage: true };
}

/** How many pods a budget selects at their quietest; undefined where that is not known. */
function selectedPods(budget: KubernetesObject): number | undefined {
  const selector = objectIn(budget.value.spec, 'selector');
  if (isEmptySelector(selector) || objectsOfKind(budget.set, 'Kustomization').length > 0) return undefined;
  const counts = podsSelectedBy(budget, selector)
    .filter(holdsWholePod)
    .map((each) => (counted.has(each.kind) ? fewestPods(each) : undefined));
  if (counts.length === 0 || counts.includes(undefined)) return undefined;
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
