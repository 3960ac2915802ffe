import { defineControl } from '../../model/control.ts';
import { listIn, objectIn } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { isService, scalarText } from './network-exposure.ts';

export const kubernetesExternalIp = defineControl({
  id: 'kubernetes-external-ip',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'Services claim no external addresses', zh: 'Service 不占用外部 IP' },
  why: {
    en: 'Every node sends traffic for an address in externalIPs to the Service, whoever owns the address: a Service can take over the traffic of others to any address (CVE-2020-8554).',
    zh: '每个节点都会把发往 externalIPs 中地址的流量转给该 Service，无论地址属于谁：Service 可借此截获他人发往任意地址的流量（CVE-2020-8554）。',
  },
  how: {
    en: 'Fails where spec.externalIPs of a Service holds an address.',
    zh: 'Service 的 spec.externalIPs 含有地址时未通过。',
  },
  references: {
    nist800190: ['4.3.3'],
    aliases: ['k8s-external-ip', 'KSV-0108'],
    links: ['https://kubernetes.io/docs/concepts/services-networking/service/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
  externalIPs:
    - 203.0.113.7
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
`,
  },
  appliesTo: isService,

  judge(service) {
    const addresses = listIn(objectIn(service.value, 'spec'), 'externalIPs');
    if (addresses.length === 0) return pass({ en: 'It claims no external address.', zh: '未占用外部 IP。' });
    return addresses.map(scalarText).map((address, index) => {
      const message = { en: `It claims the address ${address}.`, zh: `占用了地址 ${address}。` };
      return failAt(message, service.locate(['spec', 'externalIPs', index]), address);
    });
  },

  remedy() {
    return byHand({
      en: 'Use a load balancer or a Gateway that hands out addresses, and forbid externalIPs with the admission plugin DenyServiceExternalIPs.',
      zh: '改用负载均衡器或由 Gateway 分配地址，并用准入插件 DenyServiceExternalIPs 禁止 externalIPs。',
    });
  },
});
