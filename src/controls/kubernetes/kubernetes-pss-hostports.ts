import { defineControl } from '../../model/control.ts';
import { isObject, listIn } from '../../model/json.ts';
import { podContainers, type PodTemplate } from '../../model/kubernetes.ts';
import { changeObject } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { holdsStandardPod } from './pod-security-pod.ts';
import { containerWords } from './security-context.ts';

export const kubernetesPssHostports = defineControl({
  id: 'kubernetes-pss-hostports',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Pod Security Standards: no container takes a port of the node',
    zh: 'Pod 安全标准：容器不占用节点端口',
  },
  why: {
    en: "A port of the node passes by Services and mostly by network policies too, opens the container to everyone who reaches the node, and can stand in the place of the node's own services.",
    zh: '节点端口绕过 Service，多半也绕过网络策略，使所有能访问节点的人都能访问该容器，还可能冒充节点自身的服务。',
  },
  how: {
    en: 'Baseline, every version: ports[].hostPort of every container is absent or 0.',
    zh: '基线级，所有版本：每个容器的 ports[].hostPort 须未设置或为 0。',
  },
  references: {
    cisKubernetes: ['5.2.12'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['k8s-pss-hostports', 'KSV-0024', 'C-0044', 'C-0204', 'CKV_K8S_26'],
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
      ports:
        - containerPort: 8080
          hostPort: 80
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
  appliesTo: holdsStandardPod,

  judge(object) {
    return verdictsOn(breachesIn(object.pod), object, {
      en: 'Its containers take no port of the node.',
      zh: '其容器未占用节点端口。',
    });
  },

  remedy({ pod }) {
    return changeObject(
      breachesIn(pod).map(({ path }) => ({ path })),
      {
        en: 'Take hostPort away, and publish the port through a Service.',
        zh: '去掉 hostPort，通过 Service 发布端口。',
      },
    );
  },
});

function breachesIn(pod: PodTemplate | undefined): Breach[] {
  return (pod ? podContainers(pod) : []).flatMap((entry) =>
    listIn(entry.value, 'ports').flatMap((port, index): Breach[] => {
      const value = isObject(port) ? (port.hostPort ?? 0) : 0;
      if (value === 0) return [];
      const words = containerWords(entry);
      const number = JSON.stringify(value);
      const message = {
        en: `${words.en} takes port ${number} of its node.`,
        zh: `${words.zh} 占用节点的端口 ${number}。`,
      };
      return [{ path: [...entry.path, 'ports', index, 'hostPort'], value, message }];
    }),
  );
}
