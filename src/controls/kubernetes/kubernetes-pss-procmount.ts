import { defineControl } from '../../model/control.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { hasUserNamespace, holdsStandardPod } from './pod-security-pod.ts';
import { containerHoldersIn, settingOf } from './security-context.ts';

export const kubernetesPssProcmount = defineControl({
  id: 'kubernetes-pss-procmount',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Pod Security Standards: /proc stays masked',
    zh: 'Pod 安全标准：/proc 保持屏蔽',
  },
  why: {
    en: "An unmasked /proc shows keys and memory of the node's kernel and lets root in the container change its settings.",
    zh: '未屏蔽的 /proc 会暴露节点内核的密钥和内存，并使容器内的 root 能够更改内核设置。',
  },
  how: {
    en: 'Every version: procMount of every container is absent or Default. At the baseline level, from 1.35 on, a pod with hostUsers: false may set it as it likes; at the restricted level it may not.',
    zh: '所有版本：每个容器的 procMount 须未设置或为 Default。基线级自 1.35 版起，hostUsers 为 false 的 Pod 可任意设置；受限级则不可。',
  },
  references: {
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['k8s-pss-procmount', 'KSV-0027', 'kube-linter:unsafe-proc-mount'],
    links: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  },
  parameters: {
    restricted: {
      default: false,
      description: {
        en: 'Judge as the restricted level does: pods with a user namespace of their own keep /proc masked too.',
        zh: '按受限级判断：拥有独立用户命名空间的 Pod 也须保持 /proc 屏蔽。',
      },
    },
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      securityContext:
        procMount: Unmasked
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      securityContext:
        procMount: Default
`,
  },
  appliesTo: holdsStandardPod,

  judge(object, { parameters, kubernetesVersion }) {
    const relaxed = !parameters.restricted && hasUserNamespace(object.pod, kubernetesVersion);
    return verdictsOn(relaxed ? [] : breachesIn(object.pod), object, {
      en: relaxed ? 'The pod has a user namespace of its own.' : 'Its containers leave /proc masked.',
      zh: relaxed ? 'Pod 拥有独立的用户命名空间。' : '其容器保持 /proc 屏蔽。',
    });
  },

  remedy({ pod }) {
    return changeObject(
      breachesIn(pod).map(({ path }) => ({ path })),
      { en: 'Take procMount away.', zh: '去掉 procMount。' },
    );
  },
});

function breachesIn(pod: PodTemplate | undefined): Breach[] {
  return containerHoldersIn(pod).flatMap((holder): Breach[] => {
    const value = settingOf(holder, ['procMount']);
    if (value === undefined || value === 'Default') return [];
    const message = { en: `${holder.words.en} has an unmasked /proc.`, zh: `${holder.words.zh} 的 /proc 未屏蔽。` };
    return [{ path: [...holder.path, 'procMount'], value, message }];
  });
}
