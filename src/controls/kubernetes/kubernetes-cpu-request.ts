import { defineControl } from '../../model/control.ts';
import { changeObject } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { missingRequests, requestFields } from './resource-request.ts';
import { holdsPod } from './workload-pod.ts';

export const kubernetesCpuRequest = defineControl({
  id: 'kubernetes-cpu-request',
  subject: 'kubernetes-object',
  severity: 'low',
  title: { en: 'Containers ask for the processor time that they need', zh: '容器申请其所需的 CPU' },
  why: {
    en: 'The scheduler places pods by what they ask for. A container that asks for nothing lands on a node that is full already, and gets the least of all when its neighbours are busy.',
    zh: '调度器按申请量安放 Pod。什么都不申请的容器会被放到早已繁忙的节点上，而在邻居繁忙时分到的 CPU 最少。',
  },
  how: {
    en: 'resources.requests.cpu is set for every container that keeps running. A limit is a request too, and so is an amount of the whole pod, or one that a LimitRange read together with it gives to its namespace. Init and ephemeral containers are not asked.',
    zh: '每个持续运行的容器都须设置 resources.requests.cpu。只设置上限时，申请量等同于上限；为整个 Pod 设置的用量，或一并读取的 LimitRange 赋予其命名空间的默认值，同样计入。init 容器和临时容器不作此判断。',
  },
  references: {
    cisKubernetes: ['5.6.3'],
    nist800190: ['4.4.3'],
    aliases: [
      'k8s-cpu-request',
      'k8s-resource-limits',
      'KSV-0015',
      'CKV_K8S_10',
      'C-0268',
      'kube-linter:unset-cpu-requirements',
    ],
    links: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
  },
  parameters: {
    suggested: {
      default: '100m',
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
          cpu: 100m
`,
  },
  appliesTo: holdsPod,

  judge(object) {
    return verdictsOn(missingRequests(object, 'cpu'), object, {
      en: 'Its containers ask for processor time.',
      zh: '其容器已申请 CPU。',
    });
  },

  remedy(object, { parameters: { suggested } }) {
    return changeObject(requestFields(object, 'cpu', suggested), {
      en: `Ask for ${suggested}, or for what the container has been seen to use in a busy hour.`,
      zh: `申请 ${suggested}，或按观测到的繁忙时段用量申请。`,
    });
  },
});
