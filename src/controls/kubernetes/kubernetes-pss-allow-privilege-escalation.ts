import { defineControl } from '../../model/control.ts';
import { listIn, objectIn } from '../../model/json.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { changeObject, type FieldChange } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { withoutEntries } from './pod-security-list.ts';
import { holdsStandardPod, onWindows } from './pod-security-pod.ts';
import { notYet } from './pod-security-version.ts';
import { containerHoldersIn, type Holder, settingOf } from './security-context.ts';

export const kubernetesPssAllowPrivilegeEscalation = defineControl({
  id: 'kubernetes-pss-allow-privilege-escalation',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Pod Security Standards: processes cannot gain privileges',
    zh: 'Pod 安全标准：进程无法获得新特权',
  },
  why: {
    en: 'Without it an attacker who runs as an ordinary user becomes root in the container through any setuid program of the image.',
    zh: '若不设置，以普通用户身份运行的攻击者可以借助镜像中任意一个 setuid 程序变成容器内的 root。',
  },
  how: {
    en: 'Restricted, from 1.8 on: allowPrivilegeEscalation of every container is false, written out; it cannot be set for the whole pod. From 1.25 on a pod whose spec.os.name is windows is let off.',
    zh: '受限级，自 1.8 版起：每个容器须明确写出 allowPrivilegeEscalation 为 false；该字段不能为整个 Pod 设置。自 1.25 版起，spec.os.name 为 windows 的 Pod 不受此限。',
  },
  references: {
    cisKubernetes: ['5.2.6'],
    nist800190: ['4.4.3'],
    podSecurity: 'restricted',
    aliases: [
      'k8s-pss-allow-privilege-escalation',
      'KSV-0001',
      'C-0016',
      'C-0197',
      'C-0217',
      'CKV_K8S_20',
      'CKV_K8S_5',
      'kube-linter:privilege-escalation-container',
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
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      securityContext:
        allowPrivilegeEscalation: false
`,
  },
  appliesTo: holdsStandardPod,

  judge(object, { kubernetesVersion: version }) {
    const breaches = escalating(object.pod).map((holder) => ({
      path: [...holder.path, 'allowPrivilegeEscalation'],
      value: settingOf(holder, ['allowPrivilegeEscalation']),
      message: {
        en: `${holder.words.en} does not set allowPrivilegeEscalation to false.`,
        zh: `${holder.words.zh} 未将 allowPrivilegeEscalation 设为 false。`,
      },
    }));
    return (
      notYet(version, 8) ??
      onWindows(object.pod, version) ??
      verdictsOn(breaches, object, {
        en: 'The processes of its containers cannot gain privileges.',
        zh: '其容器内的进程无法获得新特权。',
      })
    );
  },

  remedy({ pod }) {
    return changeObject(escalating(pod).flatMap(withoutEscalation), {
      en: 'Set allowPrivilegeEscalation to false for every container. sudo and su no longer work in it then.',
      zh: '将每个容器的 allowPrivilegeEscalation 设为 false。此后容器内的 sudo、su 等程序将无法提权。',
    });
  },
});

function escalating(pod: PodTemplate | undefined): Holder[] {
  return containerHoldersIn(pod).filter((holder) => settingOf(holder, ['allowPrivilegeEscalation']) !== false);
}

/** The API refuses the field beside what it contradicts: that goes too. */
function withoutEscalation(holder: Holder): FieldChange[] {
  const { context, path } = holder;
  const added = listIn(objectIn(context, 'capabilities'), 'add');
  return [
    { path: [...path, 'allowPrivilegeEscalation'], value: false },
    ...(settingOf(holder, ['privileged']) === true ? [{ path: [...path, 'privileged'] }] : []),
    ...withoutEntries([...path, 'capabilities', 'add'], added, (entry) => entry === 'CAP_SYS_ADMIN'),
  ];
}
