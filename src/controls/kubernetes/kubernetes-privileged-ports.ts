import { defineControl } from '../../model/control.ts';
import { isObject, listIn } from '../../model/json.ts';
import { podContainers, type PodTemplate } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { containerWords } from './security-context.ts';
import { holdsLinuxPod } from './workload-pod.ts';

export const kubernetesPrivilegedPorts = defineControl({
  id: 'kubernetes-privileged-ports',
  subject: 'kubernetes-object',
  severity: 'info',
  title: { en: 'Containers listen on ports from 1024 up', zh: '容器监听 1024 及以上的端口' },
  why: {
    en: 'Ports below 1024 tempt people to start a program as root or to leave it NET_BIND_SERVICE. A Service can show the same port to its clients with a high one behind it.',
    zh: '1024 以下的端口容易让人以 root 启动程序，或为其保留 NET_BIND_SERVICE。Service 可以对客户端保持原端口，而后端使用高位端口。',
  },
  how: {
    en: 'No containerPort is below 1024. Runtimes of today let any user of a pod open such ports, so that this is a remark rather than a fault.',
    zh: '任何 containerPort 都不小于 1024。如今的运行时允许 Pod 内的任意用户打开这些端口，因此这只是提示，并非缺陷。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-privileged-ports', 'KSV-0117', 'kube-linter:privileged-ports'],
    links: ['https://kubernetes.io/docs/concepts/services-networking/service/'],
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
      ports:
        - containerPort: 80
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      ports:
        - containerPort: 8080
`,
  },
  appliesTo: holdsLinuxPod,

  judge(object) {
    return verdictsOn(breachesIn(object.pod), object, {
      en: 'Its containers declare no port below 1024.',
      zh: '其容器未声明 1024 以下的端口。',
    });
  },

  remedy() {
    return byHand({
      en: 'Let the program listen on a port from 1024 up, set containerPort to it, and point targetPort of the Service at it.',
      zh: '让程序监听 1024 及以上的端口，将 containerPort 改为该端口，并让 Service 的 targetPort 指向它。',
    });
  },
});

function breachesIn(pod: PodTemplate | undefined): Breach[] {
  return (pod ? podContainers(pod) : []).flatMap((entry) =>
    listIn(entry.value, 'ports').flatMap((port, index): Breach[] => {
      const number = isObject(port) ? port.containerPort : undefined;
      if (typeof number !== 'number' || number <= 0 || number >= 1024) return [];
      const words = containerWords(entry);
      return [
        {
          path: [...entry.path, 'ports', index, 'containerPort'],
          value: number,
          message: { en: `${words.en} listens on port ${number}.`, zh: `${words.zh} 监听端口 ${number}。` },
        },
      ];
    }),
  );
}
