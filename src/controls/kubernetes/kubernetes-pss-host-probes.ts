import { defineControl } from '../../model/control.ts';
import { valueAt } from '../../model/json.ts';
import { podContainers, type PodTemplate } from '../../model/kubernetes.ts';
import { changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { holdsStandardPod } from './pod-security-pod.ts';
import { notYet } from './pod-security-version.ts';
import { containerWords } from './security-context.ts';

export const kubernetesPssHostProbes = defineControl({
  id: 'kubernetes-pss-host-probes',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Pod Security Standards: probes and hooks name no host',
    zh: 'Pod 安全标准：探针与生命周期钩子不指定主机',
  },
  why: {
    en: 'The kubelet sends probes and hooks from the node. With a host of their own they make it send requests to places that the pod itself cannot reach.',
    zh: '探针和钩子由 kubelet 从节点发出。若指定了主机，就能借它向 Pod 自身无法访问的地方发送请求。',
  },
  how: {
    en: 'Baseline, from 1.34 on: host of every httpGet and tcpSocket is absent or empty, in the liveness, readiness and startup probes and in the postStart and preStop hooks of every container.',
    zh: '基线级，自 1.34 版起：每个容器的存活、就绪、启动探针以及 postStart、preStop 钩子中，httpGet 和 tcpSocket 的 host 须未设置或为空。',
  },
  references: {
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['k8s-pss-host-probes'],
    links: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
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
      livenessProbe:
        httpGet:
          host: shop.example
          port: 8080
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      livenessProbe:
        httpGet:
          port: 8080
`,
  },
  appliesTo: holdsStandardPod,

  judge(object, { kubernetesVersion: version }) {
    return (
      notYet(version, 34) ??
      verdictsOn(breachesIn(object.pod), object, {
        en: 'Its probes and hooks name no host.',
        zh: '其探针与钩子均未指定主机。',
      })
    );
  },

  remedy({ pod }) {
    return changeObject(
      breachesIn(pod).map(({ path }) => ({ path })),
      {
        en: "Take host away: the request then goes to the pod's own address. Give the name that a server expects as a Host header.",
        zh: '去掉 host，请求便会发往 Pod 自身的地址。服务器需要的名称可用 Host 请求头给出。',
      },
    );
  },
});

const handlers = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

function breachesIn(pod: PodTemplate | undefined): Breach[] {
  return (pod ? podContainers(pod) : []).flatMap((entry) =>
    handlers
      .flatMap((handler) => [
        [...handler, 'httpGet', 'host'],
        [...handler, 'tcpSocket', 'host'],
      ])
      .flatMap((field): Breach[] => {
        const value = valueAt(entry.value, field) ?? '';
        if (value === '') return [];
        const words = containerWords(entry);
        const name = field.join('.');
        const message = { en: `${words.en} sets ${name}.`, zh: `${words.zh} 设置了 ${name}。` };
        return [{ path: [...entry.path, ...field], value, message }];
      }),
  );
}
