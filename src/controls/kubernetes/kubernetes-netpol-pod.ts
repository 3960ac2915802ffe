import { defineControl } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { type Direction, governs, maySelect, networkPoliciesIn, otherPoliciesIn } from './network-policy.ts';
import { mayShareNamespace } from './set-index.ts';

export const kubernetesNetpolPod = defineControl({
  id: 'kubernetes-netpol-pod',
  subject: 'kubernetes-object',
  severity: 'high',
  title: { en: 'Every pod is selected by a network policy', zh: '每个 Pod 都被网络策略选中' },
  why: {
    en: 'A pod that no policy selects is open to every other pod, even where the namespace has policies for its neighbours. Mostly a label is missing or misspelt.',
    zh: '未被任何策略选中的 Pod 对所有其他 Pod 开放，即使命名空间内已有针对其邻居的策略。多半是标签缺失或拼写有误。',
  },
  how: {
    en: 'Asked of workloads for whose namespace a network policy was read. Compares the labels of the pod with podSelector, matchLabels and matchExpressions. A policy governs ingress unless policyTypes leaves it out, and egress where policyTypes names it or, without policyTypes, where it has an egress rule. Pods on the network of the node are out of reach for policies.',
    zh: '仅检查已读到其命名空间网络策略的工作负载。将 Pod 标签与 podSelector 的 matchLabels、matchExpressions 比对。除非 policyTypes 未列出，策略均管辖入站；policyTypes 列出 Egress，或未写 policyTypes 但有出站规则时，管辖出站。使用节点网络的 Pod 不受策略约束。',
  },
  references: {
    cisKubernetes: ['5.3.2'],
    nist800190: ['4.3.3'],
    aliases: [
      'k8s-netpol-pod',
      'k8s-networkpolicy-present',
      'CKV2_K8S_6',
      'C-0030',
      'kube-linter:non-isolated-pod',
      'kube-score:pod-networkpolicy',
    ],
    links: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  },
  parameters: {
    egress: {
      default: false,
      description: {
        en: 'Whether a policy must govern what the pod sends, too.',
        zh: '是否要求策略同时管辖 Pod 的出站流量。',
      },
    },
  },
  counterexample: { bad: sample('shop-web'), good: sample('web') },
  appliesTo: (object) =>
    object.pod !== undefined &&
    (object.set.complete || networkPoliciesIn(object.set).some(({ namespace }) => namespace === object.namespace)),

  judge(object, { parameters: { egress } }) {
    if (object.pod?.spec.hostNetwork === true) {
      return notApplicable({ en: 'Its pods are on the network of the node.', zh: '其 Pod 使用节点网络。' });
    }
    const wanted: readonly Direction[] = egress ? ['Ingress', 'Egress'] : ['Ingress'];
    const selecting = networkPoliciesIn(object.set).filter((policy) => maySelect(policy, object));
    const missing = wanted.filter((direction) => !selecting.some((policy) => governs(policy, direction)));
    if (missing.length === 0)
      return pass({ en: 'A network policy selects its pods.', zh: '其 Pod 已被网络策略选中。' });
    const other = otherPoliciesIn(object.set).find((policy) => mayShareNamespace(policy, object));
    if (other) return unclear(other);
    return failAt(
      {
        en: `No network policy selects its pods for ${missing.join(' and ').toLowerCase()}.`,
        zh: `没有网络策略选中其 Pod 的${missing.map((each) => (each === 'Ingress' ? '入站' : '出站')).join('与')}流量。`,
      },
      object.locate([...(object.pod?.path ?? []), 'metadata', 'labels']),
      object.pod?.metadata.labels ?? null,
    );
  },

  remedy() {
    return byHand({
      en: 'Mend the labels, or add a policy that selects the pod and allows the connections that it needs.',
      zh: '改正标签，或添加选中该 Pod 且只放行必要连接的策略。',
    });
  },
});

function unclear({ kind, name }: KubernetesObject) {
  return unknown(
    { en: `${kind} ${name} selects pods by rules of its own.`, zh: `${kind} ${name} 按自身规则选择 Pod。` },
    { en: 'a NetworkPolicy of Kubernetes that selects the pod', zh: '提供选中该 Pod 的 Kubernetes NetworkPolicy' },
    { source: 'file', path: 'spec', value: name },
  );
}

function sample(label: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
  labels:
    app: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: ${label}
  ingress:
    - from: [{ podSelector: { matchLabels: { app: proxy } } }]
      ports: [{ port: 8080 }]
`;
}
