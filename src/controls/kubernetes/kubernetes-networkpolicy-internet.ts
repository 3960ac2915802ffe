import { defineControl } from '../../model/control.ts';
import { type KeyPath, listIn, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass, type Verdict } from '../../model/verdict.ts';
import { isNetworkPolicy, type PolicyRule, policyRulesOf } from './network-policy.ts';

export const kubernetesNetworkpolicyInternet = defineControl({
  id: 'kubernetes-networkpolicy-internet',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Network policies open single ports to the whole world, not all',
    zh: '网络策略面向任意地址时只开放指定端口',
  },
  why: {
    en: 'A rule without peers and ports is as good as no policy at all. Where the world must come in or be reached, the port says what for.',
    zh: '既不限对端也不限端口的规则等同于没有策略。确需面向任意地址时，端口能说明用途。',
  },
  how: {
    en: 'A rule fails that names no ports and whose peers are everybody: none are named, or an ipBlock is 0.0.0.0/0 or ::/0. Rules of a direction that policyTypes leaves out have no effect and are left alone.',
    zh: '未写端口且对端为任意地址（未写对端，或 ipBlock 为 0.0.0.0/0、::/0）的规则未通过。policyTypes 未列出的方向，其规则不生效，不作检查。',
  },
  references: {
    cisKubernetes: ['5.3.2'],
    nist800190: ['4.3.3'],
    aliases: ['k8s-networkpolicy-internet'],
    links: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  },
  counterexample: {
    bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: web
  ingress:
    - {}
`,
    good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: web
  ingress:
    - ports:
        - port: 8080
`,
  },
  appliesTo: isNetworkPolicy,

  judge(policy) {
    const failures = policyRulesOf(policy)
      .filter(({ value }) => listIn(value, 'ports').length === 0)
      .flatMap((rule) => openPlaces(rule).map((path) => failure(policy, rule, path)));
    if (failures.length > 0) return failures;
    return pass({ en: 'It opens no port to everybody that it does not name.', zh: '面向任意地址时均指定了端口。' });
  },

  remedy() {
    return byHand({
      en: 'Name the ports in the rule, or the peers by their labels or addresses.',
      zh: '在规则中写明端口，或用标签、地址写明对端。',
    });
  },
});

/** Where a rule lets in everybody: the rule itself, or its blocks of all addresses. */
function openPlaces({ value, path, peersKey }: PolicyRule): KeyPath[] {
  const peers = listIn(value, peersKey);
  if (peers.length === 0) return [path];
  return peers.flatMap((peer, index): KeyPath[] => {
    const cidr = textIn(objectIn(peer, 'ipBlock'), 'cidr') ?? '';
    return /^[\d.:]+\/0$/.test(cidr) ? [[...path, peersKey, index, 'ipBlock', 'cidr']] : [];
  });
}

function failure(policy: KubernetesObject, { direction, value }: PolicyRule, path: KeyPath): Verdict {
  const message =
    direction === 'Ingress'
      ? { en: 'It lets everybody in, on every port.', zh: '允许任意来源访问所有端口。' }
      : { en: 'It lets the pods reach everything, on every port.', zh: '允许 Pod 访问任意目的地的所有端口。' };
  return failAt(message, policy.locate(path), value);
}
