import { defineControl } from '../../model/control.ts';
import { valueAt } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { changeObject } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { holdsWholePod } from './whole-pod.ts';

const lasting: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'ReplicationController',
]);
const ending: ReadonlySet<string> = new Set(['Job', 'CronJob']);
const groups: ReadonlySet<string> = new Set(['', 'apps', 'batch', 'extensions']);

export const kubernetesRestartPolicy = defineControl({
  id: 'kubernetes-restart-policy',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'The restart policy fits the kind of workload', zh: '重启策略与工作负载类型相符' },
  why: {
    en: 'The API refuses a Deployment whose pods are not always restarted, and a Job whose pods are: the file cannot be applied.',
    zh: 'Deployment 的 Pod 若不是始终重启，或 Job 的 Pod 始终重启，API 都会拒绝：该文件无法应用。',
  },
  how: {
    en: 'restartPolicy is absent or Always for a Deployment, ReplicaSet, StatefulSet, DaemonSet or ReplicationController, and OnFailure or Never for a Job or CronJob, where it must be said; with a podFailurePolicy only Never.',
    zh: 'Deployment、ReplicaSet、StatefulSet、DaemonSet、ReplicationController 的 restartPolicy 应未设置或为 Always；Job、CronJob 必须设为 OnFailure 或 Never，使用 podFailurePolicy 时只能为 Never。',
  },
  references: {
    aliases: ['k8s-restart-policy', 'kube-linter:restart-policy'],
    links: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/'],
  },
  counterexample: {
    bad: `apiVersion: batch/v1
kind: Job
metadata:
  name: import
spec:
  template:
    spec:
      containers:
        - name: import
          image: registry.example/shop/import:1.4.2
`,
    good: `apiVersion: batch/v1
kind: Job
metadata:
  name: import
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: import
          image: registry.example/shop/import:1.4.2
`,
  },

  appliesTo(object) {
    return groups.has(object.group) && (lasting.has(object.kind) || ending.has(object.kind)) && holdsWholePod(object);
  },

  judge(object) {
    const value = object.pod?.spec.restartPolicy ?? undefined;
    const accepted = acceptedIn(object);
    const list = accepted.join(' or ');
    const breach = {
      path: pathIn(object),
      value,
      message:
        value === undefined
          ? {
              en: `It does not say restartPolicy, so that it is Always; a ${object.kind} needs ${list}.`,
              zh: `未设置 restartPolicy 即为 Always；${object.kind} 需要 ${accepted.join(' 或 ')}。`,
            }
          : {
              en: `Its restartPolicy is ${JSON.stringify(value)}; a ${object.kind} needs ${list}.`,
              zh: `其 restartPolicy 为 ${JSON.stringify(value)}；${object.kind} 需要 ${accepted.join(' 或 ')}。`,
            },
    };
    return verdictsOn(accepted.some((policy) => policy === (value ?? 'Always')) ? [] : [breach], object, {
      en: `Its restart policy is one of a ${object.kind}.`,
      zh: `其重启策略符合 ${object.kind} 的要求。`,
    });
  },

  remedy(object) {
    const path = pathIn(object);
    if (lasting.has(object.kind)) {
      return changeObject([{ path }], {
        en: 'Take restartPolicy away: these pods are always restarted. What ends by itself is a Job.',
        zh: '去掉 restartPolicy：此类 Pod 总会重启。会自行结束的程序应使用 Job。',
      });
    }
    return changeObject([{ path, value: 'Never' }], {
      en: 'Say Never: the Job starts a new pod after a failure. OnFailure starts the container again in the same pod.',
      zh: '设为 Never：失败后由 Job 启动新的 Pod。OnFailure 则在原 Pod 中重启容器。',
    });
  },
});

function acceptedIn({ kind, value }: KubernetesObject): string[] {
  if (lasting.has(kind)) return ['Always'];
  const job = kind === 'Job' ? value : valueAt(value, ['spec', 'jobTemplate']);
  return valueAt(job, ['spec', 'podFailurePolicy']) ? ['Never'] : ['OnFailure', 'Never'];
}

function pathIn({ pod }: KubernetesObject) {
  return [...(pod?.path ?? []), 'spec', 'restartPolicy'];
}
