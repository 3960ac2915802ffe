import { defineControl } from '../../model/control.ts';
import { isObject, listIn, objectIn, textIn } from '../../model/json.ts';
import { podContainers, type PodTemplate } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { canonicalPath, isWithin } from '../container/host-path.ts';
import { sensitivePathParameters } from '../container/sensitive-path.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { volumesIn } from './pod-security-volume.ts';
import { containerWords } from './security-context.ts';
import { holdsPod } from './workload-pod.ts';

export const kubernetesWritableHostpath = defineControl({
  id: 'kubernetes-writable-hostpath',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'Directories of the node are mounted read-only', zh: '节点目录以只读方式挂载' },
  why: {
    en: 'What a container writes to a directory of the node outlives its pod, fills the disk of everyone on the node, and waits there for the next pod that mounts it.',
    zh: '容器写入节点目录的内容不会随 Pod 消失，会占满节点上所有人共用的磁盘，并留给下一个挂载该目录的 Pod。',
  },
  how: {
    en: 'Every mount of a hostPath volume says readOnly: true. Directories that the node itself lives on are judged by container-no-sensitive-mounts and container-sensitive-mounts-readonly, and are left to them.',
    zh: 'hostPath 卷的每处挂载都须写明 readOnly: true。节点自身赖以运行的目录由 container-no-sensitive-mounts 和 container-sensitive-mounts-readonly 判断，此处不再重复。',
  },
  references: {
    nist800190: ['4.5.5'],
    aliases: ['k8s-writable-hostpath', 'C-0045', 'kube-linter:writable-host-mount'],
    links: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
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
        - name: media
          mountPath: /media
  volumes:
    - name: media
      hostPath:
        path: /srv/media
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
        - name: media
          mountPath: /media
          readOnly: true
  volumes:
    - name: media
      hostPath:
        path: /srv/media
`,
  },
  appliesTo: holdsPod,

  judge(object) {
    return verdictsOn(breachesIn(object.pod), object, {
      en: 'Its containers write to no directory of the node but such as other controls judge.',
      zh: '除由其他控制项判断的目录外，其容器不写入任何节点目录。',
    });
  },

  remedy() {
    return byHand({
      en: 'Say readOnly: true where the program only reads. What it writes belongs into a persistent volume claim or an emptyDir.',
      zh: '程序只读取时写明 readOnly: true。需要写入的数据应放在持久卷申领或 emptyDir 中。',
    });
  },
});

function breachesIn(pod: PodTemplate | undefined): Breach[] {
  const paths = new Map(
    volumesIn(pod)
      .filter(({ sources }) => sources.includes('hostPath'))
      .map(({ name, value }) => [name, textIn(objectIn(value, 'hostPath'), 'path') ?? '']),
  );
  if (!pod || paths.size === 0) return [];
  return podContainers(pod).flatMap((entry) =>
    listIn(entry.value, 'volumeMounts').flatMap((mount, index): Breach[] => {
      const path = paths.get(textIn(mount, 'name') ?? '');
      if (!isObject(mount) || path === undefined || mount.readOnly === true || isSensitive(path)) return [];
      const words = containerWords(entry);
      return [
        {
          path: [...entry.path, 'volumeMounts', index],
          value: path,
          message: {
            en: `${words.en} may write to ${path} of the node.`,
            zh: `${words.zh} 可写入节点的 ${path}。`,
          },
        },
      ];
    }),
  );
}

function isSensitive(path: string): boolean {
  const mounted = canonicalPath(path);
  return sensitivePathParameters.paths.default
    .map(canonicalPath)
    .some((directory) => isWithin(mounted, directory) || isWithin(directory, mounted));
}
