import { defineControl } from '../../model/control.ts';
import { isObject, type JsonValue, listIn, objectIn, textIn } from '../../model/json.ts';
import type { KubernetesVersion, PodTemplate } from '../../model/kubernetes.ts';
import { changeObject } from '../../model/remedy.ts';
import { safeKernelParameters as safe } from '../container/safe-kernel-parameters.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { withoutEntries } from './pod-security-list.ts';
import { holdsStandardPod } from './pod-security-pod.ts';
import { since } from './pod-security-version.ts';

export const kubernetesPssSysctls = defineControl({
  id: 'kubernetes-pss-sysctls',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Pod Security Standards: only safe kernel parameters are set',
    zh: 'Pod 安全标准：只设置安全的内核参数',
  },
  why: {
    en: 'Kernel parameters that do not belong to the pod alone change the node for everyone on it, and can switch its defences off.',
    zh: '不专属于该 Pod 的内核参数会影响节点上的所有人，还可能关闭节点的防护。',
  },
  how: {
    en: 'Baseline: securityContext.sysctls of the pod names only parameters that the standards of the version hold for safe, written with dots; the list has grown with 1.27, 1.29, 1.32 and 1.37.',
    zh: '基线级：Pod 的 securityContext.sysctls 只能列出该版本标准认定安全的参数，须以点号书写；该列表在 1.27、1.29、1.32 和 1.37 版有所扩充。',
  },
  references: {
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['k8s-pss-sysctls', 'KSV-0026', 'kube-linter:unsafe-sysctls'],
    links: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
      'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
    ],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    sysctls:
      - name: net.ipv4.ip_unprivileged_port_start
        value: "80"
      - name: net.core.somaxconn
        value: "4096"
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
    sysctls:
      - name: net.ipv4.ip_unprivileged_port_start
        value: "80"
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsStandardPod,

  judge(object, { kubernetesVersion }) {
    return verdictsOn(breachesIn(object.pod, kubernetesVersion), object, {
      en: 'It sets no kernel parameter but safe ones.',
      zh: '除安全的参数外，未设置任何内核参数。',
    });
  },

  remedy({ pod }, { kubernetesVersion }) {
    const fields = pod ? withoutEntries(pathIn(pod), sysctlsIn(pod), (entry) => !isSafe(entry, kubernetesVersion)) : [];
    return changeObject(fields, {
      en: 'Take these parameters away. Where the service needs one, set it on nodes that are kept for it.',
      zh: '去掉这些参数。服务若确有需要，请在专用节点上设置。',
    });
  },
});

function breachesIn(pod: PodTemplate | undefined, version: KubernetesVersion | undefined): Breach[] {
  if (!pod) return [];
  return sysctlsIn(pod).flatMap((entry, index): Breach[] => {
    if (isSafe(entry, version)) return [];
    const name = nameOf(entry);
    const soon = safe.get(name);
    const message =
      soon === undefined
        ? { en: `${name} does not count as safe.`, zh: `${name} 不属于安全参数。` }
        : {
            en: `${name} counts as safe only from version 1.${soon} on.`,
            zh: `${name} 自 1.${soon} 版起才属于安全参数。`,
          };
    return [{ path: [...pathIn(pod), index, 'name'], value: name, message }];
  });
}

function isSafe(entry: JsonValue, version: KubernetesVersion | undefined): boolean {
  const from = safe.get(nameOf(entry));
  return from !== undefined && since(version, from);
}

function nameOf(entry: JsonValue): string {
  return isObject(entry) ? (textIn(entry, 'name') ?? '') : '';
}

function sysctlsIn({ spec }: PodTemplate): readonly JsonValue[] {
  return listIn(objectIn(spec, 'securityContext'), 'sysctls');
}

function pathIn({ path }: PodTemplate) {
  return [...path, 'spec', 'securityContext', 'sysctls'];
}
