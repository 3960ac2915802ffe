import { defineControl } from '../../model/control.ts';
import { textIn } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { holdsWholePod } from './whole-pod.ts';

export const kubernetesPriorityClass = defineControl({
  id: 'kubernetes-priority-class',
  subject: 'kubernetes-object',
  severity: 'info',
  title: { en: 'Pods name their priority class', zh: 'Pod 指定优先级类' },
  why: {
    en: 'When nodes are full, priorities say which pods are taken away for others. Without them the shop and a test are worth the same.',
    zh: '节点已满时，由优先级决定哪些 Pod 为其他 Pod 让位。未设置时，线上服务与测试程序一视同仁。',
  },
  how: {
    en: 'priorityClassName of the pod is set, and where classes are listed, it is one of them.',
    zh: 'Pod 设置了 priorityClassName；若列出了允许的类，则须为其中之一。',
  },
  references: {
    aliases: ['k8s-priority-class', 'kube-linter:priority-class-name'],
    links: ['https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/'],
  },
  parameters: {
    allowed: {
      default: [] as readonly string[],
      description: { en: 'Classes that may be named; empty: any.', zh: '允许使用的优先级类；留空表示不限。' },
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
  priorityClassName: shop
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsWholePod,

  judge(object, { parameters: { allowed } }) {
    const name = textIn(object.pod?.spec, 'priorityClassName') ?? '';
    const isGood = name !== '' && (allowed.length === 0 || allowed.includes(name));
    const breach = {
      path: [...(object.pod?.path ?? []), 'spec', 'priorityClassName'],
      value: name === '' ? undefined : name,
      message:
        name === ''
          ? { en: 'It names no priority class.', zh: '未指定优先级类。' }
          : { en: `The priority class ${name} is not one of those listed.`, zh: `优先级类 ${name} 不在列表中。` },
    };
    return verdictsOn(isGood ? [] : [breach], object, {
      en: `It has the priority class ${name}.`,
      zh: `其优先级类为 ${name}。`,
    });
  },

  remedy(_object, { parameters: { allowed } }) {
    return allowed.length === 0
      ? byHand({ en: 'Name a priority class that the cluster has.', zh: '指定集群中已有的优先级类。' }, [
          'kubectl get priorityclasses',
        ])
      : byHand({ en: `Name one of ${allowed.join(', ')}.`, zh: `指定以下之一：${allowed.join('、')}。` });
  },
});
