import { defineControl } from '../../model/control.ts';
import type { JsonValue } from '../../model/json.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { changeObject } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';

export const kubernetesSaDeprecatedField = defineControl({
  id: 'kubernetes-sa-deprecated-field',
  subject: 'kubernetes-object',
  severity: 'low',
  title: {
    en: 'Pods name their account in serviceAccountName alone',
    zh: 'Pod 仅用 serviceAccountName 指定账户',
  },
  why: {
    en: 'The field serviceAccount is kept for old manifests only, and loses against serviceAccountName. Reviews and tools that look at one of them miss the account that the other names.',
    zh: '字段 serviceAccount 只为兼容旧清单而保留，且优先级低于 serviceAccountName。只看其中一个字段的审查者或工具，会漏掉另一字段指定的账户。',
  },
  how: {
    en: 'serviceAccount of the pod is absent. It may repeat what serviceAccountName says: the API itself writes both.',
    zh: 'Pod 未设置 serviceAccount。允许其值与 serviceAccountName 相同：API 本身会同时写出两者。',
  },
  references: {
    aliases: ['k8s-sa-deprecated-field', 'C-0294', 'kube-linter:deprecated-service-account-field'],
    links: ['https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  serviceAccount: web
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  serviceAccountName: web
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: ({ pod }) => isSet(pod?.spec.serviceAccount),

  judge(object) {
    const { serviceAccount, serviceAccountName } = object.pod?.spec ?? {};
    const breach = {
      path: [...(object.pod?.path ?? []), 'spec', 'serviceAccount'],
      value: serviceAccount,
      message: isSet(serviceAccountName)
        ? {
            en: 'serviceAccount names another account than serviceAccountName, and is ignored.',
            zh: 'serviceAccount 与 serviceAccountName 指定的账户不同，会被忽略。',
          }
        : {
            en: 'The account is named in serviceAccount, the old field.',
            zh: '账户写在旧字段 serviceAccount 中。',
          },
    };
    return verdictsOn(serviceAccount === serviceAccountName ? [] : [breach], object, {
      en: 'serviceAccount repeats serviceAccountName, as the API writes it.',
      zh: 'serviceAccount 与 serviceAccountName 相同，API 即如此写出。',
    });
  },

  remedy({ pod }) {
    return changeObject(fieldsFor(pod), {
      en: 'Name the account in serviceAccountName.',
      zh: '改用 serviceAccountName 指定账户。',
    });
  },
});

function fieldsFor(pod: PodTemplate | undefined) {
  if (!pod) return [];
  const spec = [...pod.path, 'spec'];
  const { serviceAccount, serviceAccountName } = pod.spec;
  const removal = { path: [...spec, 'serviceAccount'] };
  if (isSet(serviceAccountName) || serviceAccount === undefined) return [removal];
  return [{ path: [...spec, 'serviceAccountName'], value: serviceAccount }, removal];
}

function isSet(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value !== '';
}
