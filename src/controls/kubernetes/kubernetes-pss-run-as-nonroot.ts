import { defineControl } from '../../model/control.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { hasUserNamespace, holdsStandardPod } from './pod-security-pod.ts';
import { type Holder, holdersIn, inheritedFaults, settingOf, type Worth } from './security-context.ts';

export const kubernetesPssRunAsNonroot = defineControl({
  id: 'kubernetes-pss-run-as-nonroot',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Pod Security Standards: containers must not run as root',
    zh: 'Pod 安全标准：容器必须以非 root 身份运行',
  },
  why: {
    en: 'Root in the container is root to the kernel as well: every flaw of the runtime and every mistake in a mount weighs more.',
    zh: '容器内的 root 对内核而言同样是 root：运行时的每个漏洞、挂载的每处失误后果都会更严重。',
  },
  how: {
    en: 'Restricted, every version: runAsNonRoot is true for every container, its own or that of the pod, and false nowhere. From 1.35 on a pod with hostUsers: false is let off. A runAsUser other than 0 does not replace it.',
    zh: '受限级，所有版本：每个容器自身或其 Pod 的 runAsNonRoot 须为 true，且任何位置都不得为 false。自 1.35 版起，hostUsers 为 false 的 Pod 不受此限。非 0 的 runAsUser 不能替代它。',
  },
  references: {
    cisKubernetes: ['5.2.7'],
    nist800190: ['4.4.3'],
    podSecurity: 'restricted',
    aliases: [
      'k8s-pss-run-as-nonroot',
      'KSV-0012',
      'C-0013',
      'C-0198',
      'C-0218',
      'CKV_K8S_23',
      'CKV_K8S_6',
      'kube-linter:run-as-non-root',
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
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    runAsNonRoot: true
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsStandardPod,

  judge(object, { kubernetesVersion }) {
    const relaxed = hasUserNamespace(object.pod, kubernetesVersion);
    const breaches = inheritedFaults(relaxed ? undefined : object.pod, worthOf).map(({ holder, worth }) => ({
      path: [...holder.path, 'runAsNonRoot'],
      value: settingOf(holder, ['runAsNonRoot']),
      message:
        worth === 'bad'
          ? { en: `${holder.words.en} lets root run.`, zh: `${holder.words.zh} 允许以 root 身份运行。` }
          : {
              en: `${holder.words.en} does not set runAsNonRoot, and neither does its pod.`,
              zh: `${holder.words.zh} 及其 Pod 均未设置 runAsNonRoot。`,
            },
    }));
    return verdictsOn(breaches, object, {
      en: relaxed ? 'The pod has a user namespace of its own.' : 'None of its containers may run as root.',
      zh: relaxed ? 'Pod 拥有独立的用户命名空间。' : '其容器均不得以 root 身份运行。',
    });
  },

  remedy({ pod }) {
    const holders = holdersIn(pod);
    if (holders.some((holder) => settingOf(holder, ['runAsUser']) === 0)) {
      return byHand({
        en: 'Choose a user other than root for it first (runAsUser); then set runAsNonRoot to true.',
        zh: '先为其选定非 root 用户（runAsUser），再将 runAsNonRoot 设为 true。',
      });
    }
    const faults = inheritedFaults(pod, worthOf);
    const bad = faults.filter(({ worth }) => worth === 'bad').map(({ holder }) => holder);
    const itself = faults.some(({ worth }) => worth === 'absent') ? holders.slice(0, 1) : [];
    return changeObject(
      [...itself, ...bad].map(({ path }) => ({ path: [...path, 'runAsNonRoot'], value: true })),
      {
        en: 'Set runAsNonRoot to true. An image whose user is root does not start then: give it another with USER or runAsUser.',
        zh: '将 runAsNonRoot 设为 true。此后用户为 root 的镜像将无法启动：请用 USER 或 runAsUser 指定其他用户。',
      },
    );
  },
});

function worthOf(holder: Holder): Worth {
  const value = settingOf(holder, ['runAsNonRoot']);
  if (value === undefined) return 'absent';
  return value === true ? 'good' : 'bad';
}
