import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { isAskedForEach, verdictOnEach } from './namespace-object.ts';

export const kubernetesLimitrange = defineControl({
  id: 'kubernetes-limitrange',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Every namespace has default limits for containers', zh: '每个命名空间都有容器的默认限额' },
  why: {
    en: 'A LimitRange gives a limit to every container that has none: without one, the next pod that somebody forgets to limit can take all memory of its node.',
    zh: 'LimitRange 会为没有限额的容器补上限额：没有它，下一个忘记设限的 Pod 就可能占满节点的全部内存。',
  },
  how: {
    en: 'Looks for a LimitRange of each Namespace that was read. Asked once a LimitRange was read at all: where there is none, they are taken to be elsewhere. One that names no namespace may be meant for this one. Namespaces of the cluster itself are left alone.',
    zh: '为读到的每个 Namespace 查找 LimitRange。仅当读到过任何 LimitRange 时才检查：一个都没有时，视为存放在别处。未写命名空间的 LimitRange 可能适用于此处。集群自身的命名空间不受限制。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-limitrange', 'KSV-0039'],
    links: ['https://kubernetes.io/docs/concepts/policy/limit-range/'],
  },
  counterexample: { bad: sample('other'), good: sample('shop') },
  appliesTo: (object) => isAskedForEach(object, 'LimitRange'),

  judge(namespace) {
    return verdictOnEach(namespace, 'LimitRange');
  },

  remedy() {
    return byHand({
      en: 'Add a LimitRange with a default for memory and processors.',
      zh: '添加 LimitRange，为内存与处理器设置默认值。',
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
kind: LimitRange
metadata:
  name: usual
  namespace: ${namespace}
spec:
  limits:
    - type: Container
      default:
        memory: 256Mi
`;
}
