import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { danglingIn, danglingPeers } from './dangling-reference.ts';
import { verdictsOn } from './pod-security-breach.ts';

export const kubernetesDangling = defineControl({
  id: 'kubernetes-dangling',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'Selectors and references lead to something', zh: '选择器和引用都有对应的对象' },
  why: {
    en: 'A Service whose selector fits no pod answers nobody, and a network policy that selects none protects nothing, though both look applied.',
    zh: '选择器选不中任何 Pod 的 Service 无人应答，选不中任何 Pod 的网络策略毫无保护，而两者看上去都已应用。',
  },
  how: {
    en: 'Looks for the pods of a Service, NetworkPolicy or PodDisruptionBudget, the target of a HorizontalPodAutoscaler, the Services and ports of an Ingress and the Services of a ServiceMonitor among everything that was read together. It is asked only where others of the kind were read of the same namespace. Pods that another program may make, and labels that may be set while they run, are not counted as missing.',
    zh: '在一并读取的全部内容中，查找 Service、NetworkPolicy、PodDisruptionBudget 的 Pod，HorizontalPodAutoscaler 的目标，Ingress 的 Service 和端口，以及 ServiceMonitor 的 Service。仅当读到同一命名空间的同类对象时才判断。可能由其他程序创建的 Pod，以及可能在运行时设置的标签，不视为缺失。',
  },
  references: {
    aliases: [
      'k8s-dangling',
      'k8s-networkpolicy-label-matches',
      'C-0293',
      'C-0298',
      'C-0299',
      'C-0300',
      'C-0302',
      'kube-linter:dangling-service',
      'kube-linter:dangling-ingress',
      'kube-linter:dangling-networkpolicy',
      'kube-linter:dangling-networkpolicypeer-podselector',
      'kube-linter:dangling-horizontalpodautoscaler',
      'kube-linter:dangling-servicemonitor',
    ],
    links: ['https://kubernetes.io/docs/concepts/services-networking/service/'],
  },
  parameters: {
    wholeNamespaces: {
      default: false,
      description: {
        en: 'Whether everything of a namespace is read, so that the peers of network policies can be looked for too.',
        zh: '是否读取了命名空间的全部内容；若是，则连网络策略的对端也一并查找。',
      },
    },
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: wep
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: (object) => danglingIn(object) !== undefined || danglingPeers(object).length > 0,

  judge(object, { parameters: { wholeNamespaces } }) {
    const peers = wholeNamespaces || object.set.complete ? danglingPeers(object) : [];
    return verdictsOn([...(danglingIn(object) ?? []), ...peers], object, {
      en: 'What it refers to was read too.',
      zh: '其引用的对象均已读到。',
    });
  },

  remedy() {
    return byHand({
      en: 'Make the selector or the name agree with what is meant, or delete what nothing needs any more.',
      zh: '使选择器或名称与目标一致；若已不再需要，请删除。',
    });
  },
});
