import { defineControl } from '../../model/control.ts';
import type { JsonValue } from '../../model/json.ts';
import type { KubernetesVersion, PodTemplate } from '../../model/kubernetes.ts';
import { changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { holdsStandardPod } from './pod-security-pod.ts';
import { since } from './pod-security-version.ts';
import { holdersIn, settingOf } from './security-context.ts';

export const kubernetesPssSelinux = defineControl({
  id: 'kubernetes-pss-selinux',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Pod Security Standards: SELinux options keep a container type, without a user or role',
    zh: 'Pod 安全标准：SELinux 选项只使用容器类型，且不设置用户和角色',
  },
  why: {
    en: 'A type such as spc_t, or a user or role of the node, takes away the confinement that keeps a process that broke out from the files of the node.',
    zh: 'spc_t 之类的类型，或节点的用户、角色，会解除约束：逃出容器的进程便能触及节点上的文件。',
  },
  how: {
    en: 'Baseline, every version: type of seLinuxOptions, of the pod and of every container, is empty, container_t, container_init_t, container_kvm_t or, from 1.31 on, container_engine_t; user and role are empty.',
    zh: '基线级，所有版本：Pod 及每个容器的 seLinuxOptions 中，type 须为空、container_t、container_init_t、container_kvm_t，自 1.31 版起还可为 container_engine_t；user 和 role 须为空。',
  },
  references: {
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['k8s-pss-selinux', 'KSV-0025'],
    links: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    seLinuxOptions:
      type: spc_t
      level: s0:c123,c456
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
    seLinuxOptions:
      level: s0:c123,c456
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsStandardPod,

  judge(object, { kubernetesVersion }) {
    return verdictsOn(breachesIn(object.pod, kubernetesVersion), object, {
      en: 'Its SELinux options keep it confined.',
      zh: '其 SELinux 选项保持了约束。',
    });
  },

  remedy({ pod }, { kubernetesVersion }) {
    return changeObject(
      breachesIn(pod, kubernetesVersion).map(({ path }) => ({ path })),
      {
        en: 'Leave type, user and role to the runtime; level may stay.',
        zh: 'type、user 和 role 交由运行时决定；level 可以保留。',
      },
    );
  },
});

function breachesIn(pod: PodTemplate | undefined, version: KubernetesVersion | undefined): Breach[] {
  return holdersIn(pod).flatMap((holder) =>
    (['type', 'user', 'role'] as const).flatMap((field): Breach[] => {
      const value = settingOf(holder, ['seLinuxOptions', field]) ?? '';
      if (value === '' || (field === 'type' && isContainerType(value, version))) return [];
      const name = typeof value === 'string' ? value : JSON.stringify(value);
      const message = {
        en: `${holder.words.en} sets the SELinux ${field} ${name}.`,
        zh: `${holder.words.zh} 设置了 SELinux ${field} ${name}。`,
      };
      return [{ path: [...holder.path, 'seLinuxOptions', field], value, message }];
    }),
  );
}

function isContainerType(type: JsonValue, version: KubernetesVersion | undefined): boolean {
  if (type === 'container_engine_t') return since(version, 31);
  return type === 'container_t' || type === 'container_init_t' || type === 'container_kvm_t';
}
