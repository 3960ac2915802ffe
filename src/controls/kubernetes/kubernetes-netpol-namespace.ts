import { defineControl } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass, unknown } from '../../model/verdict.ts';
import { networkPoliciesIn, otherPoliciesIn } from './network-policy.ts';
import { isOwnNamespace } from './system-namespace.ts';

export const kubernetesNetpolNamespace = defineControl({
  id: 'kubernetes-netpol-namespace',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'Every namespace with workloads has a network policy', zh: '每个含工作负载的命名空间都有网络策略' },
  why: {
    en: 'Without a policy every pod of the cluster reaches every pod of the namespace, and these reach everything: one program that is broken into is a way to all others.',
    zh: '没有策略时，集群中的任何 Pod 都能访问该命名空间的所有 Pod，而后者也能访问一切：攻陷一个程序就能通向其余所有程序。',
  },
  how: {
    en: 'Asked of Namespaces whose workloads were read with them, once any network policy was read at all: the policies of a set that has none are taken to be elsewhere. A policy that names no namespace may be meant for this one, and so may one of the whole cluster.',
    zh: '仅当一同读取了该命名空间的工作负载、且读到过任何网络策略时才检查：一条策略都没有时，视为策略存放在别处。未写命名空间的策略，以及作用于整个集群的策略，都可能适用于此命名空间。',
  },
  references: {
    cisKubernetes: ['5.3.2'],
    nist800190: ['4.3.3'],
    aliases: ['k8s-netpol-namespace', 'C-0206', 'C-0260', 'KSV-0038', 'C-0049', 'C-0054'],
    links: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  },
  counterexample: { bad: sample('other'), good: sample('shop') },
  appliesTo: (object) =>
    isOwnNamespace(object) &&
    object.set.objects.some(({ pod, namespace }) => pod !== undefined && namespace === object.name) &&
    (object.set.complete || networkPoliciesIn(object.set).length > 0 || otherPoliciesIn(object.set).length > 0),

  judge(namespace) {
    const policies = [...networkPoliciesIn(namespace.set), ...otherPoliciesIn(namespace.set)];
    if (policies.some((policy) => policy.namespace === namespace.name)) {
      return pass({ en: 'It has a network policy.', zh: '已有网络策略。' });
    }
    const open = policies.find((policy) => policy.namespace === undefined);
    if (open) return unclear(open);
    return failAt(
      {
        en: `${namespace.name} has workloads and no network policy.`,
        zh: `${namespace.name} 有工作负载而没有网络策略。`,
      },
      namespace.locate(['metadata', 'name']),
      namespace.name,
    );
  },

  remedy() {
    return byHand({
      en: 'Add a policy that denies everything to the namespace, and one for each connection that is needed.',
      zh: '为该命名空间添加一条默认拒绝的策略，再为每个必要的连接各加一条。',
    });
  },
});

function unclear({ kind, name }: KubernetesObject) {
  return unknown(
    {
      en: `${kind} ${name} names no namespace: it may be meant for this one.`,
      zh: `${kind} ${name} 未写命名空间，可能适用于此处。`,
    },
    { en: 'write metadata.namespace into the policy', zh: '请在策略中写明 metadata.namespace' },
    { source: 'file', path: 'metadata.namespace', value: null },
  );
}

function sample(namespace: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: ${namespace}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
`;
}
