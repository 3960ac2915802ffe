import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { holdsStandardPod } from './pod-security-pod.ts';
import { volumesIn } from './pod-security-volume.ts';

export const kubernetesPssHostpath = defineControl({
  id: 'kubernetes-pss-hostpath',
  subject: 'kubernetes-object',
  severity: 'high',
  title: {
    en: 'Pod Security Standards: no volume is a directory of the node',
    zh: 'Pod 安全标准：不以节点目录作为卷',
  },
  why: {
    en: 'A hostPath volume shows files of the node: keys of the kubelet, sockets of the runtime, data of other pods. Where it can be written to, the node can be taken over.',
    zh: 'hostPath 卷会暴露节点上的文件：kubelet 的密钥、运行时的套接字、其他 Pod 的数据。若可写入，就能接管节点。',
  },
  how: {
    en: 'Baseline, every version: no entry of spec.volumes has a hostPath, whatever its path, used or not.',
    zh: '基线级，所有版本：spec.volumes 的任何一项都不得带有 hostPath，无论路径为何、是否被使用。',
  },
  references: {
    cisKubernetes: ['5.2.11'],
    nist800190: ['4.5.5'],
    podSecurity: 'baseline',
    aliases: ['k8s-pss-hostpath', 'KSV-0023', 'C-0048', 'C-0203'],
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
      volumeMounts:
        - { name: data, mountPath: /data }
  volumes:
    - name: data
      hostPath:
        path: /srv/web
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      volumeMounts:
        - { name: data, mountPath: /data }
  volumes:
    - name: data
      persistentVolumeClaim:
        claimName: web
`,
  },
  appliesTo: holdsStandardPod,

  judge(object) {
    const breaches = volumesIn(object.pod)
      .filter(({ sources }) => sources.includes('hostPath'))
      .map(({ name, value, path }) => ({
        path: [...path, 'hostPath'],
        value: value.hostPath,
        message: { en: `The volume ${name} is a path of the node.`, zh: `卷 ${name} 是节点上的路径。` },
      }));
    return verdictsOn(breaches, object, {
      en: 'None of its volumes is a path of the node.',
      zh: '其卷均非节点上的路径。',
    });
  },

  remedy() {
    return byHand({
      en: 'Keep data in a persistent volume claim, passing files in an emptyDir, settings in a ConfigMap or Secret. What must see the node belongs into a namespace of its own that allows it.',
      zh: '数据放在持久卷申领中，临时文件放在 emptyDir 中，配置放在 ConfigMap 或 Secret 中。必须访问节点的程序应放入专门允许它的命名空间。',
    });
  },
});
