import { defineControl } from '../../model/control.ts';
import { isObject, type JsonObject, listIn, objectIn, valueAt } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { isEmptySelector, labelMapFits, selectorFits } from './label-selector.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { objectsOfKind } from './set-index.ts';
import { holdsWholePod } from './whole-pod.ts';

const kinds: ReadonlySet<string> = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet']);
/** Labels that change with each version, while a selector may never change. */
const changing: ReadonlySet<string> = new Set([
  'version',
  'app.kubernetes.io/version',
  'helm.sh/chart',
  'chart',
  'pod-template-hash',
]);

export const kubernetesSelectorMatches = defineControl({
  id: 'kubernetes-selector-matches',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'A workload selects the pods that it makes', zh: '工作负载的选择器能选中其创建的 Pod' },
  why: {
    en: 'The API refuses a workload whose selector does not fit the labels of its template: the file cannot be applied, and the old version runs on.',
    zh: '选择器与模板标签不符时，API 会拒绝该工作负载：文件无法应用，旧版本继续运行。',
  },
  how: {
    en: 'spec.selector of a Deployment, ReplicaSet, StatefulSet or DaemonSet is there and fits the labels of its template; that of a ReplicationController fits, where there is one. A selector that is missing is left alone where a Kustomization was read too: it may add one.',
    zh: 'Deployment、ReplicaSet、StatefulSet、DaemonSet 须有 spec.selector 且与模板标签相符；ReplicationController 若有选择器也须相符。若一并读取了 Kustomization，则不追究缺失的选择器，因为可能由它补上。',
  },
  references: {
    aliases: ['k8s-selector-matches', 'C-0296', 'kube-linter:mismatching-selector'],
    links: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/'],
  },
  counterexample: {
    bad: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
      tier: front
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
`,
    good: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
      tier: front
  template:
    metadata:
      labels:
        app: web
        tier: front
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: (object) =>
    (isReplicationController(object) || (object.group === 'apps' && kinds.has(object.kind))) && holdsWholePod(object),

  judge(object) {
    return verdictsOn(breachesIn(object), object, {
      en: 'Its selector fits the labels of its pods.',
      zh: '其选择器与 Pod 标签相符。',
    });
  },

  remedy(object) {
    const { pod, value } = object;
    const labels = labelsIn(object);
    const selector = objectIn(value.spec, 'selector');
    if (!isReplicationController(object) && isEmptySelector(selector)) {
      const lasting = Object.entries(labels).filter(([name]) => !changing.has(name));
      if (lasting.length > 0) {
        return changeObject([{ path: ['spec', 'selector', 'matchLabels'], value: Object.fromEntries(lasting) }], {
          en: 'Select the pods by the labels of the template.',
          zh: '按模板的标签选择 Pod。',
        });
      }
    }
    const breaches = breachesIn(object);
    const missing = breaches.filter(({ label }) => label !== undefined && labels[label] === undefined);
    if (pod && missing.length > 0 && missing.length === breaches.length) {
      return changeObject(
        missing.map(({ label = '', value: wanted }) => ({
          path: [...pod.path, 'metadata', 'labels', label],
          ...(wanted === undefined ? {} : { value: wanted }),
        })),
        { en: 'Give the template the labels that the selector asks for.', zh: '为模板加上选择器要求的标签。' },
      );
    }
    return byHand({
      en: 'Make the selector and the labels of the template agree. The selector of a workload that runs already cannot be changed.',
      zh: '使选择器与模板标签一致。已在运行的工作负载，其选择器不可更改。',
    });
  },
});

/** With the label that the template should have, where it is one. */
interface Mismatch extends Breach {
  readonly label?: string;
}

function breachesIn(object: KubernetesObject): Mismatch[] {
  const labels = labelsIn(object);
  const path = ['spec', 'selector'];
  const selector = objectIn(object.value.spec, 'selector');
  if (isReplicationController(object)) return labelBreaches(selector, labels, path);
  if (isEmptySelector(selector)) {
    if (objectsOfKind(object.set, 'Kustomization').length > 0) return [];
    const message = { en: 'It has no selector.', zh: '它没有选择器。' };
    return [{ path, value: valueAt(object.value, path), message }];
  }
  return [
    ...labelBreaches(objectIn(selector, 'matchLabels'), labels, [...path, 'matchLabels']),
    ...listIn(selector, 'matchExpressions').flatMap((expression, index): Mismatch[] => {
      if (selectorFits({ matchExpressions: [expression] }, labels)) return [];
      const key = isObject(expression) ? JSON.stringify(expression.key ?? null) : 'null';
      const message = {
        en: `The template does not meet the expression on ${key}.`,
        zh: `模板不满足关于 ${key} 的表达式。`,
      };
      return [{ path: [...path, 'matchExpressions', index], value: expression, message }];
    }),
  ];
}

function labelBreaches(wanted: JsonObject, labels: JsonObject, path: readonly string[]): Mismatch[] {
  return Object.entries(wanted)
    .filter(([label, value]) => !labelMapFits({ [label]: value }, labels))
    .map(([label, value]) => {
      const found = labels[label];
      return {
        path: [...path, label],
        value,
        label,
        message:
          found === undefined
            ? { en: `The template has no label ${label}.`, zh: `模板没有标签 ${label}。` }
            : {
                en: `The label ${label} of the template is ${JSON.stringify(found)}, not ${JSON.stringify(value)}.`,
                zh: `模板的标签 ${label} 为 ${JSON.stringify(found)}，而非 ${JSON.stringify(value)}。`,
              },
      };
    });
}

function labelsIn({ pod }: KubernetesObject): JsonObject {
  return objectIn(pod?.metadata, 'labels');
}

function isReplicationController({ group, kind }: KubernetesObject): boolean {
  return group === '' && kind === 'ReplicationController';
}
