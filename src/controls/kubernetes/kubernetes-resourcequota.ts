import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { isAskedForEach, verdictOnEach } from './namespace-object.ts';

export const kubernetesResourcequota = defineControl({
  id: 'kubernetes-resourcequota',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Every namespace has a quota', zh: '每个命名空间都有配额' },
  why: {
    en: 'Without a quota one namespace can use up the processors, the memory and the objects of the whole cluster, by mistake or on purpose.',
    zh: '没有配额，一个命名空间就可能有意或无意地耗尽整个集群的处理器、内存和对象数量。',
  },
  how: {
    en: 'Looks for a ResourceQuota of each Namespace that was read. Asked once a ResourceQuota was read at all: where there is none, they are taken to be elsewhere. One that names no namespace may be meant for this one. Namespaces of the cluster itself are left alone.',
    zh: '为读到的每个 Namespace 查找 ResourceQuota。仅当读到过任何 ResourceQuota 时才检查：一个都没有时，视为存放在别处。未写命名空间的 ResourceQuota 可能适用于此处。集群自身的命名空间不受限制。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-resourcequota', 'KSV-0040'],
    links: ['https://kubernetes.io/docs/concepts/policy/resource-quotas/'],
  },
  counterexample: { bad: sample('other'), good: sample('shop') },
  appliesTo: (object) => isAskedForEach(object, 'ResourceQuota'),

  judge(namespace) {
    return verdictOnEach(namespace, 'ResourceQuota');
  },

  remedy() {
    return byHand({
      en: 'Add a ResourceQuota with limits for memory, processors and the number of pods.',
      zh: '添加 ResourceQuota，限制内存、处理器与 Pod 数量。',
    });
  },
});

function sample(namespace: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: usual
  namespace: ${namespace}
spec:
  hard:
    limits.memory: 8Gi
    pods: "50"
`;
}
