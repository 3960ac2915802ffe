import { defineControl } from '../../model/control.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { holdsStandardPod } from './pod-security-pod.ts';
import { containerHoldersIn, settingOf } from './security-context.ts';

export const kubernetesPssPrivileged = defineControl({
  id: 'kubernetes-pss-privileged',
  subject: 'kubernetes-object',
  severity: 'critical',
  title: { en: 'Pod Security Standards: no container is privileged', zh: 'Pod 安全标准：容器不得为特权容器' },
  why: {
    en: 'A privileged container has every capability and every device of its node: whoever controls it controls the node.',
    zh: '特权容器拥有节点的全部 capability 和全部设备：控制了它就控制了节点。',
  },
  how: {
    en: 'Baseline, every version: no container of the pod, init and ephemeral ones included, sets securityContext.privileged to true.',
    zh: '基线级，所有版本：Pod 的任何容器（含初始化容器和临时容器）都不得将 securityContext.privileged 设为 true。',
  },
  references: {
    cisKubernetes: ['5.2.2'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: [
      'k8s-pss-privileged',
      'KSV-0017',
      'C-0057',
      'C-0193',
      'C-0213',
      'CKV_K8S_16',
      'CKV_K8S_2',
      'kube-linter:privileged-container',
    ],
    links: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
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
        privileged: true
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsStandardPod,

  judge(object) {
    return verdictsOn(breachesIn(object.pod), object, {
      en: 'None of its containers is privileged.',
      zh: '其容器均非特权容器。',
    });
  },

  remedy({ pod }) {
    return changeObject(
      breachesIn(pod).map(({ path }) => ({ path })),
      {
        en: 'Take privileged away, and add the single capability or device that is needed.',
        zh: '去掉 privileged，只添加真正需要的 capability 或设备。',
      },
    );
  },
});

function breachesIn(pod: PodTemplate | undefined): Breach[] {
  return containerHoldersIn(pod)
    .filter((holder) => settingOf(holder, ['privileged']) === true)
    .map(({ words, path }) => ({
      path: [...path, 'privileged'],
      value: true,
      message: { en: `${words.en} is privileged.`, zh: `${words.zh} 是特权容器。` },
    }));
}
