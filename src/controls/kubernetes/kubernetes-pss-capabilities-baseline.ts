import { defineControl } from '../../model/control.ts';
import { changeObject } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { addedBeyond, withoutAddedBeyond } from './pod-security-capabilities.ts';
import { holdsStandardPod } from './pod-security-pod.ts';

/** What container runtimes give by default, without NET_RAW. */
const allowed: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

export const kubernetesPssCapabilitiesBaseline = defineControl({
  id: 'kubernetes-pss-capabilities-baseline',
  subject: 'kubernetes-object',
  severity: 'high',
  title: {
    en: 'Pod Security Standards: no capability beyond the usual ones is added',
    zh: 'Pod 安全标准：不添加默认集合之外的 capability',
  },
  why: {
    en: 'Capabilities such as SYS_ADMIN, SYS_PTRACE or NET_ADMIN let a container change its node or look into other containers.',
    zh: 'SYS_ADMIN、SYS_PTRACE、NET_ADMIN 之类的 capability 使容器能够改动节点或窥探其他容器。',
  },
  how: {
    en: 'Baseline, every version: capabilities.add of every container names only capabilities of the default set without NET_RAW, written in capitals and without CAP_.',
    zh: '基线级，所有版本：每个容器的 capabilities.add 只能列出默认集合（不含 NET_RAW）中的 capability，须为大写且不带 CAP_ 前缀。',
  },
  references: {
    cisKubernetes: ['5.2.9'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['k8s-pss-capabilities-baseline', 'KSV-0022', 'C-0046', 'C-0200', 'C-0219', 'CKV_K8S_24', 'CKV_K8S_25'],
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
          add: [NET_BIND_SERVICE, NET_ADMIN]
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
          add: [NET_BIND_SERVICE]
`,
  },
  appliesTo: holdsStandardPod,

  judge(object) {
    return verdictsOn(addedBeyond(object.pod, allowed), object, {
      en: 'Its containers add no capability beyond the usual ones.',
      zh: '其容器未添加默认集合之外的 capability。',
    });
  },

  remedy({ pod }) {
    return changeObject(withoutAddedBeyond(pod, allowed), {
      en: 'Add only capabilities of the default set.',
      zh: '只添加默认集合中的 capability。',
    });
  },
});
