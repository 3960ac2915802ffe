import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { notApplicable } from '../../model/verdict.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { since } from './pod-security-version.ts';
import { holdsWholePod } from './whole-pod.ts';
import { holdsLinuxPod } from './workload-pod.ts';

export const kubernetesUserns = defineControl({
  id: 'kubernetes-userns',
  subject: 'kubernetes-object',
  severity: 'info',
  title: { en: 'Pods have a user namespace of their own', zh: 'Pod 使用独立的用户命名空间' },
  why: {
    en: 'Root of a pod with a user namespace is an ordinary user to the node. Most ways out of a container end there with no rights.',
    zh: '使用独立用户命名空间时，Pod 中的 root 在节点上只是普通用户。多数容器逃逸手段到此便毫无权限可言。',
  },
  how: {
    en: 'hostUsers of the pod is false. Before 1.30, where the field needs an alpha feature, on Windows, and for pods that share a namespace of the node, which the API does not allow together, the question does not arise.',
    zh: 'Pod 的 hostUsers 为 false。1.30 之前该字段依赖 alpha 特性；Windows 上没有该功能；与节点共享命名空间的 Pod 又不允许同时使用，因此均不作判断。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-userns'],
    links: ['https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/'],
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
  hostUsers: false
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: (object) => holdsLinuxPod(object) && holdsWholePod(object),

  judge(object, { kubernetesVersion }) {
    const { path = [], spec = {} } = object.pod ?? {};
    if (!since(kubernetesVersion, 30)) {
      return notApplicable({ en: 'User namespaces came with 1.30.', zh: '用户命名空间自 1.30 起提供。' });
    }
    if (['hostNetwork', 'hostPID', 'hostIPC'].some((field) => spec[field] === true)) {
      return notApplicable({ en: 'It shares a namespace of its node.', zh: '它与节点共享命名空间。' });
    }
    const breach = {
      path: [...path, 'spec', 'hostUsers'],
      value: spec.hostUsers,
      message: {
        en: 'Its users are those of the node: root in it is root there.',
        zh: '它与节点共用用户：其中的 root 即节点上的 root。',
      },
    };
    return verdictsOn(spec.hostUsers === false ? [] : [breach], object, {
      en: 'It has a user namespace of its own.',
      zh: '它有独立的用户命名空间。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Set hostUsers: false once the nodes can do it: Linux 6.3, containerd 2.0 or CRI-O 1.25, and file systems of its volumes with idmapped mounts.',
        zh: '确认节点支持后设置 hostUsers: false：需要 Linux 6.3、containerd 2.0 或 CRI-O 1.25，且其卷的文件系统支持 idmap 挂载。',
      },
      [],
      'recreate',
    );
  },
});
