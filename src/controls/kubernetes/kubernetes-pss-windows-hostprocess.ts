import { defineControl } from '../../model/control.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { holdsStandardPod } from './pod-security-pod.ts';
import { holdersIn, settingOf } from './security-context.ts';

const field = ['windowsOptions', 'hostProcess'] as const;

export const kubernetesPssWindowsHostprocess = defineControl({
  id: 'kubernetes-pss-windows-hostprocess',
  subject: 'kubernetes-object',
  severity: 'critical',
  title: {
    en: 'Pod Security Standards: no Windows container runs as a process of the node',
    zh: 'Pod 安全标准：Windows 容器不作为节点进程运行',
  },
  why: {
    en: 'A HostProcess container is no container: it runs on the Windows node itself, with its files, network and rights.',
    zh: 'HostProcess 容器实际上不是容器：它直接运行在 Windows 节点上，拥有节点的文件、网络和权限。',
  },
  how: {
    en: 'Baseline, every version: windowsOptions.hostProcess of the pod and of every container is absent or false.',
    zh: '基线级，所有版本：Pod 及每个容器的 windowsOptions.hostProcess 须未设置或为 false。',
  },
  references: {
    cisKubernetes: ['5.2.10'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['k8s-pss-windows-hostprocess', 'KSV-0103', 'C-0202'],
    links: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/',
    ],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  securityContext:
    windowsOptions:
      hostProcess: true
  containers:
    - name: agent
      image: registry.example/shop/agent:1.4.2
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  securityContext:
    windowsOptions:
      hostProcess: false
  containers:
    - name: agent
      image: registry.example/shop/agent:1.4.2
`,
  },
  appliesTo: holdsStandardPod,

  judge(object) {
    return verdictsOn(breachesIn(object.pod), object, {
      en: 'None of its containers is a process of the node.',
      zh: '其容器均不作为节点进程运行。',
    });
  },

  remedy({ pod }) {
    return changeObject(
      breachesIn(pod).map(({ path }) => ({ path })),
      { en: 'Take hostProcess away.', zh: '去掉 hostProcess。' },
    );
  },
});

function breachesIn(pod: PodTemplate | undefined): Breach[] {
  return holdersIn(pod)
    .filter((holder) => settingOf(holder, field) === true)
    .map(({ words, path }) => ({
      path: [...path, ...field],
      value: true,
      message: { en: `${words.en} runs on the node itself.`, zh: `${words.zh} 直接运行在节点上。` },
    }));
}
