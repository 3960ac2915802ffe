import { defineControl } from '../../model/control.ts';
import { changeObject } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { holdsStandardPod, onWindows } from './pod-security-pod.ts';
import { runtimeDefault, worthOfSeccomp } from './pod-security-seccomp.ts';
import { notYet } from './pod-security-version.ts';
import { holdersIn, inheritedFaults, settingOf } from './security-context.ts';

export const kubernetesPssSeccompRestricted = defineControl({
  id: 'kubernetes-pss-seccomp-restricted',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Pod Security Standards: a seccomp profile is set',
    zh: 'Pod 安全标准：设置了 seccomp 配置文件',
  },
  why: {
    en: 'Unless the kubelet is told otherwise, Kubernetes starts containers without seccomp: every system call of the kernel can be attacked then.',
    zh: '除非 kubelet 另有设置，Kubernetes 启动的容器不带 seccomp，内核的每个系统调用都可能遭到攻击。',
  },
  how: {
    en: 'Restricted, from 1.19 on: every container has a seccompProfile of the type RuntimeDefault or Localhost, its own or that of the pod, and none of any other type is set anywhere. From 1.25 on a pod whose spec.os.name is windows is let off.',
    zh: '受限级，自 1.19 版起：每个容器自身或其 Pod 须有类型为 RuntimeDefault 或 Localhost 的 seccompProfile，且任何位置都不得设置其他类型。自 1.25 版起，spec.os.name 为 windows 的 Pod 不受此限。',
  },
  references: {
    cisKubernetes: ['5.6.2'],
    nist800190: ['4.4.3'],
    podSecurity: 'restricted',
    aliases: ['k8s-pss-seccomp-restricted', 'KSV-0030', 'C-0210', 'CKV_K8S_31', 'CKV_K8S_32'],
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
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsStandardPod,

  judge(object, { kubernetesVersion: version }) {
    const breaches = inheritedFaults(object.pod, worthOfSeccomp).map(({ holder, worth }) => ({
      path: [...holder.path, 'seccompProfile', 'type'],
      value: settingOf(holder, ['seccompProfile', 'type']),
      message:
        worth === 'bad'
          ? {
              en: `${holder.words.en} does not leave a seccomp profile on.`,
              zh: `${holder.words.zh} 没有保留 seccomp 配置文件。`,
            }
          : {
              en: `${holder.words.en} has no seccomp profile, and its pod sets none.`,
              zh: `${holder.words.zh} 没有 seccomp 配置文件，其 Pod 也未设置。`,
            },
    }));
    return (
      notYet(version, 19) ??
      onWindows(object.pod, version) ??
      verdictsOn(breaches, object, {
        en: 'Each of its containers has a seccomp profile.',
        zh: '其每个容器都有 seccomp 配置文件。',
      })
    );
  },

  remedy({ pod }) {
    const faults = inheritedFaults(pod, worthOfSeccomp);
    const bad = faults.filter(({ worth }) => worth === 'bad').map(({ holder }) => holder);
    const itself = faults.some(({ worth }) => worth === 'absent') ? holdersIn(pod).slice(0, 1) : [];
    return changeObject([...itself, ...bad].flatMap(runtimeDefault), {
      en: "Set the runtime's profile for the whole pod; if it forbids a call that the service needs, allow that call in a profile of its own.",
      zh: '为整个 Pod 设置运行时的配置文件；若它禁止了服务所需的某个系统调用，请使用自定义配置文件单独放行。',
    });
  },
});
