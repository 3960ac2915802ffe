import { defineControl } from '../../model/control.ts';
import { listIn, objectIn } from '../../model/json.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { effectiveSettings } from './effective-setting.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { holdsLinuxPod } from './workload-pod.ts';

export const kubernetesRootGroup = defineControl({
  id: 'kubernetes-root-group',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'No container is put into the root group', zh: '不将容器放入 root 组' },
  why: {
    en: 'Many system files may be read, and some written, by group 0. A process in it that breaks out, or that sees a path of the node, has these rights there too.',
    zh: '许多系统文件允许组 0 读取，有些还允许其写入。处于该组的进程一旦逃逸，或能看到节点上的路径，就同样拥有这些权限。',
  },
  how: {
    en: 'runAsGroup in force for every container is not 0, and neither fsGroup nor supplementalGroups of the pod names 0. Only what is written counts: a group that the image chooses is not known here.',
    zh: '每个容器实际生效的 runAsGroup 不为 0，且 Pod 的 fsGroup 和 supplementalGroups 均不含 0。只看清单中写明的设置：由镜像决定的组在此无从得知。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-root-group', 'KSV-0116'],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    runAsGroup: 0
    supplementalGroups: [0, 20000]
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
    runAsGroup: 10001
    supplementalGroups: [20000]
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsLinuxPod,

  judge(object) {
    return verdictsOn(breachesIn(object.pod), object, {
      en: 'Nothing puts its containers into the root group.',
      zh: '没有将其容器放入 root 组的设置。',
    });
  },

  remedy() {
    return byHand({
      en: 'Use a group of its own that may read and write what the program needs, for runAsGroup and fsGroup alike.',
      zh: '为 runAsGroup 和 fsGroup 使用能够读写程序所需文件的专用组。',
    });
  },
});

function breachesIn(pod: PodTemplate | undefined): Breach[] {
  if (!pod) return [];
  const primary = effectiveSettings(pod, 'runAsGroup')
    .filter(({ value }) => value === 0)
    .map(({ path, words }) => ({
      path,
      value: 0,
      message: { en: `${words.en} is set to run in the root group.`, zh: `${words.zh} 被设为以 root 组运行。` },
    }));
  const context = objectIn(pod.spec, 'securityContext');
  const path = [...pod.path, 'spec', 'securityContext'];
  const message = { en: 'The pod joins the root group.', zh: 'Pod 加入了 root 组。' };
  const shared = context.fsGroup === 0 ? [{ path: [...path, 'fsGroup'], value: 0, message }] : [];
  const listed = listIn(context, 'supplementalGroups').flatMap((group, index) =>
    group === 0 ? [{ path: [...path, 'supplementalGroups', index], value: 0, message }] : [],
  );
  return [...primary, ...shared, ...listed];
}
