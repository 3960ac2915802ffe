import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass, unknown } from '../../model/verdict.ts';
import { deniesAll, directions, networkPoliciesIn, otherPoliciesIn } from './network-policy.ts';
import { isOwnNamespace } from './system-namespace.ts';

export const kubernetesNetworkpolicyDefaultDeny = defineControl({
  id: 'kubernetes-networkpolicy-default-deny',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Namespaces deny all traffic that no policy allows',
    zh: '命名空间默认拒绝未经策略放行的流量',
  },
  why: {
    en: 'Policies for single programs leave the next one open that somebody adds. A policy for every pod that allows nothing closes the namespace for what is to come.',
    zh: '只针对个别程序的策略，会让之后新增的程序处于开放状态。一条选中所有 Pod 且不放行任何流量的策略，可预先关闭整个命名空间。',
  },
  how: {
    en: 'Asked of Namespaces for which a network policy was read. There must be policies with an empty podSelector that govern ingress and egress and have no rule for it. Without policyTypes a policy governs egress only when it has an egress rule, so an empty list of them denies nothing.',
    zh: '仅检查已读到其网络策略的 Namespace。须有 podSelector 为空、管辖入站与出站且没有相应规则的策略。未写 policyTypes 时，策略只有在含出站规则时才管辖出站，因此空的出站列表并不拒绝任何流量。',
  },
  references: {
    cisKubernetes: ['5.3.2'],
    nist800190: ['4.3.3'],
    aliases: ['k8s-networkpolicy-default-deny'],
    links: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  },
  counterexample: { bad: sample('[Ingress]'), good: sample('[Ingress, Egress]') },
  appliesTo: (object) =>
    isOwnNamespace(object) &&
    (object.set.complete || networkPoliciesIn(object.set).some(({ namespace }) => namespace === object.name)),

  judge(namespace) {
    const policies = networkPoliciesIn(namespace.set).filter(
      (policy) => policy.namespace === undefined || policy.namespace === namespace.name,
    );
    const missing = directions.filter((direction) => !policies.some((policy) => deniesAll(policy, direction)));
    if (missing.length === 0) return pass({ en: 'It denies what no policy allows.', zh: '默认拒绝未放行的流量。' });
    const other = otherPoliciesIn(namespace.set)[0];
    if (other) {
      return unknown(
        {
          en: `${other.kind} ${other.name} may deny the rest.`,
          zh: `${other.kind} ${other.name} 可能已拒绝其余流量。`,
        },
        { en: 'a NetworkPolicy of Kubernetes that denies it', zh: '提供拒绝该流量的 Kubernetes NetworkPolicy' },
        { source: 'file', path: 'spec', value: other.name },
      );
    }
    return failAt(
      {
        en: `No policy of ${namespace.name} denies ${missing.join(' and ').toLowerCase()} to every pod.`,
        zh: `${namespace.name} 没有对所有 Pod 默认拒绝${missing.map((each) => (each === 'Ingress' ? '入站' : '出站')).join('与')}的策略。`,
      },
      namespace.locate(['metadata', 'name']),
      missing,
    );
  },

  remedy() {
    return byHand({
      en: 'Add a NetworkPolicy with podSelector: {} and policyTypes: [Ingress, Egress], and let DNS and each needed connection through by others.',
      zh: '添加 podSelector: {} 且 policyTypes: [Ingress, Egress] 的 NetworkPolicy，再用其他策略放行 DNS 与必要的连接。',
    });
  },
});

function sample(types: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: shop
spec:
  podSelector: {}
  policyTypes: ${types}
`;
}
