import { defineControl } from '../../model/control.ts';
import { listIn, objectIn } from '../../model/json.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { addedBeyond, withoutAddedBeyond } from './pod-security-capabilities.ts';
import { holdsStandardPod, onWindows } from './pod-security-pod.ts';
import { notYet } from './pod-security-version.ts';
import { containerHoldersIn, type Holder, settingOf } from './security-context.ts';

const allowed: ReadonlySet<string> = new Set(['NET_BIND_SERVICE']);

export const kubernetesPssCapabilitiesRestricted = defineControl({
  id: 'kubernetes-pss-capabilities-restricted',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Pod Security Standards: every capability is dropped, and only NET_BIND_SERVICE is added',
    zh: 'Pod 安全标准：丢弃全部 capability，只允许添加 NET_BIND_SERVICE',
  },
  why: {
    en: "The runtime's default set is not made for any one program: nearly all of it is of use to an attacker and of none to the service.",
    zh: '运行时的默认集合并非为某个具体程序而设：其中几乎每一项对攻击者都有用，而服务本身却用不到。',
  },
  how: {
    en: 'Restricted, from 1.22 on: capabilities.drop of every container holds ALL, and capabilities.add holds nothing but NET_BIND_SERVICE. From 1.25 on a pod whose spec.os.name is windows is let off.',
    zh: '受限级，自 1.22 版起：每个容器的 capabilities.drop 须包含 ALL，capabilities.add 只能包含 NET_BIND_SERVICE。自 1.25 版起，spec.os.name 为 windows 的 Pod 不受此限。',
  },
  references: {
    cisKubernetes: ['5.2.9'],
    nist800190: ['4.4.3'],
    podSecurity: 'restricted',
    aliases: [
      'k8s-pss-capabilities-restricted',
      'KSV-0003',
      'KSV-0106',
      'C-0201',
      'C-0220',
      'CKV_K8S_28',
      'CKV_K8S_37',
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
        capabilities:
          drop: [NET_RAW]
          add: [CHOWN, NET_BIND_SERVICE]
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
        capabilities:
          drop: [ALL]
          add: [NET_BIND_SERVICE]
`,
  },
  appliesTo: holdsStandardPod,

  judge(object, { kubernetesVersion: version }) {
    return (
      notYet(version, 22) ??
      onWindows(object.pod, version) ??
      verdictsOn([...undropped(object.pod), ...addedBeyond(object.pod, allowed)], object, {
        en: 'Its containers drop every capability, and add at most NET_BIND_SERVICE.',
        zh: '其容器丢弃全部 capability，至多添加 NET_BIND_SERVICE。',
      })
    );
  },

  remedy({ pod }) {
    const drops = undropped(pod).map(({ path }) => ({ path, value: ['ALL'] }));
    return changeObject([...drops, ...withoutAddedBeyond(pod, allowed)], {
      en: 'Drop ALL, and add no capability but NET_BIND_SERVICE. See that the program starts without root.',
      zh: '丢弃 ALL，除 NET_BIND_SERVICE 外不添加任何 capability。请确认程序不以 root 也能启动。',
    });
  },
});

function undropped(pod: PodTemplate | undefined): Breach[] {
  return containerHoldersIn(pod)
    .filter((holder) => !droppedBy(holder).includes('ALL'))
    .map((holder) => ({
      path: [...holder.path, 'capabilities', 'drop'],
      value: settingOf(holder, ['capabilities', 'drop']),
      message: { en: `${holder.words.en} does not drop ALL.`, zh: `${holder.words.zh} 未丢弃 ALL。` },
    }));
}

function droppedBy({ context }: Holder) {
  return listIn(objectIn(context, 'capabilities'), 'drop');
}
