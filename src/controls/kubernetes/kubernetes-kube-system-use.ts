import { defineControl } from '../../model/control.ts';
import { type JsonObject, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { pass } from '../../model/verdict.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { wholeContainers } from './workload-pod.ts';

const systemNamespaces: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);
const projectRegistry = /^(?:registry\.k8s\.io|k8s\.gcr\.io|gcr\.io\/google[_-]containers)\//;
const addOnLabels = ['k8s-app', 'kubernetes.io/cluster-service', 'addonmanager.kubernetes.io/mode', 'k8s-addon'];

export const kubernetesKubeSystemUse = defineControl({
  id: 'kubernetes-kube-system-use',
  subject: 'kubernetes-object',
  severity: 'low',
  title: {
    en: "Only parts of the cluster run in the cluster's own namespaces",
    zh: '集群自身的命名空间中只运行集群组件',
  },
  why: {
    en: 'Secrets and accounts of kube-system are worth the whole cluster, and its pods are mostly let off by policies. A program there is one step away from both.',
    zh: 'kube-system 中的密钥和账户等同于整个集群，且其中的 Pod 多半不受策略约束。运行在那里的程序离两者只有一步之遥。',
  },
  how: {
    en: 'An object that runs pods is not written for kube-system, kube-public or kube-node-lease, unless it shows to be a part of the cluster: by a system priority class, a label of an add-on or of the control plane, or an image of the Kubernetes project.',
    zh: '运行 Pod 的对象不应写入 kube-system、kube-public 或 kube-node-lease，除非能看出它属于集群本身：使用系统优先级类，带有插件或控制面标签，或使用 Kubernetes 项目的镜像。',
  },
  references: {
    nist800190: ['4.3.4'],
    aliases: ['k8s-kube-system-use', 'KSV-0037'],
    links: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: kube-system
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: ({ pod, namespace }) => pod !== undefined && namespace !== undefined,

  judge(object) {
    const { namespace = '' } = object;
    const isSystem = systemNamespaces.has(namespace);
    if (isSystem && isPartOfCluster(object)) {
      return pass({ en: 'It shows to be a part of the cluster.', zh: '它表明自己是集群的组成部分。' });
    }
    const breach = {
      path: ['metadata', 'namespace'],
      value: namespace,
      message: {
        en: `It runs in ${namespace}, and nothing shows that it is a part of the cluster.`,
        zh: `它运行在 ${namespace} 中，却没有任何迹象表明它是集群的组成部分。`,
      },
    };
    return verdictsOn(isSystem ? [breach] : [], object, {
      en: `It runs in the namespace ${namespace}.`,
      zh: `它运行在 ${namespace} 命名空间中。`,
    });
  },

  remedy() {
    return byHand({
      en: 'Move it, and what refers to it, to a namespace of its own.',
      zh: '将它及引用它的对象移到专用的命名空间。',
    });
  },
});

function isPartOfCluster({ pod, value }: KubernetesObject): boolean {
  if (!pod) return false;
  if (textIn(pod.spec, 'priorityClassName')?.startsWith('system-')) return true;
  return (
    [objectIn(value.metadata, 'labels'), objectIn(pod.metadata, 'labels')].some(areOfAddOn) ||
    wholeContainers(pod).some((entry) => projectRegistry.test(textIn(entry.value, 'image') ?? ''))
  );
}

function areOfAddOn(labels: JsonObject): boolean {
  return labels.tier === 'control-plane' || addOnLabels.some((name) => Object.hasOwn(labels, name));
}
