import { defineControl } from '../../model/control.ts';
import { isObject, type JsonObject, type JsonValue, type KeyPath, listIn, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { blockHolds } from './address-block.ts';
import { governs, isNetworkPolicy, type PolicyRule, policyRulesOf } from './network-policy.ts';

/** Where clouds tell a machine who it is, and hand out its credentials, over HTTP. */
const address = '169.254.169.254';

export const kubernetesMetadataApi = defineControl({
  id: 'kubernetes-metadata-api',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: "Network policies keep pods from the cloud's metadata service",
    zh: '网络策略阻止 Pod 访问云元数据服务',
  },
  why: {
    en: 'At 169.254.169.254 most clouds hand out the credentials of the node to whoever asks from it: a program that can be made to fetch an address gets them.',
    zh: '多数云平台在 169.254.169.254 向来自节点的任何请求者发放节点凭据：只要能诱使程序访问某个地址，就能拿到凭据。',
  },
  how: {
    en: 'Asked of policies that govern egress. An ipBlock that holds 169.254.169.254 fails unless except takes it out, and so does a rule without peers. Rules that name ports, and not port 80, pass.',
    zh: '只检查管辖出站的策略。包含 169.254.169.254 且未用 except 排除的 ipBlock，以及不限对端的规则，均未通过。写明端口且不含 80 的规则予以通过。',
  },
  references: {
    nist800190: ['4.3.3'],
    aliases: ['k8s-metadata-api', 'C-0052'],
    links: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  },
  counterexample: { bad: sample(''), good: sample(`\n            except: [${address}/32]`) },
  appliesTo: (object) => isNetworkPolicy(object) && governs(object, 'Egress'),

  judge(policy) {
    const openings = openingsOf(policy);
    if (openings.length === 0) {
      return pass({ en: 'It does not open the metadata service.', zh: '未放行元数据服务。' });
    }
    const message = { en: `It lets pods reach ${address}.`, zh: `允许 Pod 访问 ${address}。` };
    return openings.map(({ path, value }) => failAt(message, policy.locate(path), value));
  },

  remedy(policy) {
    const openings = openingsOf(policy);
    if (openings.some(({ exception }) => exception === undefined)) {
      return byHand({
        en: `Name the peers, or use an ipBlock of 0.0.0.0/0 with except: [${address}/32].`,
        zh: `写明对端，或使用 0.0.0.0/0 的 ipBlock 并设 except: [${address}/32]。`,
      });
    }
    const fields = openings.map(({ exception: path = [] }) => ({ path, value: `${address}/32` }));
    return changeObject(fields, { en: 'Except the metadata service.', zh: '排除元数据服务。' });
  },
});

/** A place of a policy that opens the metadata service. */
interface Opening {
  readonly path: KeyPath;
  readonly value: JsonValue;
  /** Where an exception would be added; absent where there can be none. */
  readonly exception?: KeyPath;
}

function openingsOf(policy: KubernetesObject): Opening[] {
  return policyRulesOf(policy)
    .filter(({ direction, value }) => direction === 'Egress' && opensPort80(value))
    .flatMap(openingsIn);
}

function openingsIn({ value, path }: PolicyRule): Opening[] {
  const peers = listIn(value, 'to');
  if (peers.length === 0) return [{ path, value }];
  return peers.flatMap((peer, index): Opening[] => {
    const block = objectIn(peer, 'ipBlock');
    const cidr = textIn(block, 'cidr') ?? '';
    const except = listIn(block, 'except');
    const isExcepted = except.some((each) => typeof each === 'string' && blockHolds(each, address));
    if (!blockHolds(cidr, address) || isExcepted) return [];
    const place = [...path, 'to', index, 'ipBlock'];
    const exception = cidr.endsWith('/32') ? {} : { exception: [...place, 'except', except.length] };
    return [{ path: [...place, 'cidr'], value: cidr, ...exception }];
  });
}

function opensPort80(rule: JsonObject): boolean {
  const ports = listIn(rule, 'ports');
  return ports.length === 0 || ports.some((port) => isObject(port) && holdsPort80(port));
}

function holdsPort80({ port, endPort, protocol = 'TCP' }: JsonObject): boolean {
  if (protocol !== 'TCP') return false;
  if (port === undefined || port === null) return true;
  return typeof port === 'number' && port <= 80 && (typeof endPort === 'number' ? endPort : port) >= 80;
}

function sample(except: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: web
  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0${except}
`;
}
