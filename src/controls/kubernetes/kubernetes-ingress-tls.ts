import { defineControl } from '../../model/control.ts';
import { isObject, listIn, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { annotationsOf, isIngress } from './network-exposure.ts';
import { objectsOfKind } from './set-index.ts';

export const kubernetesIngressTls = defineControl({
  id: 'kubernetes-ingress-tls',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'Every host of an Ingress is served over TLS', zh: 'Ingress 的每个主机都通过 TLS 提供服务' },
  why: {
    en: 'Without TLS everybody on the way reads and changes what is sent: passwords, cookies, the pages themselves.',
    zh: '没有 TLS，途经的任何人都能读取和篡改传输内容：口令、Cookie 以及页面本身。',
  },
  how: {
    en: 'An Ingress without spec.tls fails, and so does a host that no entry of spec.tls covers; an entry without hosts covers all, a wildcard one level. TLS that another Ingress of the same files has for the host counts. Annotations by which a load balancer or Traefik ends TLS itself count, and so does one that only redirects to https.',
    zh: '没有 spec.tls 的 Ingress 未通过，未被 spec.tls 任何条目覆盖的主机也未通过；未写 hosts 的条目覆盖全部，通配符覆盖一级。同批文件中其他 Ingress 为该主机配置的 TLS 也算数；由负载均衡器或 Traefik 终结 TLS 的注解、仅跳转到 https 的注解同样算数。',
  },
  references: {
    nist800190: ['4.3.3'],
    aliases: ['k8s-ingress-tls', 'C-0263'],
    links: ['https://kubernetes.io/docs/concepts/services-networking/ingress/'],
  },
  counterexample: {
    bad: sample(''),
    good: sample('  tls:\n    - hosts: [shop.example]\n      secretName: shop-tls\n'),
  },
  appliesTo: isIngress,

  judge(ingress) {
    if (hasTlsElsewhere(annotationsOf(ingress))) {
      return pass({ en: 'Its annotations set up TLS.', zh: '已通过注解配置 TLS。' });
    }
    const covered = objectsOfKind(ingress.set, 'Ingress').filter(isIngress).flatMap(hostsOf);
    const own = hostsOf(ingress);
    const open = hostRulesOf(ingress).filter(
      ({ host }) => !own.includes('') && ![...own, ...covered].some((pattern) => covers(pattern, host)),
    );
    if (own.length === 0 && (open.length > 0 || hostRulesOf(ingress).length === 0)) {
      const hosts = open.map(({ host }) => host);
      const message = { en: 'It has no TLS.', zh: '未配置 TLS。' };
      return failAt(message, ingress.locate(['spec']), hosts);
    }
    if (open.length === 0) return pass({ en: 'Its hosts are served over TLS.', zh: '其主机均通过 TLS 提供服务。' });
    return open.map(({ host, index }) =>
      failAt(
        { en: `No entry of spec.tls covers ${host}.`, zh: `spec.tls 没有覆盖 ${host} 的条目。` },
        ingress.locate(['spec', 'rules', index, 'host']),
        host,
      ),
    );
  },

  remedy() {
    return byHand({
      en: 'Add spec.tls with the hosts and the Secret of their certificate; cert-manager can make it.',
      zh: '添加 spec.tls，写明主机及其证书所在的 Secret；可由 cert-manager 签发。',
    });
  },
});

/** The hosts for which an Ingress has TLS; an empty one stands for all of its own. */
function hostsOf(ingress: KubernetesObject): string[] {
  return listIn(objectIn(ingress.value, 'spec'), 'tls').flatMap((entry) => {
    const hosts = listIn(entry, 'hosts').filter((host) => typeof host === 'string');
    return hosts.length === 0 ? [''] : hosts;
  });
}

/** The rules with a host. One without is for whatever no other rule is for, and has the controller's own certificate. */
function hostRulesOf(ingress: KubernetesObject): { host: string; index: number }[] {
  return listIn(objectIn(ingress.value, 'spec'), 'rules').flatMap((rule, index) => {
    const host = textIn(rule, 'host') ?? '';
    return isObject(rule) && host !== '' ? [{ host, index }] : [];
  });
}

function covers(pattern: string, host: string): boolean {
  if (pattern === '') return false;
  if (!pattern.startsWith('*.')) return pattern.toLowerCase() === host.toLowerCase();
  const suffix = pattern.slice(1).toLowerCase();
  return (
    host.toLowerCase() === pattern ||
    (host.toLowerCase().endsWith(suffix) && !host.slice(0, -suffix.length).includes('.'))
  );
}

const tlsAnnotations: ReadonlyMap<string, RegExp> = new Map([
  ['alb.ingress.kubernetes.io/certificate-arn', /./],
  ['alb.ingress.kubernetes.io/listen-ports', /HTTPS/],
  ['ingress.gcp.kubernetes.io/pre-shared-cert', /./],
  ['networking.gke.io/managed-certificates', /./],
  ['networking.gke.io/certmap', /./],
  ['appgw.ingress.kubernetes.io/appgw-ssl-certificate', /./],
  ['traefik.ingress.kubernetes.io/router.tls', /^true$/],
  ['traefik.ingress.kubernetes.io/router.tls.certresolver', /./],
  ['traefik.ingress.kubernetes.io/router.entrypoints', /websecure/],
  ['route.openshift.io/termination', /./],
  ['nginx.ingress.kubernetes.io/ssl-passthrough', /^true$/],
  ['nginx.ingress.kubernetes.io/permanent-redirect', /^https:/],
  ['nginx.ingress.kubernetes.io/temporal-redirect', /^https:/],
]);

function hasTlsElsewhere(annotations: Readonly<Record<string, string>>): boolean {
  return Object.entries(annotations).some(([name, value]) => tlsAnnotations.get(name)?.test(value) ?? false);
}

function sample(tls: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
${tls}  rules:
    - host: shop.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
`;
}
