import { defineControl } from '../../model/control.ts';
import { objectIn, textIn } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { isService, staysInside, takesFromFew } from './network-exposure.ts';

const types: readonly string[] = ['NodePort'];

export const kubernetesServiceType = defineControl({
  id: 'kubernetes-service-type',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Services are reachable from inside of the cluster only', zh: 'Service 仅在集群内可达' },
  why: {
    en: 'A NodePort opens a port on every address of every node, past the Ingress with its encryption and authentication. A load balancer of its own mostly has a public address.',
    zh: 'NodePort 会在每个节点的每个地址上开放端口，绕过 Ingress 的加密与身份验证。单独的负载均衡器通常带有公网地址。',
  },
  how: {
    en: 'Compares spec.type with the list of types that are not wanted: NodePort by default. A load balancer passes that is kept in the private network by an annotation, or to certain addresses by loadBalancerSourceRanges.',
    zh: '将 spec.type 与不允许的类型清单（默认为 NodePort）比对。通过注解限于私有网络、或用 loadBalancerSourceRanges 限定来源地址的负载均衡器予以通过。',
  },
  references: {
    nist800190: ['4.3.3'],
    aliases: ['k8s-service-type', 'C-0256', 'kube-linter:exposed-services', 'kube-score:service-type'],
    links: ['https://kubernetes.io/docs/concepts/services-networking/service/'],
  },
  parameters: {
    types: {
      default: types,
      description: {
        en: 'Types of Services that are not wanted: NodePort, LoadBalancer.',
        zh: '不允许的 Service 类型：NodePort、LoadBalancer。',
      },
    },
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 80
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: ClusterIP
  selector:
    app: web
  ports:
    - port: 80
`,
  },
  appliesTo: isService,

  judge(service, { parameters }) {
    const spec = objectIn(service.value, 'spec');
    const type = textIn(spec, 'type') ?? 'ClusterIP';
    if (!parameters.types.includes(type)) return pass({ en: `It is of the type ${type}.`, zh: `其类型为 ${type}。` });
    if (type === 'LoadBalancer' && (staysInside(service) || takesFromFew(service))) {
      return pass({ en: 'Its load balancer is not open to everybody.', zh: '其负载均衡器并非对所有人开放。' });
    }
    const message = { en: `It is of the type ${type}.`, zh: `其类型为 ${type}。` };
    return failAt(message, service.locate(['spec', 'type']), type);
  },

  remedy() {
    return byHand({
      en: 'Use ClusterIP with an Ingress or a Gateway in front, or accept the finding where the port is meant to be open.',
      zh: '改用 ClusterIP 并在前面放置 Ingress 或 Gateway；若确需开放端口，可豁免此项。',
    });
  },
});
