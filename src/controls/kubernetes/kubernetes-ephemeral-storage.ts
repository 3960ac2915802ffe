import { defineControl } from '../../model/control.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { isGiven } from './resource-request.ts';
import { containerWords } from './security-context.ts';
import { holdsPod, lastingContainers } from './workload-pod.ts';

const resource = 'ephemeral-storage';

export const kubernetesEphemeralStorage = defineControl({
  id: 'kubernetes-ephemeral-storage',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'The disk space that a container may fill is limited', zh: '限制容器可占用的磁盘空间' },
  why: {
    en: 'Logs, emptyDir volumes and the writable layer all lie on the disk of the node. A container that fills it takes every other pod of the node down with it.',
    zh: '日志、emptyDir 卷和可写层都在节点磁盘上。一个容器把它写满，节点上的其他 Pod 都会受到牵连。',
  },
  how: {
    en: 'resources.limits of every container that keeps running names ephemeral-storage; the request follows from it. A limit of the whole pod does as well.',
    zh: '每个持续运行的容器的 resources.limits 都须含有 ephemeral-storage，申请量随之确定。为整个 Pod 设置上限同样可以。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-ephemeral-storage'],
    links: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
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
      resources:
        limits: { memory: 256Mi }
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      resources:
        limits: { memory: 256Mi, ephemeral-storage: 1Gi }
`,
  },
  appliesTo: holdsPod,

  judge(object) {
    return verdictsOn(breachesIn(object.pod), object, {
      en: 'The disk space of its containers is limited.',
      zh: '其容器可占用的磁盘空间有上限。',
    });
  },

  remedy() {
    return byHand({
      en: 'Set limits.ephemeral-storage above what logs, emptyDir volumes and the writable layer have been seen to take together: a container that exceeds it is evicted.',
      zh: '将 limits.ephemeral-storage 设为高于日志、emptyDir 卷与可写层合计的观测用量：超过上限的 Pod 会被驱逐。',
    });
  },
});

function breachesIn(pod: PodTemplate | undefined): Breach[] {
  if (!pod || isGiven(pod.spec, 'limits', resource)) return [];
  return lastingContainers(pod)
    .filter(({ value }) => !isGiven(value, 'limits', resource))
    .map((entry) => {
      const words = containerWords(entry);
      return {
        path: [...entry.path, 'resources', 'limits', resource],
        value: undefined,
        message: {
          en: `${words.en} may fill the disk of its node.`,
          zh: `${words.zh} 可以写满所在节点的磁盘。`,
        },
      };
    });
}
