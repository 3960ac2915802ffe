import { defineControl } from '../../model/control.ts';
import { isObject, type JsonObject, type JsonValue, listIn, objectIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { isEmptySelector, selectorFits } from './label-selector.ts';
import { holdsWholePod } from './whole-pod.ts';
import { fewestPods, hasReplicas } from './workload-replicas.ts';

export const kubernetesAntiAffinity = defineControl({
  id: 'kubernetes-anti-affinity',
  subject: 'kubernetes-object',
  severity: 'info',
  title: { en: 'Pods of one service are spread over nodes', zh: '同一服务的 Pod 分散在不同节点上' },
  why: {
    en: 'Replicas on one node go down together with it. The scheduler spreads them a little by itself, but nothing holds it to that.',
    zh: '位于同一节点的副本会随该节点一起失效。调度器默认会略作分散，但并无约束。',
  },
  how: {
    en: 'A Deployment or StatefulSet of more than one pod has an entry of topologySpreadConstraints, or a term of podAntiAffinity, whose labelSelector fits its own pods. The topology key is not judged. An autoscaler that was read too says how many pods there are at least.',
    zh: '多于一个 Pod 的 Deployment 或 StatefulSet，应有一条 topologySpreadConstraints 或 podAntiAffinity 条目，其 labelSelector 能选中自身的 Pod。不判断拓扑键。若一并读取了自动扩缩器，则以其最小副本数为准。',
  },
  references: {
    aliases: ['k8s-anti-affinity', 'kube-linter:no-anti-affinity'],
    links: ['https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/'],
  },
  counterexample: {
    bad: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
`,
    good: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app: web
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: (object) => hasReplicas(object) && holdsWholePod(object),

  judge(object) {
    const { path = [], spec = {}, metadata = {} } = object.pod ?? {};
    if ((fewestPods(object) ?? 1) <= 1) return pass({ en: 'It has one pod at most.', zh: '它至多有一个 Pod。' });
    const labels = objectIn(metadata, 'labels');
    if (selectorsIn(spec).some((selector) => !isEmptySelector(selector) && selectorFits(selector, labels))) {
      return pass({ en: 'Its pods are spread.', zh: '其 Pod 会被分散放置。' });
    }
    const message = { en: 'Nothing keeps its pods apart.', zh: '没有任何设置使其 Pod 分散放置。' };
    return [failAt(message, object.locate([...path, 'spec']), null)];
  },

  remedy(object) {
    const labels = ownLabels(object);
    if (!object.pod || Object.keys(labels).length === 0) {
      return byHand({
        en: 'Give the pods labels of their own, and spread them by topologySpreadConstraints.',
        zh: '为 Pod 设置专属标签，并用 topologySpreadConstraints 使其分散。',
      });
    }
    const list = [...object.pod.path, 'spec', 'topologySpreadConstraints'];
    const constraint = {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: labels },
    };
    return changeObject(
      [{ path: [...list, listIn(object.pod.spec, 'topologySpreadConstraints').length], value: constraint }],
      {
        en: 'Spread the pods over the nodes, as far as there are enough.',
        zh: '在节点数量允许的范围内，将 Pod 分散到各节点。',
      },
    );
  },
});

/** The selectors of everything that keeps a pod apart from others. */
function selectorsIn(spec: JsonObject): (JsonValue | undefined)[] {
  const antiAffinity = objectIn(objectIn(spec, 'affinity'), 'podAntiAffinity');
  const required = listIn(antiAffinity, 'requiredDuringSchedulingIgnoredDuringExecution');
  const preferred = listIn(antiAffinity, 'preferredDuringSchedulingIgnoredDuringExecution').map((weighted) =>
    objectIn(weighted, 'podAffinityTerm'),
  );
  const spread = listIn(spec, 'topologySpreadConstraints');
  return [...spread, ...required, ...preferred].map((term) => (isObject(term) ? term.labelSelector : undefined));
}

/** The labels by which the workload knows its pods, as far as the pods have them. */
function ownLabels({ value, pod }: KubernetesObject): JsonObject {
  const labels = objectIn(pod?.metadata, 'labels');
  const selected = Object.entries(objectIn(objectIn(value.spec, 'selector'), 'matchLabels'));
  return Object.fromEntries(selected.filter(([name, label]) => labels[name] === label));
}
