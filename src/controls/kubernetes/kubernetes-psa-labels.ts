import { defineControl } from '../../model/control.ts';
import { isObject, listIn, objectIn, textIn } from '../../model/json.ts';
import type { ObjectSet } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass, unknown } from '../../model/verdict.ts';
import { objectsOfKind } from './set-index.ts';
import { isOwnNamespace } from './system-namespace.ts';

const label = 'pod-security.kubernetes.io/enforce';

export const kubernetesPsaLabels = defineControl({
  id: 'kubernetes-psa-labels',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'Namespaces enforce a Pod Security Standard', zh: '命名空间强制执行 Pod 安全标准' },
  why: {
    en: 'Without it whoever may create a pod may create a privileged one, and that is the node. The standards are built into every cluster, and cost one label.',
    zh: '没有它，能创建 Pod 的人就能创建特权 Pod，从而控制节点。该标准内置于每个集群，只需一个标签。',
  },
  how: {
    en: 'The label pod-security.kubernetes.io/enforce of a Namespace must be baseline or restricted. Without the label a default of baseline or restricted in an AdmissionConfiguration of the same files will do; policies of Kyverno, Gatekeeper or Kubernetes that were read with it make the answer unknown. Namespaces of the cluster itself are left alone.',
    zh: 'Namespace 的 pod-security.kubernetes.io/enforce 标签须为 baseline 或 restricted。若无此标签，同批文件的 AdmissionConfiguration 默认级别为 baseline 或 restricted 亦可；若一同读到 Kyverno、Gatekeeper 或 Kubernetes 自身的策略，则结果为未知。集群自身的命名空间不受限制。',
  },
  references: {
    cisKubernetes: ['5.2.1'],
    nist800190: ['4.3.1'],
    aliases: ['k8s-psa-labels', 'k8s-psa-enforced', 'C-0192', 'C-0068'],
    links: ['https://kubernetes.io/docs/concepts/security/pod-security-admission/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
`,
    good: `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: baseline
`,
  },
  appliesTo: isOwnNamespace,

  judge(namespace) {
    const level = objectIn(objectIn(namespace.value, 'metadata'), 'labels')[label] ?? undefined;
    if (level === 'baseline' || level === 'restricted') {
      return pass({ en: `It enforces ${level}.`, zh: `强制执行 ${level}。` });
    }
    const path = ['metadata', 'labels', label];
    if (level !== undefined) {
      const message = {
        en: `${label} is ${JSON.stringify(level)}, which forbids nothing.`,
        zh: `${label} 为 ${JSON.stringify(level)}，什么也不禁止。`,
      };
      return failAt(message, namespace.locate(path), level);
    }
    if (hasDefault(namespace.set))
      return pass({ en: 'The cluster enforces a level by default.', zh: '集群默认强制执行某一级别。' });
    const engine = engineIn(namespace.set);
    if (engine !== undefined) {
      return unknown(
        {
          en: `It enforces no level, but a ${engine} was read that may.`,
          zh: `未强制执行任何级别，但读到的 ${engine} 可能有此作用。`,
        },
        { en: `the label ${label}`, zh: `加上标签 ${label}` },
        { source: 'file', path: `metadata.labels["${label}"]`, value: null },
      );
    }
    return failAt(
      { en: `It does not have the label ${label}.`, zh: `没有标签 ${label}。` },
      namespace.locate(path),
      null,
    );
  },

  remedy({ name }) {
    return byHand(
      {
        en: 'Add the label with baseline or restricted, once no pod of the namespace breaks that level: the dry run says which would.',
        zh: '确认该命名空间没有违反相应级别的 Pod 后，加上值为 baseline 或 restricted 的标签；试运行会列出违反者。',
      },
      [`kubectl label --dry-run=server --overwrite namespace ${name} ${label}=baseline`],
    );
  },
});

/** Whether the configuration of the admission plugin sets a level for namespaces without a label. */
function hasDefault(set: ObjectSet): boolean {
  const plugins = objectsOfKind(set, 'AdmissionConfiguration').flatMap(({ value }) => listIn(value, 'plugins'));
  const configurations = [
    ...plugins.map((plugin) => objectIn(plugin, 'configuration')),
    ...objectsOfKind(set, 'PodSecurityConfiguration').map(({ value }) => value),
  ];
  return configurations
    .filter((each) => textIn(each, 'kind') === 'PodSecurityConfiguration')
    .some((each) => ['baseline', 'restricted'].includes(textIn(objectIn(each, 'defaults'), 'enforce') ?? ''));
}

/** The kind of a policy that may do the same. */
function engineIn(set: ObjectSet): string | undefined {
  const kinds = ['ValidatingAdmissionPolicy', 'ClusterPolicy', 'ValidatingPolicy', 'ConstraintTemplate'];
  return kinds.find((kind) => objectsOfKind(set, kind).some(({ value }) => isObject(value.spec)));
}
