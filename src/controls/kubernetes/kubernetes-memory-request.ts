import { defineControl } from '../../model/control.ts';
import { changeObject } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { missingRequests, requestFields } from './resource-request.ts';
import { holdsPod } from './workload-pod.ts';

export const kubernetesMemoryRequest = defineControl({
  id: 'kubernetes-memory-request',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Containers ask for the memory that they need', zh: '容器申请其所需的内存' },
  why: {
    en: 'The scheduler places pods by what they ask for. Where the containers of a node use more than they asked for, those that asked for nothing are evicted and killed first.',
    zh: '调度器按申请量安放 Pod。当节点上的容器用量超过申请量时，什么都没有申请的容器最先被驱逐和杀死。',
  },
  how: {
    en: 'resources.requests.memory is set for every container that keeps running. A limit is a request too, and so is an amount of the whole pod, or one that a LimitRange read together with it gives to its namespace. Init and ephemeral containers are not asked.',
    zh: '每个持续运行的容器都须设置 resources.requests.memory。只设置上限时，申请量等同于上限；为整个 Pod 设置的用量，或一并读取的 LimitRange 赋予其命名空间的默认值，同样计入。init 容器和临时容器不作此判断。',
  },
  references: {
    cisKubernetes: ['5.6.3'],
    nist800190: ['4.4.3'],
    aliases: ['k8s-memory-request', 'KSV-0016', 'CKV_K8S_12', 'C-0269', 'kube-linter:unset-memory-requirements'],
    links: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
  },
  parameters: {
    suggested: {
      default: '128Mi',
      description: { en: 'The amount that the remedy proposes.', zh: '修复建议采用的申请量。' },
    },
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
      resources:
        requests:
          memory: 128Mi
`,
  },
  appliesTo: holdsPod,

  judge(object) {
    return verdictsOn(missingRequests(object, 'memory'), object, {
      en: 'Its containers ask for memory.',
      zh: '其容器已申请内存。',
    });
  },

  remedy(object, { parameters: { suggested } }) {
    return changeObject(requestFields(object, 'memory', suggested), {
      en: `Ask for ${suggested}, or for what the container has been seen to use in a busy hour.`,
      zh: `申请 ${suggested}，或按观测到的繁忙时段用量申请。`,
    });
  },
});
