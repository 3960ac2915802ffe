import { defineControl } from '../../model/control.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { holdsStandardPod } from './pod-security-pod.ts';

export const kubernetesPssHostNamespaces = defineControl({
  id: 'kubernetes-pss-host-namespaces',
  subject: 'kubernetes-object',
  severity: 'high',
  title: {
    en: "Pod Security Standards: the pod does not use the node's namespaces",
    zh: 'Pod 安全标准：Pod 不使用节点的命名空间',
  },
  why: {
    en: "In the node's namespaces a pod reaches what listens on its loopback address only, sees its processes with their arguments, and can write to shared memory of others.",
    zh: '处于节点的命名空间中，Pod 能够访问只在节点回环地址上监听的服务，看到节点的进程及其参数，并能写入他人的共享内存。',
  },
  how: {
    en: 'Baseline, every version: spec.hostNetwork, spec.hostPID and spec.hostIPC are absent or false.',
    zh: '基线级，所有版本：spec.hostNetwork、spec.hostPID 和 spec.hostIPC 须未设置或为 false。',
  },
  references: {
    cisKubernetes: ['5.2.3', '5.2.4', '5.2.5'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: [
      'k8s-pss-host-namespaces',
      'KSV-0008',
      'KSV-0009',
      'KSV-0010',
      'C-0038',
      'C-0041',
      'C-0194',
      'C-0195',
      'C-0196',
      'C-0214',
      'C-0215',
      'C-0216',
      'C-0275',
      'C-0276',
      'CKV_K8S_17',
      'CKV_K8S_18',
      'CKV_K8S_19',
      'CKV_K8S_1',
      'CKV_K8S_3',
      'CKV_K8S_4',
      'kube-linter:host-network',
      'kube-linter:host-pid',
      'kube-linter:host-ipc',
    ],
    links: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  },
  counterexample: {
    bad: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      hostNetwork: true
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
`,
    good: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsStandardPod,

  judge(object) {
    return verdictsOn(breachesIn(object.pod), object, {
      en: "It uses none of the node's namespaces.",
      zh: '未使用节点的任何命名空间。',
    });
  },

  remedy({ pod }) {
    return changeObject(
      breachesIn(pod).map(({ path }) => ({ path })),
      {
        en: "Leave the node's namespaces. Publish ports through a Service.",
        zh: '不再使用节点的命名空间。端口通过 Service 发布。',
      },
    );
  },
});

const names = { hostNetwork: 'network', hostPID: 'PID', hostIPC: 'IPC' } as const;

function breachesIn(pod: PodTemplate | undefined): Breach[] {
  if (!pod) return [];
  return Object.entries(names).flatMap(([field, name]): Breach[] => {
    if (pod.spec[field] !== true) return [];
    const chinese = name === 'network' ? '网络' : ` ${name} `;
    const message = {
      en: `The pod uses the node's ${name} namespace.`,
      zh: `Pod 使用节点的${chinese}命名空间。`,
    };
    return [{ path: [...pod.path, 'spec', field], value: true, message }];
  });
}
