import { defineControl } from '../../model/control.ts';
import { objectIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { annotationsOf, isIngress, scalarText } from './network-exposure.ts';

const allowing = 'allow-snippet-annotations';

export const kubernetesIngressNginxSnippets = defineControl({
  id: 'kubernetes-ingress-nginx-snippets',
  subject: 'kubernetes-object',
  severity: 'high',
  title: { en: 'Ingresses carry no snippets of nginx configuration', zh: 'Ingress 不携带 nginx 配置片段' },
  why: {
    en: "A snippet goes as it is into the controller's configuration: with Lua or alias it reads the controller's files, and with them its token and every Secret of the cluster (CVE-2021-25742).",
    zh: '配置片段会原样写入控制器的配置：借助 Lua 或 alias 即可读取控制器的文件，进而得到其令牌以及集群的所有 Secret（CVE-2021-25742）。',
  },
  how: {
    en: 'Looks for annotations of an Ingress that end with -snippet or -snippets and belong to an nginx controller, and for allow-snippet-annotations: "true" in the controller\'s ConfigMap.',
    zh: '查找 Ingress 中属于 nginx 控制器且以 -snippet 或 -snippets 结尾的注解，以及控制器 ConfigMap 中的 allow-snippet-annotations: "true"。',
  },
  references: {
    nist800190: ['4.3.3'],
    aliases: ['k8s-ingress-nginx-snippets', 'CKV_K8S_152', 'CKV_K8S_153', 'CKV_K8S_154', 'C-0059', 'KCV-0093'],
    links: ['https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/'],
  },
  counterexample: {
    bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/configuration-snippet: |
      more_set_headers "X-Shop: 1";
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`,
    good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`,
  },
  appliesTo: (object) => isIngress(object) || allowsSnippets(object),

  judge(object) {
    if (allowsSnippets(object)) {
      const message = {
        en: 'The controller takes snippets from every Ingress.',
        zh: '控制器接受任意 Ingress 的配置片段。',
      };
      return failAt(message, object.locate(['data', allowing]), 'true');
    }
    const snippets = snippetsOf(object);
    if (snippets.length === 0) return pass({ en: 'It carries no snippet.', zh: '未携带配置片段。' });
    return snippets.map((name) =>
      failAt(
        { en: `It carries ${name}.`, zh: `携带了 ${name}。` },
        object.locate(['metadata', 'annotations', name]),
        name,
      ),
    );
  },

  remedy(object) {
    if (allowsSnippets(object)) {
      return byHand({
        en: 'Set allow-snippet-annotations to "false", once no Ingress needs a snippet any more.',
        zh: '待所有 Ingress 都不再需要配置片段后，将 allow-snippet-annotations 设为 "false"。',
      });
    }
    return byHand({
      en: 'Use the annotation that is made for the purpose (headers, redirects, limits, CORS), or set it for the whole controller in its ConfigMap.',
      zh: '改用专门的注解（响应头、跳转、限流、CORS），或在控制器的 ConfigMap 中统一设置。',
    });
  },
});

function snippetsOf(object: KubernetesObject): string[] {
  return Object.entries(annotationsOf(object))
    .filter(([name, value]) => /nginx[^/]*\/(?:[\w-]*-)?snippets?$/.test(name) && value !== '')
    .map(([name]) => name);
}

function allowsSnippets({ kind, group, value }: KubernetesObject): boolean {
  return kind === 'ConfigMap' && group === '' && scalarText(objectIn(value, 'data')[allowing]) === 'true';
}
