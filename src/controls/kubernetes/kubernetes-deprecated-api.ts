import { defineControl } from '../../model/control.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { migrationOf } from './api-migration.ts';
import { since } from './pod-security-version.ts';
import { missingUntil, removedApi } from './removed-api.ts';

export const kubernetesDeprecatedApi = defineControl({
  id: 'kubernetes-deprecated-api',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Objects are written in an API version that the cluster serves',
    zh: '对象使用集群仍提供的 API 版本',
  },
  why: {
    en: 'A file in a version that is gone cannot be applied. It fails on the day of the upgrade, or of the disaster for which it was kept.',
    zh: '使用已移除版本的文件无法应用。问题往往在升级当天，或在需要靠它恢复的灾难当天才暴露。',
  },
  how: {
    en: 'apiVersion and kind are compared with the versions that Kubernetes removed, for the version that is configured, or the newest one known. A version that goes later, but is still served, passes. One that comes later than the configured version fails.',
    zh: '按配置的 Kubernetes 版本（未配置时按已知的最新版本），将 apiVersion 和 kind 与已移除的版本对照。以后才移除、目前仍提供的版本判为通过；在所配置版本中尚未提供的版本判为未通过。',
  },
  references: {
    aliases: ['k8s-deprecated-api', 'KSV-0107', 'kube-linter:no-extensions-v1beta'],
    links: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
  },
  counterexample: {
    bad: `apiVersion: extensions/v1beta1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - path: /
            backend:
              serviceName: web
              servicePort: 80
`,
    good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - path: /
            pathType: ImplementationSpecific
            backend:
              service:
                name: web
                port:
                  number: 80
`,
  },

  judge(object, { kubernetesVersion }) {
    const { apiVersion, kind } = object;
    const removed = removedApi(apiVersion, kind);
    if (removed && since(kubernetesVersion, removed.removedIn)) {
      const message = {
        en: `${apiVersion} is not served for a ${kind} since 1.${removed.removedIn}.`,
        zh: `自 1.${removed.removedIn} 起不再提供 ${apiVersion} 的 ${kind}。`,
      };
      return [failAt(message, object.locate(['apiVersion']), apiVersion)];
    }
    const firstMinor = missingUntil(apiVersion, kind, kubernetesVersion);
    if (firstMinor !== undefined) {
      const message = {
        en: `${apiVersion} is served for a ${kind} from 1.${firstMinor} on.`,
        zh: `自 1.${firstMinor} 起才提供 ${apiVersion} 的 ${kind}。`,
      };
      return [failAt(message, object.locate(['apiVersion']), apiVersion)];
    }
    return removed
      ? pass({
          en: `${apiVersion} is served until 1.${removed.removedIn} comes.`,
          zh: `${apiVersion} 在 1.${removed.removedIn} 之前仍然提供。`,
        })
      : pass({ en: `Nothing says that ${apiVersion} is gone.`, zh: `没有迹象表明 ${apiVersion} 已移除。` });
  },

  remedy(object, { kubernetesVersion }) {
    const { apiVersion, kind } = object;
    const removed = removedApi(apiVersion, kind);
    if (!removed || missingUntil(apiVersion, kind, kubernetesVersion) !== undefined) {
      return byHand({
        en: 'Write it in a version that this Kubernetes serves.',
        zh: '改用该 Kubernetes 提供的版本。',
      });
    }
    const { replacement } = removed;
    if (replacement === undefined) {
      return byHand({
        en: `There is no ${kind} any more. Delete the object, and do its work by other means.`,
        zh: `${kind} 已不复存在。请删除该对象，并以其他方式实现其功能。`,
      });
    }
    const fields = migrationOf(object, replacement);
    return fields
      ? changeObject(fields, { en: `Write it as ${replacement}.`, zh: `改写为 ${replacement}。` })
      : byHand(
          {
            en: `Write it as ${replacement}, where fields are called or meant otherwise.`,
            zh: `改写为 ${replacement}；其中部分字段的名称或含义有所不同。`,
          },
          [`kubectl convert --filename FILE --output-version ${replacement}`],
        );
  },
});
