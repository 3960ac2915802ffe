import { defineControl } from '../../model/control.ts';
import { matchesGlob } from '../../model/glob.ts';
import { listIn, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { isAdministrative } from './known-interface.ts';
import { annotationsOf, isService, staysInside, takesFromFew } from './network-exposure.ts';
import { type RoutedService, routedServices } from './service-route.ts';

const none: readonly string[] = [];

export const kubernetesExposedSensitiveUi = defineControl({
  id: 'kubernetes-exposed-sensitive-ui',
  subject: 'kubernetes-object',
  severity: 'high',
  title: {
    en: 'Administrative interfaces are not reachable from outside',
    zh: '管理界面不可从外部访问',
  },
  why: {
    en: "Dashboards, databases' consoles and delivery tools hold the keys of all that they manage, and are searched for on the internet day and night.",
    zh: '各类仪表盘、数据库控制台和交付工具掌握着所管理对象的全部钥匙，也是互联网上日夜扫描的目标。',
  },
  how: {
    en: 'Knows such programs by the names that their charts give to Services (kubernetes-dashboard, argocd-server, grafana, kibana, prometheus and others), whatever the release is called. Fails where such a Service is a NodePort, an open load balancer or has externalIPs, and where an Ingress, a route of a gateway or an Istio VirtualService leads to it. Routes with authentication or a list of addresses, internal ones and Services on the list of allowed ones pass.',
    zh: '按各程序的 Chart 赋予 Service 的名称识别（kubernetes-dashboard、argocd-server、grafana、kibana、prometheus 等），不受 release 名称影响。此类 Service 为 NodePort、开放的负载均衡器或带有 externalIPs 时未通过；Ingress、网关路由或 Istio VirtualService 指向它时亦未通过。带身份验证或地址清单的路由、内部路由以及许可清单中的 Service 予以通过。',
  },
  references: {
    nist800190: ['4.3.3'],
    aliases: ['k8s-exposed-sensitive-ui', 'C-0021', 'C-0256', 'C-0266'],
    links: ['https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/'],
  },
  parameters: {
    allowed: {
      default: none,
      description: {
        en: 'Names of Services that may be reachable from outside; * stands for any text.',
        zh: '允许从外部访问的 Service 名称；* 代表任意文本。',
      },
    },
  },
  counterexample: { bad: sample('kubernetes-dashboard'), good: sample('web') },
  appliesTo: (object) => isService(object) || routedServices(object).length > 0,

  judge(object, { parameters: { allowed } }) {
    const exposed = isService(object) ? ofService(object) : routedServices(object);
    const sensitive = exposed.filter(
      ({ name }) => isAdministrative(name) && !allowed.some((pattern) => matchesGlob(pattern, name)),
    );
    if (sensitive.length === 0) {
      return pass({ en: 'It opens no administrative interface that is known.', zh: '未暴露已知的管理界面。' });
    }
    if (staysInside(object) || isGuarded(object)) {
      return pass({ en: 'It is not open to everybody.', zh: '并非对所有人开放。' });
    }
    return sensitive.map(({ name, path }) =>
      failAt(
        { en: `It makes ${name} reachable from outside.`, zh: `使 ${name} 可从外部访问。` },
        object.locate(path),
        name,
      ),
    );
  },

  remedy() {
    return byHand({
      en: 'Leave it inside of the cluster and reach it through kubectl port-forward or a VPN, or put authentication in front of it.',
      zh: '将其留在集群内，通过 kubectl port-forward 或 VPN 访问，或在其前面加上身份验证。',
    });
  },
});

/** A Service that is reachable by itself. */
function ofService(service: KubernetesObject): RoutedService[] {
  const spec = objectIn(service.value, 'spec');
  const type = textIn(spec, 'type');
  if (listIn(spec, 'externalIPs').length > 0) return [{ name: service.name, path: ['spec', 'externalIPs'] }];
  const isOpen = type === 'NodePort' || (type === 'LoadBalancer' && !takesFromFew(service));
  return isOpen ? [{ name: service.name, path: ['spec', 'type'] }] : [];
}

const guarding =
  /^nginx\.ingress\.kubernetes\.io\/(?:auth-type|auth-url|auth-tls-secret|whitelist-source-range|allowlist-source-range)$|^alb\.ingress\.kubernetes\.io\/(?:auth-type|inbound-cidrs)$|^haproxy\.org\/(?:auth-type|allow-list|whitelist)$/;

/** Whether a route asks for a login, or lets in certain addresses only, or belongs to an internal controller. */
function isGuarded(object: KubernetesObject): boolean {
  const annotations = annotationsOf(object);
  const className =
    textIn(objectIn(object.value, 'spec'), 'ingressClassName') ?? annotations['kubernetes.io/ingress.class'] ?? '';
  return (
    /(?:^|[-_.])(?:internal|intern|private|vpn|intranet)(?:$|[-_.])/i.test(className) ||
    Object.keys(annotations).some((name) => guarding.test(name))
  );
}

function sample(service: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${service}
                port:
                  number: 80
`;
}
